// One file of FHIR JSON, NDJSON or either of them gzipped, from bytes to staged resources (SECURITY 5):
// size cap, gunzip with a cap, strict UTF-8, pre-scan, JSON.parse, mapping. Runs in the isolated reader.
import { createHash } from 'node:crypto'
import { createGunzip, deflateRawSync, type Gunzip } from 'node:zlib'
import { isRefusal, limits as productLimits, type ProblemCode } from '../shared/limits.ts'
import { clinicalTimeOf, titleOf } from './describe.ts'
import { isObject, noDigits, parseWithDigits, type RawObject } from './fhir-element.ts'
import { parseFhirTime } from './fhir-time.ts'
import { ScanFault, type Scan, scanJson, type Span } from './json-scan.ts'
import { clinicTables, mapResource } from './map/map-resource.ts'
import { FileRefused, type FoundType, type ReaderMessage } from './reader-protocol.ts'
import { FileIndex, identify, isTypeName, keyText, type Located, patientKeyOf } from './references.ts'
import { chunkBytes, packStaged, type StagedResource } from './staged.ts'

export type ReadLimits = { readonly [K in keyof typeof productLimits]: number }
export type Post = (message: ReaderMessage) => Promise<void>

/** Bytes of staged originals held before they are sent on; only NDJSON ever grows past it. */
const heldBytes = 8 * 1024 * 1024
/** A list of problems longer than this helps nobody; the counts stay right. */
const mostProblems = 1_000
const longestUrl = 2_000
const bundleTypes = [
  'batch',
  'batch-response',
  'collection',
  'document',
  'history',
  'message',
  'searchset',
  'subscription-notification',
  'transaction',
  'transaction-response',
]

export interface FileToRead {
  readonly fileId: string
  readonly name: string
  readonly bytes: AsyncIterable<Uint8Array>
}

/** Posts chunks and problems, then `read`; or `refused`, after which nothing posted before counts. */
export async function readFhirFile(
  file: FileToRead,
  sourceNs: string,
  post: Post,
  limits: ReadLimits = productLimits,
): Promise<void> {
  const { fileId } = file
  const staging = new Staging(fileId, post)
  try {
    await readInto(staging, file, sourceNs, limits)
    await staging.flush()
    const { entries, resources, found } = staging
    await post({ kind: 'read', fileId, entries, resources, found })
  } catch (error) {
    if (!(error instanceof FileRefused)) throw error
    await post({ kind: 'refused', fileId, problem: error.problem })
  }
}

async function readInto(staging: Staging, file: FileToRead, sourceNs: string, limits: ReadLimits): Promise<void> {
  const bytes = await unpacked(file.bytes)
  const take = (text: string, place: string) => takeDocument(staging, text, place, sourceNs, limits)
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(file.name)) return readLines(bytes, take, limits)
  const whole = await collect(bytes, limits.fileBytes)
  const text = decodeUtf8(whole)
  if (text.trim() === '') throw new FileRefused('EMPTY_FILE')
  if (looksLikeLines(text)) return readLines(once(whole), take, limits)
  await take(text, '')
}

/** Bulk exports are sometimes called .json: a whole object on the first line and another one on the next. */
function looksLikeLines(text: string): boolean {
  return /^\s*\{[^\n]*\}[ \t\r]*\n\s*\{/.test(text)
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}

/** Gunzips what begins with gzip's magic, whatever it is called. */
async function unpacked(bytes: AsyncIterable<Uint8Array>): Promise<AsyncIterable<Uint8Array>> {
  const reader = bytes[Symbol.asyncIterator]()
  const first: Uint8Array[] = []
  while (first.reduce((n, c) => n + c.length, 0) < 2) {
    const next = await reader.next()
    if (next.done) break
    first.push(next.value)
  }
  async function* all(): AsyncGenerator<Uint8Array> {
    yield* first
    for (let next = await reader.next(); !next.done; next = await reader.next()) yield next.value
  }
  const start = Buffer.concat(first)
  return start[0] === 0x1f && start[1] === 0x8b ? gunzip(all()) : all()
}

async function* gunzip(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const gz = createGunzip()
  // Seen by whoever reads from it; without a listener it would end the process as well.
  gz.on('error', () => {})
  const feeding = feedStream(bytes, gz)
  try {
    for await (const chunk of gz) yield chunk as Uint8Array
  } catch {
    throw (await feeding) ?? new FileRefused('BAD_GZIP')
  } finally {
    // A reader that stops at its cap leaves a stream behind that would wait for ever.
    gz.destroy()
    await feeding
  }
}

/** Returns why the bytes ended early, if they did; a stream that is gone needs no more of them. */
async function feedStream(bytes: AsyncIterable<Uint8Array>, gz: Gunzip): Promise<FileRefused | undefined> {
  const gone = new Promise<void>((resolve) => gz.once('close', resolve))
  try {
    for await (const chunk of bytes) {
      if (gz.destroyed) return undefined
      if (!gz.write(chunk)) await Promise.race([new Promise((resolve) => gz.once('drain', resolve)), gone])
    }
    gz.end()
    return undefined
  } catch (error) {
    gz.destroy(error instanceof Error ? error : new Error('unreadable'))
    return error instanceof FileRefused ? error : undefined
  }
}

async function collect(bytes: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of bytes) {
    size += chunk.length
    if (size > most) throw new FileRefused('TOO_LARGE', `byte ${most + 1}`, `${most} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}

const newline = 0x0a

async function readLines(
  bytes: AsyncIterable<Uint8Array>,
  take: (text: string, place: string) => Promise<void>,
  limits: ReadLimits,
): Promise<void> {
  let held: Uint8Array[] = []
  let heldSize = 0
  let total = 0
  let line = 0
  let any = false
  const endLine = async () => {
    line += 1
    const text = decodeUtf8(Buffer.concat(held), `line ${line}`)
    held = []
    heldSize = 0
    if (text.trim() === '') return
    any = true
    await take(text, `line ${line}`)
  }
  for await (const chunk of bytes) {
    total += chunk.length
    if (total > limits.ndjsonBytes) {
      throw new FileRefused('TOO_LARGE', `line ${line + 1}`, `${limits.ndjsonBytes} bytes`)
    }
    let from = 0
    for (;;) {
      const to = chunk.indexOf(newline, from)
      const part = chunk.subarray(from, to < 0 ? chunk.length : to)
      heldSize += part.length
      if (heldSize > limits.fileBytes) {
        throw new FileRefused('TOO_LARGE', `line ${line + 1}`, `${limits.fileBytes} bytes`)
      }
      held.push(part)
      if (to < 0) break
      await endLine()
      from = to + 1
    }
  }
  if (heldSize > 0) await endLine()
  if (!any) throw new FileRefused('EMPTY_FILE')
}

function decodeUtf8(bytes: Uint8Array, place = ''): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new FileRefused('BAD_UTF8', joinPlace(place, `byte ${firstBadByte(bytes)}`))
  }
}

/** Bytes are fed in halves, then one by one, until the decoder stumbles. */
function firstBadByte(bytes: Uint8Array): number {
  let decoder = new TextDecoder('utf-8', { fatal: true })
  let at = 0
  const step = 64 * 1024
  // ASCII boundaries leave no character half read, so that a fresh decoder may go on from there.
  for (let start = 0; start < bytes.length; ) {
    let end = Math.min(start + step, bytes.length)
    while (end < bytes.length && (bytes[end] ?? 0) >= 0x80) end += 1
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(start, end))
      start = end
      at = end
    } catch {
      break
    }
  }
  decoder = new TextDecoder('utf-8', { fatal: true })
  for (; at < bytes.length; at++) {
    try {
      decoder.decode(bytes.subarray(at, at + 1), { stream: true })
    } catch {
      return at
    }
  }
  return bytes.length
}

const joinPlace = (...parts: readonly string[]) => parts.filter((p) => p !== '').join(', ')

async function takeDocument(
  staging: Staging,
  text: string,
  place: string,
  sourceNs: string,
  limits: ReadLimits,
): Promise<void> {
  const scan = scanned(text, place, limits)
  const rootText = text.slice(scan.root.start, scan.root.end)
  const root: unknown = JSON.parse(rootText)
  if (!isObject(root) || typeof root.resourceType !== 'string') throw new FileRefused('NOT_FHIR', place)
  if (!isTypeName(root.resourceType)) throw new FileRefused('NOT_FHIR', joinPlace(place, 'resourceType'))
  const found =
    root.resourceType === 'Bundle'
      ? entriesOf(root, scan, text, place, staging)
      : [{ place, fullUrl: null, raw: root, text: rootText, span: scan.root }]
  staging.entries += root.resourceType === 'Bundle' ? 0 : 1
  await stageAll(staging, found, sourceNs)
}

function scanned(text: string, place: string, limits: ReadLimits): Scan {
  try {
    return scanJson(text, limits)
  } catch (error) {
    if (!(error instanceof ScanFault)) throw error
    const byte = `byte ${Buffer.byteLength(text.slice(0, error.index))}`
    throw new FileRefused(error.code, joinPlace(place, error.path, byte), limitOf(error.code, limits))
  }
}

function limitOf(code: ProblemCode, limits: ReadLimits): string | null {
  if (code === 'TOO_DEEP') return `${limits.depth} levels`
  if (code === 'TOO_LONG_STRING') return `${limits.stringBytes} bytes`
  return code === 'TOO_MANY_ENTRIES' ? `${limits.entries} entries` : null
}

interface Entry {
  readonly place: string
  readonly fullUrl: string | null
  readonly raw: RawObject
  readonly text: string
  readonly span: Span
}

/** Whatever the Bundle is for, its resources are taken; requests, responses and searches around them are not. */
function entriesOf(bundle: RawObject, scan: Scan, text: string, place: string, staging: Staging): Entry[] {
  const entries = bundle.entry ?? []
  if (!Array.isArray(entries)) throw new FileRefused('INVALID_RESOURCE', joinPlace(place, 'entry'))
  if (!bundleTypes.includes(String(bundle.type))) staging.problem('UNKNOWN_BUNDLE_TYPE', joinPlace(place, 'type'))
  staging.entries += entries.length
  return (entries as unknown[]).flatMap((entry, i): Entry[] => {
    const at = joinPlace(place, `entry[${i}]`)
    const span = scan.resources[i]
    if (!isObject(entry) || entry.resource === undefined || !span) {
      staging.problem('ENTRY_WITHOUT_RESOURCE', at, methodOf(entry))
      return []
    }
    const raw = entry.resource
    if (!isObject(raw) || !isTypeName(raw.resourceType)) {
      staging.problem('INVALID_RESOURCE', `${at}.resource`)
      return []
    }
    const url = typeof entry.fullUrl === 'string' && entry.fullUrl.length <= longestUrl ? entry.fullUrl : null
    return [{ place: at, fullUrl: url, raw, text: text.slice(span.start, span.end), span }]
  })
}

/** What the entry asked for instead: GET, DELETE. The URL may hold a name and is not repeated. */
function methodOf(entry: unknown): string | null {
  const request = isObject(entry) ? entry.request : undefined
  const method = isObject(request) ? request.method : undefined
  return ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'].find((m) => m === method) ?? null
}

async function stageAll(staging: Staging, entries: readonly Entry[], sourceNs: string): Promise<void> {
  const index = new FileIndex(sourceNs)
  const located = entries.map((entry) => {
    const digest = createHash('sha256').update(entry.text).digest('hex')
    const { key, base } = identify(entry.raw, entry.fullUrl, sourceNs, digest)
    const where: Located = { key, base, fullUrl: entry.fullUrl, raw: entry.raw }
    index.add(where)
    return { entry, where, digest }
  })
  const seen = new Map<string, string>()
  for (const { entry, where, digest } of located) {
    const name = keyText(where.key)
    const before = seen.get(name)
    if (before !== undefined && before !== digest) staging.problem('SAME_ID_TWICE', entry.place)
    seen.set(name, digest)
    await staging.add(stagedOf(staging, entry, where, digest, index), groupOf(where, index))
  }
}

const groupOf = (where: Located, index: FileIndex): string => {
  const patient = patientKeyOf(where, index)
  return patient ? keyText(patient) : ''
}

function stagedOf(
  staging: Staging,
  entry: Entry,
  where: Located,
  digest: string,
  index: FileIndex,
): StagedResource {
  const { raw, digits } = entry.span.digitsMatter ? withDigits(entry.text) : { raw: where.raw, digits: noDigits }
  const { draft, notUnderstood } = mapResource({ ...where, raw }, index, digits)
  for (const place of notUnderstood) staging.problem('VALUE_NOT_UNDERSTOOD', joinDot(entry.place, place))
  const time = clinicalTimeOf(raw)
  return {
    place: entry.place,
    key: where.key,
    digest,
    title: titleOf(raw),
    clinicalAt: time?.text ?? null,
    atMs: time?.ms ?? null,
    versionMs: versionOf(raw),
    draft,
    content: deflateRawSync(entry.text),
  }
}

function withDigits(text: string) {
  const { value, digits } = parseWithDigits(text)
  return { raw: value as RawObject, digits }
}

const joinDot = (entry: string, path: string) => (entry === '' ? path : `${entry}.resource.${path}`)

function versionOf(raw: RawObject): number | null {
  const updated = isObject(raw.meta) ? raw.meta.lastUpdated : undefined
  return typeof updated === 'string' ? (parseFhirTime(updated)?.ms ?? null) : null
}

/** Gathers by patient what a file brings, and sends it on in blobs. */
class Staging {
  entries = 0
  resources = 0
  readonly found: Record<string, FoundType> = {}
  readonly #fileId: string
  readonly #post: Post
  readonly #groups = new Map<string, StagedResource[]>()
  readonly #problems: ReaderMessage[] = []
  #problemCount = 0
  #held = 0

  constructor(fileId: string, post: Post) {
    this.#fileId = fileId
    this.#post = post
  }

  problem(code: ProblemCode, place: string, detail: string | null = null): void {
    this.#problemCount += 1
    // Refusals are all listed: they are what a person must look after. Notes stop being read.
    if (!isRefusal(code) && this.#problemCount > mostProblems) return
    this.#problems.push({ kind: 'problem', fileId: this.#fileId, problem: { code, place, detail } })
  }

  async add(resource: StagedResource, group: string): Promise<void> {
    const list = this.#groups.get(group)
    if (list) list.push(resource)
    else this.#groups.set(group, [resource])
    const type = resource.key[1]
    const counts = Object.hasOwn(this.found, type) ? this.found[type] : undefined
    const known = counts ?? (this.found[type] = { resources: 0, mapped: 0 })
    known.resources += 1
    if (willBeMapped(resource, group)) known.mapped += 1
    this.resources += 1
    this.#held += resource.content.length
    if (this.#held >= heldBytes) await this.flush()
  }

  async flush(): Promise<void> {
    for (const message of this.#problems.splice(0)) await this.#post(message)
    for (const [group, list] of this.#groups) for (const part of parts(list)) await this.#send(group, part)
    this.#groups.clear()
    this.#held = 0
  }

  async #send(group: string, part: readonly StagedResource[]): Promise<void> {
    const content = packStaged(part)
    await this.#post({ kind: 'chunk', fileId: this.#fileId, group, resources: part.length, content })
  }
}

/** A row of a patient needs its patient; whether that one is known here is seen at filing. */
function willBeMapped(resource: StagedResource, group: string): boolean {
  if (!resource.draft) return false
  return group !== '' || clinicTables.includes(resource.draft.table)
}

function* parts(list: readonly StagedResource[]): Generator<StagedResource[]> {
  let part: StagedResource[] = []
  let size = 0
  for (const resource of list) {
    if (part.length > 0 && size + resource.content.length > chunkBytes) {
      yield part
      part = []
      size = 0
    }
    part.push(resource)
    size += resource.content.length
  }
  if (part.length > 0) yield part
}
