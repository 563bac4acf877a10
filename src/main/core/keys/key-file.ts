// keys.json beside the database: its form, its two checks, and how it is replaced without a moment of having none.
// What the wrapped bytes mean is key-ring.ts. Layout as in LUKS: slots that each open one root key (SECURITY 3.1).
import { createHash, timingSafeEqual } from 'node:crypto'
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import * as z from 'zod'
import { syncFile, syncFolder } from '../db/sync-file.ts'
import { backends } from './device-secret.ts'
import { hmac } from './wrap.ts'

export const keyFileName = 'keys.json'
export const oldCopySuffix = '.old'

const Bytes = (min: number, max = min) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]*$/)
    .refine((text) => {
      const length = Buffer.from(text, 'base64url').length
      return length >= min && length <= max
    })

const WrappedBytes = { nonce: Bytes(12), wrapped: Bytes(16, 4096) }

/** Bounds keep a doctored file from exhausting memory; floors are the policy's affair. */
const Kdf = z.strictObject({
  memoryKib: z
    .int()
    .min(8)
    .max(1024 * 1024),
  iterations: z.int().min(1).max(64),
  parallelism: z.int().min(1).max(16),
})

/** What may be told about a kit without having it. */
const KitFacts = z.strictObject({
  id: z.string().max(16),
  /** An uncompressed point of P-256: backups are sealed to it. */
  publicKey: Bytes(65),
  madeAt: z.string().max(40),
  /** typed: two groups were typed off the paper · file: the command line wrote it into a file. */
  confirmed: z.enum(['typed', 'file']),
})

const Slot = z.strictObject({
  id: Bytes(9),
  /** `host` is kept as it is: nothing opens it yet. */
  kind: z.enum(['password', 'kit', 'host']),
  userId: z.string().max(64).nullable(),
  /** Salted hash of the user name: the file beside the database lists no names. */
  nameHash: Bytes(32).nullable(),
  backend: z.enum(backends),
  kdf: Kdf.nullable(),
  salt: Bytes(16),
  /** Tells a changed device secret from a wrong password. */
  deviceCheck: Bytes(8).nullable(),
  /** Tells a wrong password from damaged bytes, before the database is touched (KEY-06). */
  check: Bytes(8),
  ...WrappedBytes,
  kit: KitFacts.optional(),
})
export type Slot = z.infer<typeof Slot>

const SubKey = z.strictObject({
  name: z.string().max(40),
  generation: z.int().min(1),
  ...WrappedBytes,
  /** Absent in the first generation: it is as old as the clinic. */
  madeAt: z.string().max(40).optional(),
})
export type SubKey = z.infer<typeof SubKey>

const Body = z.strictObject({
  format: z.literal('osler-keys'),
  version: z.literal(1),
  clinicId: z.string().max(64),
  device: z.strictObject({
    id: z.string().max(64),
    /** Goes up when a restored database must become a new writer (SYNC 2.21). */
    incarnation: z.int().min(1),
    signingKey: Bytes(32, 200),
    agreementKey: Bytes(32, 200),
  }),
  slots: z.array(Slot).max(1000),
  keys: z.array(SubKey).max(1000),
  /** Absent until the root key was renewed for the first time. */
  root: z.strictObject({ generation: z.int().min(2), madeAt: z.string().max(40) }).optional(),
})
export type KeyFile = z.infer<typeof Body>

const Stored = z.strictObject({ body: Body, checksum: Bytes(32), mac: Bytes(32) })

/** The file is there and nothing in it can be used. */
export class KeyFileDamaged extends Error {
  constructor(options?: { cause?: unknown }) {
    super('the key file is damaged', options)
    this.name = 'KeyFileDamaged'
  }
}

export interface ReadKeyFile {
  readonly body: KeyFile
  readonly isAuthentic: (macKey: Uint8Array) => boolean
  /** The main file was unreadable, and its older copy was taken. */
  readonly fromOldCopy: boolean
}

/** `null` when there is no key file at all. */
export function readKeyFile(file: string): ReadKeyFile | null {
  const places = [file, file + oldCopySuffix].filter((place) => existsSync(place))
  if (places.length === 0) return null
  let cause: unknown
  for (const place of places) {
    try {
      return { ...parse(readFileSync(place, 'utf8')), fromOldCopy: place !== file }
    } catch (error) {
      cause = error
    }
  }
  throw new KeyFileDamaged({ cause })
}

function parse(text: string): Omit<ReadKeyFile, 'fromOldCopy'> {
  const { body, checksum, mac } = Stored.parse(JSON.parse(text))
  const bytes = bytesOf(body)
  if (!timingSafeEqual(Buffer.from(checksum, 'base64url'), sha256(bytes))) throw new KeyFileDamaged()
  return {
    body,
    isAuthentic: (macKey) => timingSafeEqual(Buffer.from(mac, 'base64url'), hmac(macKey, bytes)),
  }
}

/**
 * Replaces the file: a crash leaves the old one or the new one. `forget` also replaces the older copy, for
 * changes after which the former content must open nothing any more (removed person, changed password).
 */
export function writeKeyFile(file: string, body: KeyFile, macKey: Uint8Array, forget: boolean): void {
  const bytes = bytesOf(Body.parse(body))
  const checksum = sha256(bytes).toString('base64url')
  const mac = hmac(macKey, bytes).toString('base64url')
  const text = `${JSON.stringify({ body: JSON.parse(bytes.toString('utf8')) as unknown, checksum, mac }, null, 2)}\n`
  const old = file + oldCopySuffix
  if (isWhole(file, macKey)) replaceFile(old, (temporary) => copyFileSync(file, temporary))
  const write = (temporary: string) => writeDurably(temporary, text)
  replaceFile(file, write)
  if (forget) replaceFile(old, write)
}

/** Only such a file may become the older copy: a damaged one would take the place of the last good one. */
function isWhole(file: string, macKey: Uint8Array): boolean {
  if (!existsSync(file)) return false
  try {
    return parse(readFileSync(file, 'utf8')).isAuthentic(macKey)
  } catch {
    return false
  }
}

function replaceFile(file: string, fill: (temporary: string) => void): void {
  const temporary = `${file}.tmp`
  rmSync(temporary, { force: true })
  fill(temporary)
  syncFile(temporary)
  renameSync(temporary, file)
  syncFolder(path.dirname(file))
}

function writeDurably(file: string, text: string): void {
  const fd = openSync(file, 'wx', 0o600)
  try {
    writeFileSync(fd, text)
    fsyncSync(fd)
  } finally {
    closeSync(fd)
  }
}

/** The schema fixes the order of keys, so the same content always gives the same bytes. */
const bytesOf = (body: KeyFile): Buffer => Buffer.from(JSON.stringify(Body.parse(body)), 'utf8')
const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest()
