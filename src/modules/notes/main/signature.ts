// What a signature under a note covers, how it is made and how it is checked. Pure: no rows, no session.
// The layout is that of core's seals: digest over the fields below, then Ed25519 over the digest.
import * as seals from '#core/keys/seal.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { composition } from './tables.ts'

type CompositionRow = RowOf<typeof composition>

/** The columns a signature covers. `status` is not among them: it never changes, it is derived at reading. */
const signedColumns = [
  'id',
  'patient_id',
  'encounter_id',
  'draft_id',
  'kind',
  'relates_code',
  'relates_to',
  'reason',
  'title',
  'body',
  'author_id',
  'author_name',
  'author_role',
  'signed_at',
  'clock_quality',
  'signing_key_id',
] as const satisfies readonly (keyof CompositionRow)[]

export type SignedFields = Pick<CompositionRow, (typeof signedColumns)[number]>
export type Seal = seals.Seal

const kind = { type: 'osler.note', v: 1 } as const

const fieldsOf = (note: SignedFields): seals.SealedFields =>
  Object.fromEntries(signedColumns.map((column) => [column, note[column]]))

export const canonicalBytes = (note: SignedFields): Uint8Array => seals.sealedBytes(kind, fieldsOf(note))

/**
 * @param privateKey PKCS#8 DER of an Ed25519 key
 * @returns the seal, and the public half (SPKI DER) that verifies it
 */
export const sealNote = (note: SignedFields, privateKey: Uint8Array): Seal & { publicKey: Buffer } =>
  seals.seal(kind, fieldsOf(note), privateKey)

/** @param publicKey SPKI DER of the key named by the row; `null` when it is unknown or belongs to somebody else */
export const isSealIntact = (note: SignedFields & Seal, publicKey: Uint8Array | null): boolean =>
  seals.isSealIntact(kind, fieldsOf(note), note, publicKey)
