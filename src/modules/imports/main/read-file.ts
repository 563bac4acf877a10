// One file of FHIR JSON or NDJSON, gzipped or not, from bytes to staged resources (SECURITY 5): text within its caps,
// pre-scan, JSON.parse, mapping. Runs in the isolated reader.
import { createHash } from 'node:crypto'
import { deflateRawSync } from 'node:zlib'
import { limits as productLimits, type ProblemCode } from '../shared/limits.ts'
import { clinicalTimeOf, titleOf } from './describe.ts'
import { isObject, noDigits, parseWithDigits, type RawObject } from './fhir-element.ts'
import { ScanFault, type Scan, scanJson, type Span } from './json-scan.ts'
import { mapResource } from './map/map-resource.ts'
import { joinPlace, readTexts, type TakeText } from './read-bytes.ts'
import { FileRefused } from './reader-protocol.ts'
import { patientKeyOf } from './patient-key.ts'
import { FileIndex, identify, isTypeName, keyText, type Located } from './references.ts'
import type { StagedResource } from './staged.ts'
import { type Post, Staging } from './staging.ts'
import { versionMsOf } from './versions.ts'

export type ReadLimits = { readonly [K in keyof typeof productLimits]: number }

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

async function readInto(
  staging: Staging,
  file: FileToRead,
  sourceNs: string,
  limits: ReadLimits,
): Promise<void> {
  const take: TakeText = (text, place) => takeDocument(staging, text, place, sourceNs, limits)
  await readTexts(file, take, limits)
}

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
  if (!bundleTypes.includes(String(bundle.type)))
    staging.problem('UNKNOWN_BUNDLE_TYPE', joinPlace(place, 'type'))
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
  const { raw, digits } = entry.span.digitsMatter
    ? withDigits(entry.text)
    : { raw: where.raw, digits: noDigits }
  const { draft, notUnderstood, otherVersion } = mapResource({ ...where, raw }, index, digits)
  if (otherVersion) staging.problem('UNSUPPORTED_RESOURCE_VERSION', joinDot(entry.place, otherVersion))
  for (const place of notUnderstood) staging.problem('VALUE_NOT_UNDERSTOOD', joinDot(entry.place, place))
  const time = clinicalTimeOf(raw)
  return {
    place: entry.place,
    key: where.key,
    digest,
    title: titleOf(raw),
    clinicalAt: time?.text ?? null,
    atMs: time?.ms ?? null,
    versionMs: versionMsOf(raw),
    draft,
    content: deflated(entry.text),
  }
}

/**
 * What zlib returns holds on to a whole chunk, 16 KiB by default, however small it is; a file may bring 20,000 resources.
 */
function deflated(text: string): Uint8Array {
  const chunkSize = Math.min(16 * 1024, Math.max(128, text.length >> 1))
  return Buffer.from(deflateRawSync(text, { chunkSize }))
}

function withDigits(text: string) {
  const { value, digits } = parseWithDigits(text)
  return { raw: value as RawObject, digits }
}

const joinDot = (entry: string, path: string) => (entry === '' ? path : `${entry}.resource.${path}`)
