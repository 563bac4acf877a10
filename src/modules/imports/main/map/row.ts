// What a mapper makes of one resource: a row without its patient, and the references to be filled in when it is filed.
import type { NewRow } from '#core/store/writer-types.ts'
import type { chartTables } from '#modules/chart/main/api.ts'
import type { FhirElement } from '../fhir-element.ts'
import {
  type FileIndex,
  type Located,
  type Resolved,
  type ResourceKey,
  referenceElement,
} from '../references.ts'

type Tables = typeof chartTables
/** Columns of a new row that are the mapper's to fill; `patient_id` and `id` are given at filing. */
export type Columns<T extends keyof Tables> = Omit<NewRow<Tables[T]>, 'id' | 'patient_id'>

/** A column that depends on another resource, which may be here already, come with the same batch, or never. */
export interface WantedRef {
  readonly column: string
  /** row: id of its row · rows: JSON array of ids, unknown ones left out · title: its words, where the column is empty. */
  readonly want: 'row' | 'rows' | 'title'
  readonly to: readonly ResourceKey[]
}

export class References {
  readonly wanted: WantedRef[] = []
  /** Observations that belong under this one (Observation.hasMember). */
  readonly members: ResourceKey[] = []
  readonly #index: FileIndex
  readonly #from: Located

  constructor(index: FileIndex, from: Located) {
    this.#index = index
    this.#from = from
  }

  get id(): string {
    return this.#from.key[2]
  }

  one(parent: FhirElement, key: string, type?: string): Resolved | null {
    return this.#index.resolve(referenceElement(parent, key), this.#from, type)
  }

  /** References of an array `key`. */
  many(parent: FhirElement, key: string, type?: string): Resolved[] {
    return parent.many(key).flatMap((e) => this.#index.resolve(e.raw, this.#from, type) ?? [])
  }

  /** References one step inside the items of an array: `participant[].individual`. */
  within(parent: FhirElement, list: string, key: string, type?: string): Resolved[] {
    return parent.many(list).flatMap((e) => this.one(e, key, type) ?? [])
  }

  link(column: string, reference: Resolved | null | undefined): void {
    if (reference?.key) this.wanted.push({ column, want: 'row', to: [reference.key] })
  }

  linkAll(column: string, references: readonly Resolved[]): void {
    const to = references.flatMap((r) => (r.key ? [r.key] : []))
    if (to.length > 0) this.wanted.push({ column, want: 'rows', to })
  }

  /** Words for a reference; where this file has none, the column is filled from what is known at filing. */
  words(column: string, reference: Resolved | null | undefined): string | null {
    if (!reference) return null
    if (reference.display !== null) return reference.display
    if (reference.key) this.wanted.push({ column, want: 'title', to: [reference.key] })
    return null
  }
}

/** First concept of an array, and its words: FHIR puts the most specific first in none of them, so the first counts. */
export function firstCoded(r: FhirElement, key: string) {
  return r.codedList(key)[0] ?? null
}

/** Codes of a CodeableConcept that must come from a closed list, whatever words stand beside them. */
export function statusOf<const C extends string>(
  r: FhirElement,
  key: string,
  allowed: readonly C[],
): C | null {
  const concept = r.one(key)
  if (!concept) return null
  const codes = concept.many('coding').flatMap((c) => c.text('code') ?? [])
  const found = allowed.find((a) => codes.includes(a))
  if (found === undefined) throw r.fault(key)
  return found
}
