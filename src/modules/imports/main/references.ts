// Who is meant: the identity of a resource across imports, and what a reference points to (FHIR R4, references).
// Resolved inside the file first, by fullUrl, type and id, or a unique identifier; else by what the text says.
// Nothing is ever fetched.
import { cleanText, FhirElement, isObject, NotUnderstood, type RawObject } from './fhir-element.ts'
import { titleOf } from './describe.ts'

/** Namespace of the source, resource type, id there. */
export type ResourceKey = readonly [ns: string, type: string, id: string]
export const keyText = (key: ResourceKey): string => JSON.stringify(key)
export const parseKey = (text: string): ResourceKey => JSON.parse(text) as ResourceKey

/** Namespace of references that give an identifier instead of an address; never the namespace of a resource. */
const identifierNs = 'identifier:'
export const identifierOfKey = (key: ResourceKey): string | null =>
  key[0].startsWith(identifierNs) ? `${key[0].slice(identifierNs.length)}|${key[2]}` : null

/** One resource of a file with the surroundings its references are read in. */
export interface Located {
  readonly key: ResourceKey
  readonly fullUrl: string | null
  /** Server base of its fullUrl; relative references mean that server. */
  readonly base: string | null
  readonly raw: RawObject
}

export interface Resolved {
  readonly key: ResourceKey | null
  /** Words of the reference itself, else the title of what it points to, when that is in this file. */
  readonly display: string | null
  /** What it points to, when that is in this file or contained in the resource. */
  readonly target: RawObject | null
}

const longestReference = 2_000
const typePattern = /^[A-Z][A-Za-z]{1,63}$/
const addressPattern =
  /^(?:(https?:\/\/[^\s?#]+)\/)?([A-Z][A-Za-z]{1,63})\/([^/\s?#|]{1,128})(?:\/_history\/[^/\s?#]+)?(?:#.*)?$/

export const isTypeName = (value: unknown): value is string =>
  typeof value === 'string' && typePattern.test(value)

/** The identity of a resource (brief: base URL of fullUrl, `urn:uuid`, else the name of the batch's source). */
export function identify(
  raw: RawObject,
  fullUrl: string | null,
  sourceNs: string,
  digest: string,
): { key: ResourceKey; base: string | null } {
  const type = String(raw.resourceType)
  const given = typeof raw.id === 'string' && raw.id !== '' && raw.id.length <= 256 ? raw.id : null
  const urn = fullUrl === null ? null : urnOf(fullUrl)
  if (urn) return { key: [urn.ns, type, urn.id], base: null }
  if (fullUrl !== null && /^https?:\/\//.test(fullUrl)) {
    const m = addressPattern.exec(fullUrl)
    if (m?.[1] && m[2] === type) return { key: [m[1], type, m[3] ?? ''], base: m[1] }
    return { key: [fullUrl, type, given ?? 'resource'], base: null }
  }
  // Without any id the content is the identity: the same text again is the same resource.
  return { key: [sourceNs, type, given ?? `sha256-${digest.slice(0, 40)}`], base: null }
}

function urnOf(text: string): { ns: string; id: string } | null {
  const m = /^urn:(uuid|oid):([^\s#]{1,128})$/i.exec(text)
  if (!m) return null
  return { ns: `urn:${m[1]?.toLowerCase()}`, id: m[2]?.toLowerCase() ?? '' }
}

/** The resources of one document, and the way from a reference to one of them. */
export class FileIndex {
  readonly #sourceNs: string
  readonly #all: Located[] = []
  readonly #byUrl = new Map<string, Located>()
  /** null: the type and id stand for several resources here. */
  readonly #byTypeAndId = new Map<string, Located | null>()
  readonly #byKey = new Map<string, Located>()
  #byIdentifier: Map<string, Located | null> | null = null

  constructor(sourceNs: string) {
    this.#sourceNs = sourceNs
  }

  add(located: Located): void {
    this.#all.push(located)
    if (located.fullUrl !== null) this.#byUrl.set(urlKey(located.fullUrl), located)
    const key = keyText(located.key)
    const known = this.#byKey.get(key)
    this.#byKey.set(key, located)
    const names = new Set([located.key[2], located.raw.id])
    for (const id of names) {
      if (typeof id !== 'string') continue
      const name = `${located.key[1]}/${id}`
      const taken = this.#byTypeAndId.get(name)
      const another = taken === null || (taken !== undefined && taken !== known)
      this.#byTypeAndId.set(name, another ? null : located)
    }
  }

  find(key: ResourceKey): Located | undefined {
    return this.#byKey.get(keyText(key))
  }

  /** `null` when there is nothing to resolve. Never throws: a reference of the wrong shape points nowhere. */
  resolve(reference: unknown, from: Located, expected?: string): Resolved | null {
    if (!isObject(reference)) return null
    const display =
      typeof reference.display === 'string' ? cleanText(reference.display)?.slice(0, 2_000) : undefined
    const text = reference.reference
    if (typeof text === 'string' && text.startsWith('#')) {
      const target = containedOf(from.raw, text.slice(1))
      return { key: null, display: display ?? (target && titleOf(target)), target }
    }
    const type = expected ?? (isTypeName(reference.type) ? reference.type : undefined)
    const key =
      typeof text === 'string' ? this.#keyOf(text, from, type) : this.#logical(reference.identifier, type)
    const target = key ? (this.find(key)?.raw ?? null) : null
    if (!key && !display) return null
    return { key, display: display ?? (target && titleOf(target)), target }
  }

  #keyOf(text: string, from: Located, type: string | undefined): ResourceKey | null {
    if (text.length > longestReference) return null
    const direct = this.#byUrl.get(urlKey(text))
    if (direct) return direct.key
    const urn = urnOf(text)
    if (urn) return type ? [urn.ns, type, urn.id] : null
    const search = /^([A-Z][A-Za-z]{1,63})\?identifier=([^&]+)$/.exec(text)
    if (search?.[1] && search[2]) return this.#bySearch(search[1], search[2])
    const m = addressPattern.exec(text)
    if (!m) return null
    const [, base, named = '', id = ''] = m
    if (base) return this.#byUrl.get(urlKey(`${base}/${named}/${id}`))?.key ?? [base, named, id]
    const sibling = from.base ? this.#byUrl.get(urlKey(`${from.base}/${named}/${id}`)) : undefined
    const found = sibling ?? this.#byTypeAndId.get(`${named}/${id}`)
    return found?.key ?? [from.base ?? this.#sourceNs, named, id]
  }

  #logical(identifier: unknown, type: string | undefined): ResourceKey | null {
    if (!isObject(identifier) || type === undefined || typeof identifier.value !== 'string') return null
    return this.#byIdentifierOf(
      type,
      typeof identifier.system === 'string' ? identifier.system : '',
      identifier.value,
    )
  }

  #bySearch(type: string, query: string): ResourceKey | null {
    let text = query
    try {
      text = decodeURIComponent(query)
    } catch {
      // Not percent-encoded: taken as it stands.
    }
    const bar = text.indexOf('|')
    return bar < 0 ? null : this.#byIdentifierOf(type, text.slice(0, bar), text.slice(bar + 1))
  }

  #byIdentifierOf(type: string, system: string, value: string): ResourceKey | null {
    if (value === '' || value.length > 256) return null
    this.#byIdentifier ??= indexIdentifiers(this.#all)
    const found = this.#byIdentifier.get(JSON.stringify([type, system, value]))
    return found?.key ?? (system === '' ? null : [`${identifierNs}${system}`, type, value])
  }
}

/** Version suffix and fragment do not change who is meant. */
function urlKey(url: string): string {
  const plain = url.replace(/#.*$/, '').replace(/\/_history\/[^/]*$/, '')
  return /^urn:/i.test(plain) ? plain.toLowerCase() : plain
}

function containedOf(raw: RawObject, id: string): RawObject | null {
  if (!Array.isArray(raw.contained)) return null
  return (raw.contained as unknown[]).filter(isObject).find((c) => c.id === id) ?? null
}

function indexIdentifiers(all: readonly Located[]): Map<string, Located | null> {
  const index = new Map<string, Located | null>()
  for (const located of all) {
    if (!Array.isArray(located.raw.identifier)) continue
    for (const identifier of (located.raw.identifier as unknown[]).filter(isObject)) {
      if (typeof identifier.value !== 'string') continue
      const system = typeof identifier.system === 'string' ? identifier.system : ''
      const name = JSON.stringify([located.key[1], system, identifier.value])
      const taken = index.get(name)
      index.set(name, taken === undefined || taken === located ? located : null)
    }
  }
  return index
}

/** Reads a Reference element of a resource that is being mapped; its shape must be right. */
export function referenceElement(parent: FhirElement, key: string): RawObject | null {
  const value = parent.raw[key]
  if (value === undefined || value === null) return null
  if (!isObject(value)) throw new NotUnderstood(parent.fault(key).place)
  return value
}
