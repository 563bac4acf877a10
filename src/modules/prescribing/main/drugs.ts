// Medicines as they are found: the catalogue, the clinic's own, in the order in which people here prescribe them.
import { matchWords } from '#core/catalogue/words.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { prescribing } from '../shared/contract.ts'
import type { DrugLine } from '../shared/shapes.ts'
import type { DoseUnit } from '../shared/sig/index.ts'
import { drugCatalogue, searchTerms, searchWords } from './catalogue/definition.ts'
import { drugById, drugsByWords } from './catalogue/queries.ts'
import { type Ingredient, type Pharmacy, pharmacyOf } from './checks/pharmacy.ts'
import * as q from './queries.ts'
import { drugUse, ownDrug } from './tables.ts'

type Procedures = (typeof prescribing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

/** A medicine with the substances that checks go by. */
export interface Drug extends Omit<DrugLine, 'ownUses' | 'uses' | 'ingredients'> {
  readonly ingredients: readonly Ingredient[]
}

interface CatalogueDrug {
  readonly id: string
  readonly label: string
  readonly ingredients: string
  readonly strength: string
  readonly form: string
  readonly route: string
  readonly brand: string | null
  readonly legal: string
  readonly unit: string | null
}
type OwnDrugRow = RowOf<typeof ownDrug>

const ownPrefix = 'own:'

function fromCatalogue(row: CatalogueDrug): Drug {
  return {
    ...row,
    legal: row.legal as Drug['legal'],
    unit: row.unit as DoseUnit | null,
    ingredients: JSON.parse(row.ingredients) as Ingredient[],
  }
}

function fromOwn(row: OwnDrugRow): Drug {
  return {
    id: ownPrefix + row.id,
    label: row.label,
    ingredients: JSON.parse(row.ingredients) as Ingredient[],
    strength: row.strength,
    form: row.form,
    route: row.route,
    brand: null,
    legal: 'own',
    unit: row.unit as DoseUnit | null,
  }
}

/** Retired ones of the clinic too: what was prescribed once can be looked at and renewed. */
export function findDrug(services: Services, read: Reader, id: string): Drug | null {
  if (id.startsWith(ownPrefix)) {
    const row = read.get(q.ownDrugById, { id: id.slice(ownPrefix.length) })
    return row ? fromOwn(row) : null
  }
  const row = services.catalogues.open(drugCatalogue).get(drugById, { id })
  return row ? fromCatalogue(row) : null
}

/** Enough to find what people here use behind what is made most. */
const candidates = 120

export const searchDrugs =
  (services: Services) =>
  ({ read, actor }: QueryContext, input: In<'searchDrugs'>): Out<'searchDrugs'> => {
    const drugs = services.catalogues.open(drugCatalogue)
    const { title, edition, source } = drugs.edition
    const words = searchWords(input.text)
    const match = matchWords(words)
    if (match === null) return { items: [], edition: { title, edition, source } }
    const own = read.all(q.ownDrugs, {}).filter((row) => row.active === 1 && isFound(row.terms, words))
    const found: Found[] = [
      ...own.map((row) => ({ id: ownPrefix + row.id, label: row.label, drug: () => fromOwn(row) })),
      ...drugs
        .all(drugsByWords, { match, limit: candidates })
        .map((row) => ({ id: row.id, label: row.label, drug: () => fromCatalogue(row) })),
    ]
    const uses = usesBy(read, found, actor.userId)
    const best = inOrder(found, uses, numbersIn(input.text)).slice(0, input.limit)
    return { items: best.map((f) => lineOf(f.drug(), uses.get(f.id))), edition: { title, edition, source } }
  }

/** Turned into a line only when it is shown. */
interface Found {
  readonly id: string
  readonly label: string
  readonly drug: () => Drug
}
interface Uses {
  readonly own: number
  readonly all: number
}

/** The strength that was typed, then one's own use, everybody's, and what is made most. The sort keeps equals in place. */
function inOrder(
  found: readonly Found[],
  uses: ReadonlyMap<string, Uses>,
  numbers: readonly string[],
): Found[] {
  const exact = new Map(
    numbers.length === 0
      ? []
      : found.map(({ id, label }) => {
          const there = numbersIn(label)
          return [id, numbers.filter((n) => there.includes(n)).length] as const
        }),
  )
  const of = (map: ReadonlyMap<string, number>, { id }: Found) => map.get(id) ?? 0
  return found.toSorted(
    (a, b) =>
      of(exact, b) - of(exact, a) ||
      (uses.get(b.id)?.own ?? 0) - (uses.get(a.id)?.own ?? 0) ||
      (uses.get(b.id)?.all ?? 0) - (uses.get(a.id)?.all ?? 0),
  )
}
const numbersIn = (text: string): readonly string[] => text.match(/\d+(?:\.\d+)?/g) ?? []

function usesBy(read: Reader, found: readonly { readonly id: string }[], userId: string): Map<string, Uses> {
  const uses = new Map<string, Uses>()
  for (const row of read.all(q.usesOf, { ids: JSON.stringify(found.map((f) => f.id)) })) {
    const { own, all } = uses.get(row.drug_id) ?? { own: 0, all: 0 }
    uses.set(row.drug_id, { own: row.user_id === userId ? row.uses : own, all: all + row.uses })
  }
  return uses
}

const isFound = (terms: string, words: readonly string[]) => {
  const there = terms.split(' ')
  return words.every((word) => there.some((term) => term.startsWith(word)))
}

function lineOf(drug: Drug, uses: Uses | undefined): DrugLine {
  return {
    ...drug,
    ingredients: drug.ingredients.map((i) => i.name),
    ownUses: uses?.own ?? 0,
    uses: uses?.all ?? 0,
  }
}

export function countUse(ctx: CommandContext, drugId: string): void {
  const userId = ctx.actor.userId
  const before = usesBy(ctx.read, [{ id: drugId }], userId).get(drugId)?.own ?? 0
  ctx.write.putLocal(drugUse, { drug_id: drugId, user_id: userId, uses: before + 1, last_at: ctx.now })
}

export const addOwnDrug =
  (services: Services) =>
  (ctx: CommandContext, input: In<'addOwnDrug'>): Out<'addOwnDrug'> => {
    const pharmacy = pharmacyOf(services)
    const label = [input.name, input.strength, input.form, input.route].filter((t) => t !== '').join(' ')
    const terms = searchTerms([label, ...input.ingredients].join(' '))
    const same = ctx.read.all(q.ownDrugs, {}).find((row) => row.active === 1 && row.terms === terms)
    if (same) throw new AppError('DUPLICATE', { drugId: ownPrefix + same.id })
    const ingredients = input.ingredients.map((name) => ingredientNamed(pharmacy, name))
    const id = ctx.write.insert(ownDrug, {
      label,
      ingredients: JSON.stringify(ingredients),
      strength: input.strength,
      form: input.form,
      route: input.route,
      unit: input.unit,
      terms,
      active: 1,
    })
    const row = ctx.read.get(q.ownDrugById, { id })
    if (!row) throw new Error('a row just written is not there')
    return {
      drug: lineOf(fromOwn(row), undefined),
      unknown: ingredients.filter((i) => i.cuis.length === 0).map((i) => i.name),
    }
  }

/** What the clinic calls it, with all that is known of the substance it names. */
function ingredientNamed(pharmacy: Pharmacy, name: string): Ingredient {
  const [known] = pharmacy.ingredientsIn(name)
  return known ? { ...known, name: name.toLowerCase() } : { name, base: name.toLowerCase(), cuis: [] }
}

const switchOwnDrug =
  (active: 0 | 1) =>
  (ctx: CommandContext, input: In<'retireOwnDrug'>): Out<'retireOwnDrug'> => {
    const id = input.id.startsWith(ownPrefix) ? input.id.slice(ownPrefix.length) : ''
    const row = ctx.read.get(q.ownDrugById, { id })
    if (!row) throw new AppError('NOT_FOUND')
    const rev = ctx.write.update(ownDrug, id, input.rev, { active })
    return { id: input.id, rev, label: row.label, active: active === 1 }
  }
export const retireOwnDrug = switchOwnDrug(0)
export const restoreOwnDrug = switchOwnDrug(1)

export function listOwnDrugs({ read }: QueryContext, _input: In<'ownDrugs'>): Out<'ownDrugs'> {
  return read
    .all(q.ownDrugs, {})
    .map((row) => ({ id: ownPrefix + row.id, rev: row.rev, label: row.label, active: row.active === 1 }))
}
