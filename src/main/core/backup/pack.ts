// A backup file from end to end: the entries the manifest names go in, and come out again into an empty folder.
// Nothing here ever stands on a disk in clear: the snapshot is an encrypted database, keys.json holds wrapped keys.
import { createHash } from 'node:crypto'
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import {
  bodySignatureHolds,
  encodeHeader,
  type HeaderBody,
  headerSignatureHolds,
  readManifest,
  type ReadHeader,
} from './header.ts'
import { createBodyWriter, type Progress, readBody } from './pieces.ts'
import { openManifest, sealManifest } from './sealing.ts'
import { BackupRefused, type Manifest, type ManifestEntry } from './types.ts'

export const entryNames = { database: 'clinic.db', keyFile: 'keys.json' } as const
export const attachmentsFolder = 'attachments'

export interface Packing {
  /** Where the file goes; must not exist. */
  readonly file: string
  readonly head: Omit<HeaderBody, 'manifest' | 'format' | 'version'>
  readonly manifest: Manifest
  /** Entry name to the file it is read from. */
  readonly sources: ReadonlyMap<string, string>
  readonly fileKey: Uint8Array
  readonly privateKey: Uint8Array
}

/** Returns the size of the written file. */
export function packBackup(packing: Packing, onProgress: Progress): number {
  const { head, manifest, fileKey, privateKey } = packing
  const body: HeaderBody = {
    format: 'osler-backup',
    version: 1,
    ...head,
    manifest: sealManifest(fileKey, JSON.stringify(manifest), head),
  }
  const header = { ...encodeHeader(body, privateKey), body }
  const writer = createBodyWriter(packing.file, header, fileKey, privateKey, onProgress)
  try {
    for (const entry of manifest.entries) {
      const source = packing.sources.get(entry.name)
      if (source === undefined) throw new Error('an entry has no file')
      const copied = readFile(source, (bytes) => writer.write(bytes))
      // A file that changes while it is copied would make a backup that says one thing and holds another.
      if (copied !== entry.size) throw new Error('a file changed while it was backed up')
    }
    return writer.finish()
  } catch (error) {
    writer.abandon()
    throw error
  }
}

export function readFile(file: string, take: (bytes: Buffer) => void): number {
  const fd = openSync(file, 'r')
  const buffer = Buffer.alloc(1024 * 1024)
  let total = 0
  try {
    for (;;) {
      const count = readSync(fd, buffer, 0, buffer.length, null)
      if (count === 0) return total
      take(buffer.subarray(0, count))
      total += count
    }
  } finally {
    closeSync(fd)
  }
}

export function entryOf(name: string, file: string): ManifestEntry {
  const hash = createHash('sha256')
  const size = readFile(file, (bytes) => hash.update(bytes))
  return { name, size, sha256: hash.digest('base64url') }
}

/** Names of the attachments of a clinic folder, in order. */
export function attachmentsIn(dir: string): string[] {
  const folder = path.join(dir, attachmentsFolder)
  if (!existsSync(folder)) return []
  return readdirSync(folder, { withFileTypes: true })
    .filter(
      (each) =>
        each.isFile() && /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(each.name) && !each.name.endsWith('.tmp'),
    )
    .map((each) => `${attachmentsFolder}/${each.name}`)
    .toSorted()
}

export interface Unpacked {
  readonly manifest: Manifest
  /** What the device's signatures stand under. Not held against anything yet: `requireSignature` does. */
  readonly proof: SignatureProof
}

export interface SignatureProof {
  readonly headerHash: Uint8Array
  readonly headerSignature: Uint8Array
  readonly bodyHash: Uint8Array
  readonly bodySignature: Uint8Array
}

/** @throws BackupRefused unless one of these devices signed both header and body. */
export function requireSignature(proof: SignatureProof, publicKeys: readonly Uint8Array[]): void {
  const { headerHash, headerSignature, bodyHash, bodySignature } = proof
  const holds = publicKeys.some(
    (key) =>
      headerSignatureHolds(headerHash, headerSignature, key) &&
      bodySignatureHolds(headerHash, bodyHash, bodySignature, key),
  )
  if (!holds) throw new BackupRefused('wrong-signature')
}

/** Into an empty folder. Each entry's size and hash are held against the manifest. */
export function unpackBackup(
  file: string,
  header: ReadHeader,
  fileKey: Uint8Array,
  into: string,
  onProgress: Progress = () => {},
): Unpacked {
  const manifest = readManifest(openManifest(fileKey, header.body))
  const names = new Set(manifest.entries.map((entry) => entry.name))
  const needed = Object.values(entryNames)
  if (names.size !== manifest.entries.length || !needed.every((name) => names.has(name)))
    throw new BackupRefused('contents-differ')
  mkdirSync(into, { recursive: true, mode: 0o700 })
  if (manifest.entries.some((entry) => entry.name.startsWith(`${attachmentsFolder}/`)))
    mkdirSync(path.join(into, attachmentsFolder), { recursive: true, mode: 0o700 })
  const sink = createEntrySink(manifest.entries, into)
  let read: ReturnType<typeof readBody>
  try {
    read = readBody(file, header, fileKey, sink.take, onProgress)
    sink.finish()
  } finally {
    sink.close()
  }
  return {
    manifest,
    proof: {
      headerHash: header.hash,
      headerSignature: header.signature,
      bodyHash: read.hash,
      bodySignature: read.signature,
    },
  }
}

function createEntrySink(entries: readonly ManifestEntry[], into: string) {
  let next = 0
  let open: { entry: ManifestEntry; fd: number; left: number; hash: ReturnType<typeof createHash> } | null =
    null
  const begin = () => {
    while (open === null && next < entries.length) {
      const entry = entries[next++] as ManifestEntry
      const fd = openSync(path.join(into, entry.name), 'wx', 0o600)
      open = { entry, fd, left: entry.size, hash: createHash('sha256') }
      if (entry.size === 0) end()
    }
  }
  const end = () => {
    if (!open) return
    fsyncSync(open.fd)
    closeSync(open.fd)
    const { entry, hash } = open
    open = null
    if (hash.digest('base64url') !== entry.sha256) throw new BackupRefused('contents-differ')
  }
  return {
    take(bytes: Buffer) {
      for (let at = 0; at < bytes.length; ) {
        begin()
        if (!open) throw new BackupRefused('contents-differ')
        const part = bytes.subarray(at, at + open.left)
        for (let done = 0; done < part.length; ) done += writeSync(open.fd, part, done, part.length - done)
        open.hash.update(part)
        open.left -= part.length
        at += part.length
        if (open.left === 0) end()
      }
    },
    finish() {
      begin()
      if (open || next < entries.length) throw new BackupRefused('contents-differ')
    },
    close() {
      if (open) closeSync(open.fd)
      open = null
    },
  }
}
