// The head of a backup file: who made it and when, in clear; what is inside, sealed; a device's signature under all of
// it. Treats every byte as hostile until the signature and the seal have held (BAK-02, BAK-06).
import { createHash, sign, verify } from 'node:crypto'
import * as z from 'zod'
import { ed25519PrivateKey, ed25519PublicKey } from '../store/commit.ts'
import { BackupRefused, type BackupLabel, type Manifest } from './types.ts'

export const magic = Buffer.from('OSLERBK1', 'latin1')
const magicFamily = magic.subarray(0, 7)
/** A header of 1,000 tables and 10,000 attachments is smaller than this. */
export const mostHeaderBytes = 4 * 1024 * 1024
export const signatureBytes = 64

export const chunkSizes = { usual: 1024 * 1024, smallest: 64, largest: 1024 * 1024 } as const

const B64 = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^[A-Za-z0-9_-]*$/)
const Id = z.string().regex(/^[0-9a-f-]{36}$/)
const Count = z.int().min(0)

const HeaderBody = z.strictObject({
  format: z.literal('osler-backup'),
  version: z.literal(1),
  clinicId: Id,
  deviceId: Id,
  backupId: Id,
  at: z.iso.datetime(),
  chunkSize: z.int().min(chunkSizes.smallest).max(chunkSizes.largest),
  sealed: z.strictObject({
    kit: z.strictObject({ id: z.string().max(40), enc: B64(200), sealed: B64(200) }).nullable(),
    root: z.strictObject({ nonce: B64(16), wrapped: B64(200) }),
  }),
  /** The manifest under the backup's own key. */
  manifest: z.strictObject({ nonce: B64(16), wrapped: B64(mostHeaderBytes) }),
})
export type HeaderBody = z.infer<typeof HeaderBody>

const ManifestSchema = z.strictObject({
  clinicName: z.string().max(400),
  app: z.string().max(40),
  schema: z.int().min(1).max(10_000),
  generation: z.int().min(1),
  rows: z.record(z.string().max(80), Count),
  patients: Count,
  newestAt: z.string().max(40).nullable(),
  audit: z.strictObject({ seq: Count, mac: B64(64) }),
  commits: z.strictObject({ pos: Count, hash: B64(64) }),
  entries: z
    .array(
      z.strictObject({
        name: z
          .string()
          .max(200)
          .regex(/^(?:attachments\/)?[A-Za-z0-9][A-Za-z0-9._-]*$/),
        size: Count,
        sha256: B64(64),
      }),
    )
    .min(2)
    .max(1_000_000),
})

export function readManifest(bytes: Uint8Array): Manifest {
  try {
    return ManifestSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
  } catch (error) {
    throw new BackupRefused('header-damaged', { cause: error })
  }
}

const headerLabel = Buffer.from('osler:backup-header:1\0')
const bodyLabel = Buffer.from('osler:backup-body:1\0')

export const sha256 = (...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** Magic, length, header, signature: as they stand at the start of the file. */
export function encodeHeader(body: HeaderBody, privateKey: Uint8Array): { bytes: Buffer; hash: Buffer } {
  const text = Buffer.from(JSON.stringify(HeaderBody.parse(body)), 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  const hash = sha256(magic, length, text)
  const signature = sign(null, Buffer.concat([headerLabel, hash]), ed25519PrivateKey(privateKey))
  return { bytes: Buffer.concat([magic, length, text, signature]), hash }
}

export interface ReadHeader {
  readonly body: HeaderBody
  readonly hash: Buffer
  readonly signature: Buffer
  /** Where the first piece begins. */
  readonly end: number
}

/** `bytes`: the start of the file, as much as `headerEnd` asked for. */
export function decodeHeader(bytes: Buffer): ReadHeader {
  const end = headerEnd(bytes)
  if (bytes.length < end) throw new BackupRefused('cut-short')
  const textEnd = end - signatureBytes
  const text = bytes.subarray(12, textEnd)
  let body: HeaderBody
  try {
    body = HeaderBody.parse(JSON.parse(text.toString('utf8')))
  } catch (error) {
    throw new BackupRefused('header-damaged', { cause: error })
  }
  return { body, hash: sha256(bytes.subarray(0, textEnd)), signature: bytes.subarray(textEnd, end), end }
}

/** From the first 12 bytes: how many to read. */
export function headerEnd(start: Buffer): number {
  const isOurs = start.length >= magic.length && start.subarray(0, 7).equals(magicFamily)
  if (!isOurs) throw new BackupRefused('not-a-backup')
  if (!start.subarray(0, 8).equals(magic)) throw new BackupRefused('newer-format')
  if (start.length < 12) throw new BackupRefused('cut-short')
  const length = start.readUInt32BE(8)
  if (length === 0 || length > mostHeaderBytes) throw new BackupRefused('header-damaged')
  return 12 + length + signatureBytes
}

export const headerSignatureHolds = (
  headerHash: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean =>
  verify(null, Buffer.concat([headerLabel, headerHash]), ed25519PublicKey(publicKey), Buffer.from(signature))

/** Under the header's hash and the hash of every piece: whoever knows the file's key can still not change it. */
export const signBody = (headerHash: Uint8Array, bodyHash: Uint8Array, privateKey: Uint8Array): Buffer =>
  sign(null, Buffer.concat([bodyLabel, headerHash, bodyHash]), ed25519PrivateKey(privateKey))

export const bodySignatureHolds = (
  headerHash: Uint8Array,
  bodyHash: Uint8Array,
  signature: Uint8Array,
  publicKey: Uint8Array,
): boolean =>
  verify(
    null,
    Buffer.concat([bodyLabel, headerHash, bodyHash]),
    ed25519PublicKey(publicKey),
    Buffer.from(signature),
  )

export const labelOf = ({ body }: ReadHeader, bytes: number): BackupLabel => ({
  backupId: body.backupId,
  clinicId: body.clinicId,
  deviceId: body.deviceId,
  at: body.at,
  kitId: body.sealed.kit?.id ?? null,
  bytes,
})
