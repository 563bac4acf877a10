// What the signature under a prescription covers: everything that is printed, who signed it and when.
import * as seals from '#core/keys/seal.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { prescription } from './tables.ts'

type PrescriptionRow = RowOf<typeof prescription>

const kind = { type: 'osler.prescription', v: 1 } as const
const signedColumns = [
  'id',
  'patient_id',
  'number',
  'encounter_id',
  'items',
  'prescriber_id',
  'prescriber_name',
  'prescriber_role',
  'signed_at',
  'clock_quality',
  'signing_key_id',
] as const satisfies readonly (keyof PrescriptionRow)[]

export type SignedScript = Pick<PrescriptionRow, (typeof signedColumns)[number]>

const fieldsOf = (script: SignedScript): seals.SealedFields =>
  Object.fromEntries(signedColumns.map((column) => [column, script[column]]))

export const sealScript = (script: SignedScript, privateKey: Uint8Array) =>
  seals.seal(kind, fieldsOf(script), privateKey)

export const isScriptIntact = (script: SignedScript & seals.Seal, publicKey: Uint8Array | null): boolean =>
  seals.isSealIntact(kind, fieldsOf(script), script, publicKey)
