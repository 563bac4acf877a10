// What the catalogues know, held in memory while their editions stand: which substances a text names, which pairs interact.
import type { OpenCatalogue } from '#core/catalogue/definition.ts'
import type { Services } from '#core/rpc/services.ts'
import { drugCatalogue, foldName, interactionCatalogue } from '../catalogue/definition.ts'
import { allInteractions, allSubstanceNames } from '../catalogue/queries.ts'
import { aliases, soundOf } from './aliases.ts'

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

/** The substances one name stands for: several for a brand of several. */
type Names = Map<string, readonly Ingredient[]>

const several = ' + '

function build(drugs: OpenCatalogue, interactions: OpenCatalogue): Pharmacy {
  const rows = drugs.all(allSubstanceNames, {}).map(({ name, base, cuis }) => ({
    name,
    ingredient: { name: base, base, cuis: JSON.parse(cuis) as string[] },
  }))
  const single = new Map(
    rows.filter((r) => !r.ingredient.base.includes(several)).map((r) => [r.name, r.ingredient]),
  )
  const byName: Names = new Map()
  const byCui = new Map<string, Ingredient>()
  const known = new Map<string, number>()
  for (const { ingredient } of rows) known.set(ingredient.base, (known.get(ingredient.base) ?? 0) + 1)
  // The name a number goes by is the one most names lead to; brands of several and chemistry come last.
  const weight = ({ base }: Ingredient) => (base.includes(several) ? -1 : (known.get(base) ?? 0))
  for (const { name, ingredient } of rows) {
    if (!everyday.has(name)) byName.set(name, partsOf(ingredient, single))
    for (const cui of ingredient.cuis) {
      const there = byCui.get(cui)
      if (!there || weight(ingredient) > weight(there)) byCui.set(cui, ingredient)
    }
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
      if (!named) byName.set(folded, [{ ...known, cuis: [...new Set([...known.cuis, cui])] }])
      else if (!named.some((n) => n.cuis.includes(cui))) {
        byName.set(
          folded,
          named.map((n, i) => (i === 0 ? { ...n, cuis: [...n.cuis, cui] } : n)),
        )
      }
    }
  }
  for (const [alias, substances] of aliases) {
    const known = substances.flatMap((substance) => byName.get(substance) ?? [])
    if (known.length > 0) byName.set(alias, [...(byName.get(alias) ?? []), ...known])
  }
  const bySound = soundsOf(byName)
  return {
    drugs,
    interactions,
    ingredientsIn: (text) => namesIn(foldName(text).split(' '), byName, bySound),
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

/** A brand of several is checked by each of them. */
function partsOf(ingredient: Ingredient, single: ReadonlyMap<string, Ingredient>): readonly Ingredient[] {
  if (!ingredient.base.includes(several)) return [ingredient]
  const parts = ingredient.base.split(several).map((base) => single.get(foldName(base)))
  return parts.every((part) => part !== undefined) ? parts : [ingredient]
}

/** Sounds of single names; one that two substances share tells nothing. */
function soundsOf(byName: Names): Names {
  const sounds: Names = new Map()
  const shared = new Set<string>()
  for (const [name, meant] of byName) {
    const sound = soundOf(name)
    const [one] = meant
    if (sound === null || meant.length !== 1 || !one) continue
    const there = sounds.get(sound)?.[0]
    if (there && !isSameSubstance(there, one)) shared.add(sound)
    else if (!there) sounds.set(sound, meant)
  }
  for (const sound of shared) sounds.delete(sound)
  return sounds
}

function namesIn(words: readonly string[], byName: Names, bySound: Names): Ingredient[] {
  const found = new Map<string, Ingredient>()
  let at = 0
  while (at < words.length) {
    let length = Math.min(longestName, words.length - at)
    let meant: readonly Ingredient[] = []
    for (; length > 0; length -= 1) {
      // One letter and bare numbers name nothing in a text.
      if (length === 1 && /^(\d+|.)$/.test(words[at] ?? '')) continue
      meant = byName.get(words.slice(at, at + length).join(' ')) ?? []
      if (meant.length > 0) break
    }
    if (meant.length === 0) meant = bySound.get(soundOf(words[at] ?? '') ?? '') ?? []
    for (const ingredient of meant) found.set(ingredient.base, ingredient)
    at += Math.max(1, length)
  }
  return [...found.values()]
}

export const isSameSubstance = (a: Ingredient, b: Ingredient): boolean =>
  a.base === b.base || a.cuis.some((cui) => b.cuis.includes(cui))
