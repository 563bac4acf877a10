// An S3-compatible bucket as a place for backups, path style. TLS always; plain http to this computer alone.
// With object lock on the bucket, what was written cannot be changed or deleted by anybody (docs/deployment.md).
import { createHash, randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, open } from 'node:fs/promises'
import path from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { S3mini } from 's3mini'
import { isLedgerCopy } from './ledger-copy.ts'
import { type BackupTarget, isBackupName, isKeptName, TargetProblem } from './targets.ts'

export interface BucketPlace {
  /** https://host[:port], without the bucket. */
  readonly endpoint: string
  readonly bucket: string
  readonly region: string
  /** Before each name; empty or ending in a slash. */
  readonly prefix: string
  readonly accessKey: string
  readonly secretKey: string
}

/** A part is held in memory once. */
const partBytes = 16 * 1024 * 1024
const patienceMs = 120_000

export function isAllowedEndpoint(text: string): boolean {
  if (!URL.canParse(text)) return false
  const url = new URL(text)
  const isBare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  if (!isBare) return false
  if (url.protocol === 'https:') return true
  return url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
}

export function bucketTarget(place: BucketPlace): BackupTarget {
  if (!isAllowedEndpoint(place.endpoint)) throw new TargetProblem('address')
  const clientWith = (signal?: AbortSignal) =>
    new S3mini({
      accessKeyId: place.accessKey,
      secretAccessKey: place.secretKey,
      endpoint: `${place.endpoint.replace(/\/$/, '')}/${place.bucket}`,
      region: place.region,
      // A redirect would take the signature, and the backup, to a place nobody chose.
      fetch: (input, init) =>
        fetch(input, {
          ...init,
          redirect: 'error',
          signal: AbortSignal.any([AbortSignal.timeout(patienceMs), ...(signal ? [signal] : [])]),
        }),
    })
  const keyOf = (name: string) => {
    if (!isKeptName(name)) throw new TargetProblem('gone')
    return place.prefix + name
  }
  const bodyOf = async (name: string, signal?: AbortSignal) => {
    const response = await clientWith(signal).getObjectResponse(keyOf(name))
    if (!response?.body) throw new TargetProblem('gone')
    return Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0])
  }
  return {
    probe: () =>
      telling(async () => {
        const client = clientWith()
        const key = `${place.prefix}osler-try-${randomBytes(6).toString('hex')}`
        const words = randomBytes(64).toString('hex')
        await client.putObject(key, words)
        if ((await client.getObject(key)) !== words) throw new TargetProblem('corrupt')
        // A bucket that keeps everything refuses this, and that is as it should be.
        await client.deleteObject(key).catch(() => {})
      }),
    put: (name, file, signal) => telling(() => upload(clientWith(signal), keyOf(name), file)),
    hashOf: (name, signal) =>
      telling(async () => {
        const hash = createHash('sha256')
        await pipeline(await bodyOf(name, signal), hash)
        return hash.digest('base64url')
      }),
    fetch: (name, into, signal) =>
      telling(async () => {
        await mkdir(path.dirname(into), { recursive: true, mode: 0o700 })
        await pipeline(await bodyOf(name, signal), createWriteStream(into, { mode: 0o600 }))
      }),
    list: () =>
      telling(async () => {
        const objects = (await clientWith().listObjects('/', place.prefix)) ?? []
        return objects
          .map((each) => ({ name: each.Key.slice(place.prefix.length), bytes: Number(each.Size) }))
          .filter((each) => isBackupName(each.name))
          .toSorted((a, b) => (a.name < b.name ? 1 : -1))
      }),
    ledgers: () =>
      telling(async () => {
        const objects = (await clientWith().listObjects('/', `${place.prefix}osler-erasures-`)) ?? []
        return objects.map((each) => each.Key.slice(place.prefix.length)).filter(isLedgerCopy)
      }),
    remove: (name) => telling(async () => void (await clientWith().deleteObject(keyOf(name)))),
  }
}

async function upload(client: S3mini, key: string, file: string): Promise<void> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const readAt = async (from: number) => {
      const bytes = Buffer.alloc(Math.min(partBytes, size - from))
      let at = 0
      while (at < bytes.length) {
        const { bytesRead } = await handle.read(bytes, at, bytes.length - at, from + at)
        if (bytesRead === 0) throw new TargetProblem('interrupted')
        at += bytesRead
      }
      return bytes
    }
    if (size <= partBytes) {
      await client.putObject(key, await readAt(0))
      return
    }
    const uploadId = await client.getMultipartUploadId(key)
    try {
      const parts = []
      for (let from = 0; from < size; from += partBytes)
        parts.push(await client.uploadPart(key, uploadId, await readAt(from), parts.length + 1))
      await client.completeMultipartUpload(key, uploadId, parts)
    } catch (error) {
      // Parts that were left lying would be paid for.
      await client.abortMultipartUpload(key, uploadId).catch(() => {})
      throw error
    }
  } finally {
    await handle.close()
  }
}

async function telling<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw problemOf(error)
  }
}

function problemOf(error: unknown): unknown {
  if (error instanceof TargetProblem) return error
  const { name, code, status, cause } = error as {
    name?: string
    code?: unknown
    status?: unknown
    cause?: { code?: unknown }
  }
  if (name === 'AbortError') return error
  const given = code ?? cause?.code
  const told = typeof given === 'string' ? given : ''
  if (status === 403 || status === 401) return new TargetProblem('credentials', { cause: error })
  if (status === 404) return new TargetProblem('missing', { cause: error })
  if (status === 507 || told === 'QuotaExceeded') return new TargetProblem('full', { cause: error })
  if (
    /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|CERT|SELF_SIGNED|ERR_TLS/.test(
      told,
    ) ||
    name === 'TimeoutError'
  )
    return new TargetProblem('unreachable', { cause: error })
  return new TargetProblem('interrupted', { cause: error })
}
