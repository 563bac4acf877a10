// Medicines as they are found: the catalogue, the clinic's own, in the order in which people here prescribe them.
import { matchWords } from '#core/catalogue/words.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { DrugLine, prescribing } from '../shared/contract.ts'
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
    const own = read
      .all(q.ownDrugs, {})
      .filter((row) => row.active === 1 && isFound(row.terms, words))
      .map(fromOwn)
    const found = [...own, ...drugs.all(drugsByWords, { match, limit: candidates }).map(fromCatalogue)]
    const lines = found.map((drug, order) => ({ line: lineOf(read, drug, actor.userId), order }))
    const numbers = words.filter((word) => /^\d/.test(word))
    const exact = (line: DrugLine) => {
      const there = new Set(searchWords(line.label))
      return numbers.filter((n) => there.has(n)).length
    }
    lines.sort(
      (a, b) =>
        exact(b.line) - exact(a.line) ||
        b.line.ownUses - a.line.ownUses ||
        b.line.uses - a.line.uses ||
        a.order - b.order,
    )
    return { items: lines.slice(0, input.limit).map(({ line }) => line), edition: { title, edition, source } }
  }

const isFound = (terms: string, words: readonly string[]) => {
  const there = terms.split(' ')
  return words.every((word) => there.some((term) => term.startsWith(word)))
}

function lineOf(read: Reader, drug: Drug, userId: string): DrugLine {
  const uses = read.all(q.usesOf, { drugId: drug.id })
  return {
    ...drug,
    ingredients: drug.ingredients.map((i) => i.name),
    ownUses: uses.find((u) => u.user_id === userId)?.uses ?? 0,
    uses: uses.reduce((sum, u) => sum + u.uses, 0),
  }
}

export function countUse(ctx: CommandContext, drugId: string): void {
  const userId = ctx.actor.userId
  const before = ctx.read.all(q.usesOf, { drugId }).find((u) => u.user_id === userId)?.uses ?? 0
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
      drug: lineOf(ctx.read, fromOwn(row), ctx.actor.userId),
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
