// One substance from many names and codes: what shares a code, a name or a base is one and the same.
import { nameKey, withoutSalt } from './names.ts'

export type NameKind = 'name' | 'brand' | 'word'

export interface Concept {
  /** Where it came from first: 0 our list, then common allergens, ingredients of drugs, all others. */
  tier: number
  place: number
  display: string
  category: string | null
  readonly names: Map<string, { name: string; kind: NameKind }>
  /** RxNorm and UNII codes, the one of its own name first. */
  readonly rxcui: string[]
  readonly unii: string[]
  ownCode: string | null
  isMedicine: boolean
}

export class ConceptSet {
  readonly #byKey = new Map<string, Concept>()
  readonly #byCode = new Map<string, Concept>()
  /** Concepts that were taken up into another one. */
  readonly #merged = new Map<Concept, Concept>()
  readonly #all = new Set<Concept>()
  #places = 0

  all(): Concept[] {
    return [...this.#all]
  }

  byName(name: string): Concept | undefined {
    return this.#find(this.#byKey.get(nameKey(name)))
  }

  /** The concept of a name, made where it is not known; a salt belongs to its base where the base is known. */
  named(name: string, tier: number): Concept {
    const base = withoutSalt(name)
    const known = this.byName(name) ?? (base === null ? undefined : this.byName(base))
    const concept = known ?? this.#make(name, tier)
    this.addName(concept, name, 'name')
    return concept
  }

  #make(name: string, tier: number): Concept {
    const concept: Concept = {
      tier,
      place: this.#places++,
      display: name,
      category: null,
      names: new Map(),
      rxcui: [],
      unii: [],
      ownCode: null,
      isMedicine: false,
    }
    this.#all.add(concept)
    return concept
  }

  addName(concept: Concept, name: string, kind: NameKind): void {
    const key = nameKey(name)
    if (key === '') return
    if (!concept.names.has(key)) concept.names.set(key, { name, kind })
    // A brand or a word of a language may be several things: it finds, but it does not identify.
    if (kind === 'name' && !this.#byKey.has(key)) this.#byKey.set(key, concept)
  }

  /** Returns the concept that has the code from now on: the one given, or the one that both become. */
  addCode(concept: Concept, system: 'rxcui' | 'unii', code: string): Concept {
    if (code === '') return concept
    const key = `${system} ${code}`
    const holder = this.#find(this.#byCode.get(key))
    const kept = holder && holder !== concept ? this.#merge(holder, concept) : concept
    this.#byCode.set(key, kept)
    if (!kept[system].includes(code)) kept[system].push(code)
    return kept
  }

  #merge(a: Concept, b: Concept): Concept {
    const isFirst = a.tier < b.tier || (a.tier === b.tier && a.place < b.place)
    const [into, from] = isFirst ? [a, b] : [b, a]
    for (const [key, name] of from.names) if (!into.names.has(key)) into.names.set(key, name)
    for (const system of ['rxcui', 'unii'] as const)
      for (const code of from[system]) if (!into[system].includes(code)) into[system].push(code)
    into.category ??= from.category
    into.isMedicine ||= from.isMedicine
    this.#all.delete(from)
    this.#merged.set(from, into)
    return into
  }

  #find(concept: Concept | undefined): Concept | undefined {
    let found = concept
    while (found && this.#merged.has(found)) found = this.#merged.get(found)
    return found
  }
}
