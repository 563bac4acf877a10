// What the signature under a sick note covers: all that is printed, who signed it and when.
import * as seals from '#core/keys/seal.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { sickNote } from './tables.ts'

type Row = RowOf<typeof sickNote>

const signedColumns = [
  'id',
  'patient_id',
  'number',
  'issued_on',
  'from_date',
  'until_date',
  'is_follow_up',
  'diagnosis',
  'remarks',
  'author_id',
  'author_name',
  'author_role',
  'signed_at',
  'clock_quality',
  'signing_key_id',
] as const satisfies readonly (keyof Row)[]

export type SignedSickNote = Pick<Row, (typeof signedColumns)[number]>

const kind = { type: 'osler.sick-note', v: 1 } as const
const fieldsOf = (note: SignedSickNote): seals.SealedFields =>
  Object.fromEntries(signedColumns.map((column) => [column, note[column]]))

export const sealSickNote = (note: SignedSickNote, privateKey: Uint8Array) =>
  seals.seal(kind, fieldsOf(note), privateKey)

export const isSealIntact = (note: SignedSickNote & seals.Seal, publicKey: Uint8Array | null): boolean =>
  seals.isSealIntact(kind, fieldsOf(note), note, publicKey)
