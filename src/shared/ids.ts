// Branded ids: UUIDv7 text, so that a patient's id can never be passed where an encounter's is due.
// Minting lives in core (`#core/store/mint.ts`), since it needs a clock and randomness.
import * as z from 'zod'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/

/** UUIDv7 in lower case: sortable by the instant it was minted from (RFC 9562, section 5.7). */
export const Id = z.string().regex(uuid)
export const PatientId = Id.brand<'patient'>()
export const EncounterId = Id.brand<'encounter'>()
export const UserId = Id.brand<'user'>()
export const CompositionId = Id.brand<'composition'>()
export const BatchId = Id.brand<'batch'>()
/** Made by the client, once per intended act; a repeat of it returns the first result. */
export const OpId = Id.brand<'op'>()

export type PatientId = z.infer<typeof PatientId>
export type EncounterId = z.infer<typeof EncounterId>
export type UserId = z.infer<typeof UserId>
export type CompositionId = z.infer<typeof CompositionId>
export type BatchId = z.infer<typeof BatchId>
export type OpId = z.infer<typeof OpId>

const hex = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'))

/** Formats a UUIDv7 from an instant in epoch milliseconds and 10 random bytes. */
export function formatUuidV7(epochMs: number, random: Uint8Array): string {
  const b = new Uint8Array(16)
  const ms = Math.min(Math.max(0, Math.floor(epochMs)), 0xffff_ffff_ffff)
  b[0] = Math.floor(ms / 2 ** 40) & 0xff
  b[1] = Math.floor(ms / 2 ** 32) & 0xff
  b[2] = Math.floor(ms / 2 ** 24) & 0xff
  b[3] = Math.floor(ms / 2 ** 16) & 0xff
  b[4] = Math.floor(ms / 2 ** 8) & 0xff
  b[5] = ms & 0xff
  for (let i = 0; i < 10; i++) b[6 + i] = random[i] ?? 0
  b[6] = 0x70 | ((b[6] ?? 0) & 0x0f)
  b[8] = 0x80 | ((b[8] ?? 0) & 0x3f)
  let out = ''
  for (let i = 0; i < 16; i++) {
    out += hex[b[i] ?? 0]
    if (i === 3 || i === 5 || i === 7 || i === 9) out += '-'
  }
  return out
}
