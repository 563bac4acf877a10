// What is known here under the identity a source gives it. Answers about the clinic level (people, houses, places,
// medicines) are kept for the whole batch: every visit asks for the same few.
import type { Reader } from '#core/store/reader.ts'
import { identifierOfKey, keyText, type ResourceKey } from './references.ts'
import * as q from './queries.ts'
import { originalOf } from './staged.ts'
import { type Version, versionMsOf } from './versions.ts'

export interface Link {
  /** Id of the original. */
  readonly id: string
  readonly digest: string
  readonly patient_id: string | null
  readonly mapped_table: string | null
  readonly mapped_id: string | null
  readonly title: string | null
  readonly open_refs: number
  readonly former: string | null
  readonly batch_id: string
  readonly subject_key: string | null
}

export interface Target {
  readonly table: string | null
  readonly rowId: string | null
  readonly patientId: string | null
  readonly title: string | null
}

const mostKept = 50_000

export class KnownTargets {
  readonly #kept = new Map<string, Target | null>()
  #byIdentifier: Map<string, Target> | null = null

  /** A resource that a reference of another one points to. */
  find(read: Reader, key: ResourceKey): Target | null {
    const identifier = identifierOfKey(key)
    if (identifier !== null) return this.#named(read, key[1], identifier)
    const name = keyText(key)
    const kept = this.#kept.get(name)
    if (kept !== undefined) return kept
    const links = linksOf(read, key)
    const link = links.find((l) => l.mapped_id !== null) ?? links[0]
    const target = link
      ? { table: link.mapped_table, rowId: link.mapped_id, patientId: link.patient_id, title: link.title }
      : null
    if (this.#kept.size >= mostKept) this.#kept.clear()
    this.#kept.set(name, target)
    return target
  }

  /** Call when rows of the clinic level, or originals of any kind, were written. */
  forget(keys: Iterable<string>): void {
    for (const key of keys) this.#kept.delete(key)
  }

  forgetIdentifiers(): void {
    this.#byIdentifier = null
  }

  clear(): void {
    this.#kept.clear()
    this.#byIdentifier = null
  }

  #named(read: Reader, type: string, identifier: string): Target | null {
    if (!this.#byIdentifier) {
      const index = new Map<string, Target>()
      const add = (
        table: string,
        kind: string,
        rows: { id: string; identifier: string | null; title: string }[],
      ) => {
        for (const r of rows) {
          if (r.identifier === null) continue
          index.set(`${kind}|${r.identifier}`, { table, rowId: r.id, patientId: null, title: r.title })
        }
      }
      add('practitioner', 'Practitioner', read.all(q.identifiersOfPractitioners, {}))
      add('organization', 'Organization', read.all(q.identifiersOfOrganizations, {}))
      this.#byIdentifier = index
    }
    return this.#byIdentifier.get(`${type}|${identifier}`) ?? null
  }
}

function linksOf(read: Reader, [ns, type, id]: ResourceKey): Link[] {
  return read.all(q.linksByKey, { ns, type, id })
}

export function findPatientLink(read: Reader, key: ResourceKey): Link | undefined {
  const links = linksOf(read, key)
  return links.find((l) => l.mapped_table === 'patient') ?? links[0]
}

/**
 * The known original of a resource: the one of the same patient, else one that has waited for this patient or for any.
 * `'other'` when the id belongs to somebody else's record here: two records must not be mixed (PAR-04).
 */
export function findLink(
  read: Reader,
  key: ResourceKey,
  patientId: string | null,
  subject: string | null,
): Link | 'other' | undefined {
  const links = linksOf(read, key)
  if (links.length === 0) return undefined
  const own = patientId === null ? undefined : links.find((l) => l.patient_id === patientId)
  const unowned = links.filter((l) => l.patient_id === null)
  const found =
    own ?? unowned.find((l) => l.subject_key === subject) ?? unowned.find((l) => l.subject_key === null)
  return found ?? (unowned.length === links.length ? undefined : 'other')
}

/** True when the source itself says that what is here is the newer version; without its word the later import counts. */
export function isOlderThan(read: Reader, link: Link, { versionMs, digest }: Version): boolean {
  if (versionMs === null || link.digest === digest) return false
  const row = read.get(q.contentOfSource, { id: link.id })
  const standing = row ? versionMsOf(JSON.parse(originalOf(row.content))) : null
  return standing !== null && versionMs < standing
}

/** True when this very text was already superseded here once: it is an old version coming again. */
export function wasSuperseded(read: Reader, [ns, type, id]: ResourceKey, digest: string): boolean {
  return read.get(q.earlierVersion, { ns, type, id, digest }) !== undefined
}
