// What the catalogues know, held in memory while their editions stand: which substances a text names, which pairs interact.
import type { OpenCatalogue } from '#core/catalogue/definition.ts'
import type { Services } from '#core/rpc/services.ts'
import { drugCatalogue, foldName, interactionCatalogue } from '../catalogue/definition.ts'
import { allInteractions, allSubstanceNames } from '../catalogue/queries.ts'

/** One substance in a medicine. Two are the same when they share a base or an RxNorm number. */
export interface Ingredient {
  readonly name: string
  readonly base: string
  readonly cuis: readonly string[]
}

export interface Interaction {
  readonly severity: 'Critical' | 'Significant'
}

export interface Pharmacy {
  readonly drugs: OpenCatalogue
  readonly interactions: OpenCatalogue
  /** Substances and brands named anywhere in a text, longest names first: "Simvastatin 10 MG Oral Tablet". */
  ingredientsIn(text: string): Ingredient[]
  ingredientOfCui(cui: string): Ingredient | null
  interaction(a: readonly string[], b: readonly string[]): Interaction | null
}

interface Held {
  readonly key: string
  readonly pharmacy: Pharmacy
}
let held: Held | null = null

/** Throws UNAVAILABLE while the catalogues are being made: nothing is ever prescribed unchecked. */
export function pharmacyOf(services: Services): Pharmacy {
  const drugs = services.catalogues.open(drugCatalogue)
  const interactions = services.catalogues.open(interactionCatalogue)
  const key = `${drugs.key}|${interactions.key}`
  if (held?.key === key) return { ...held.pharmacy, drugs, interactions }
  held = { key, pharmacy: build(drugs, interactions) }
  return held.pharmacy
}

/** Longest name in words; longer ones are chemistry. */
const longestName = 6
/** Names that are also everyday words of a label or an allergy. */
const everyday = new Set([
  'oral',
  'tablet',
  'water',
  'air',
  'food',
  'other',
  'none',
  'unknown',
  'mold',
  'house dust',
  'animal dander',
])

function build(drugs: OpenCatalogue, interactions: OpenCatalogue): Pharmacy {
  const byName = new Map<string, Ingredient>()
  const byCui = new Map<string, Ingredient>()
  for (const row of drugs.all(allSubstanceNames, {})) {
    const ingredient = { name: row.base, base: row.base, cuis: JSON.parse(row.cuis) as string[] }
    if (!everyday.has(row.name)) byName.set(row.name, ingredient)
    for (const cui of ingredient.cuis) if (!byCui.has(cui)) byCui.set(cui, ingredient)
  }
  const pairs = new Map<string, Interaction>()
  for (const { a, b, severity, a_name, b_name } of interactions.all(allInteractions, {})) {
    pairs.set(`${a}|${b}`, { severity: severity === 'Critical' ? 'Critical' : 'Significant' })
    for (const [cui, name] of [
      [a, a_name],
      [b, b_name],
    ] as const) {
      const known = byCui.get(cui) ?? { name, base: name, cuis: [cui] }
      if (!byCui.has(cui)) byCui.set(cui, known)
      const folded = foldName(name)
      const named = byName.get(folded)
      // The number of the pair must be among those its name stands for, or the pair would never be found by name.
      if (!named) byName.set(folded, { ...known, cuis: [...new Set([...known.cuis, cui])] })
      else if (!named.cuis.includes(cui)) byName.set(folded, { ...named, cuis: [...named.cuis, cui] })
    }
  }
  return {
    drugs,
    interactions,
    ingredientsIn: (text) => namesIn(foldName(text).split(' '), byName),
    ingredientOfCui: (cui) => byCui.get(cui) ?? null,
    interaction(left, right) {
      let found: Interaction | null = null
      for (const x of left) {
        for (const y of right) {
          const pair = pairs.get(x < y ? `${x}|${y}` : `${y}|${x}`)
          if (pair?.severity === 'Critical') return pair
          found = pair ?? found
        }
      }
      return found
    },
  }
}

function namesIn(words: readonly string[], byName: ReadonlyMap<string, Ingredient>): Ingredient[] {
  const found = new Map<string, Ingredient>()
  let at = 0
  while (at < words.length) {
    let length = Math.min(longestName, words.length - at)
    for (; length > 0; length -= 1) {
      const ingredient = byName.get(words.slice(at, at + length).join(' '))
      // One letter and bare numbers name nothing in a text.
      if (!ingredient || (length === 1 && /^(\d+|.)$/.test(words[at] ?? ''))) continue
      found.set(ingredient.base, ingredient)
      break
    }
    at += Math.max(1, length)
  }
  return [...found.values()]
}

export const isSameSubstance = (a: Ingredient, b: Ingredient): boolean =>
  a.base === b.base || a.cuis.some((cui) => b.cuis.includes(cui))
