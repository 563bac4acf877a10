// The fee schedule: what services cost, from when until when, and the taxes on them.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { lineAmounts } from '../shared/amounts.ts'
import type { billing } from '../shared/contract.ts'
import { holdsOn, type Period, placeFrom } from '../shared/effective-dates.ts'
import type { Fee, Price, TaxRate } from '../shared/shapes.ts'
import { booksOf } from './business-date.ts'
import * as q from './fee-queries.ts'
import { chargeItemDefinition, chargeItemPrice, taxRate } from './tables.ts'

type Procedures = (typeof billing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

export const standardLevel = 'standard'

export function fees(ctx: QueryContext, input: In<'fees'>): Out<'fees'> {
  const { currency, today } = booksOf(ctx)
  const on = input.on ?? today
  const rates = taxRates(ctx.read)
  const prices = Map.groupBy(ctx.read.all(q.allPrices, {}), (row) => row.definition_id)
  const rows = ctx.read.all(q.allFees, {}).filter((row) => input.withRetired || row.status === 'active')
  return {
    currency,
    fees: rows.map((row) => toFee(row, (prices.get(row.id) ?? []).map(toPrice), rates, { on, currency })),
    taxRates: rates,
  }
}

export function addFee(ctx: CommandContext, input: In<'addFee'>): Fee {
  if (ctx.read.get(q.feeByCode, { code: input.code })) throw new AppError('DUPLICATE')
  const feeId = ctx.write.insert(chargeItemDefinition, {
    code: input.code,
    title: input.title,
    title_other: input.titleOther,
    category: input.category,
    status: 'active',
  })
  insertPrice(ctx, feeId, { ...input, level: standardLevel })
  return feeOf(ctx, feeId)
}

export function changeFee(ctx: CommandContext, input: In<'changeFee'>): Fee {
  if (!ctx.read.get(q.feeById, { id: input.feeId })) throw new AppError('NOT_FOUND')
  ctx.write.update(chargeItemDefinition, input.feeId, input.rev, {
    title: input.title,
    title_other: input.titleOther,
    category: input.category,
    status: input.status,
  })
  return feeOf(ctx, input.feeId)
}

export function setPrice(ctx: CommandContext, input: In<'setPrice'>): Fee {
  const fee = ctx.read.get(q.feeById, { id: input.feeId })
  if (!fee) throw new AppError('NOT_FOUND')
  insertPrice(ctx, input.feeId, input)
  // The row's version stands for the fee with its prices: a form that saw the old ones is refused.
  ctx.write.update(chargeItemDefinition, fee.id, 'any', { status: fee.status })
  return feeOf(ctx, input.feeId)
}

interface NewPrice {
  readonly level: string
  readonly amountMinor: number
  readonly taxCode: string
  readonly validFrom: string
}

function insertPrice(ctx: CommandContext, feeId: string, price: NewPrice): void {
  if (rateOn(taxRates(ctx.read), price.taxCode, price.validFrom) === undefined)
    throw new AppError('NOT_FOUND', { fields: ['taxCode'] })
  const others = ctx.read.all(q.pricesOf, { id: feeId }).map(toPrice)
  const validUntil = makeRoom(
    ctx,
    chargeItemPrice,
    price.validFrom,
    others.filter((other) => other.level === price.level),
  )
  ctx.write.insert(chargeItemPrice, {
    definition_id: feeId,
    price_level: price.level,
    amount_minor: price.amountMinor,
    currency: booksOf(ctx).currency,
    tax_code: price.taxCode,
    valid_from: price.validFrom,
    valid_until: validUntil,
  })
}

export function setTaxRate(ctx: CommandContext, input: In<'setTaxRate'>): TaxRate[] {
  const others = taxRates(ctx.read).filter((rate) => rate.code === input.code)
  const validUntil = makeRoom(ctx, taxRate, input.validFrom, others)
  ctx.write.insert(taxRate, {
    code: input.code,
    name: input.name,
    name_other: input.nameOther,
    basis_points: input.basisPoints,
    valid_from: input.validFrom,
    valid_until: validUntil,
  })
  return taxRates(ctx.read)
}

/** The last day of what begins on `from`; its neighbours give way. */
function makeRoom(
  ctx: CommandContext,
  table: typeof chargeItemPrice | typeof taxRate,
  from: string,
  others: readonly (Period & { readonly id: string })[],
): string | null {
  const place = placeFrom(from, others)
  if (place.cut) ctx.write.update(table, place.cut.id, 'any', { valid_until: place.cutUntil })
  if (place.replaced) ctx.write.void(table, place.replaced.id, 'any', 'replaced by another of the same day')
  return place.validUntil
}

export interface PricedService {
  readonly feeId: string
  readonly code: string
  readonly title: string
  readonly category: string
  readonly level: string
  readonly unitMinor: number
  readonly currency: string
  readonly taxCode: string
  readonly taxBasisPoints: number
}

/** What a fee costs on a day; `undefined` where it has no price or no tax rate then. A level without one pays standard. */
export function priceOn(
  read: Reader,
  feeId: string,
  on: { readonly date: string; readonly level: string; readonly currency: string },
): PricedService | undefined {
  const fee = read.get(q.feeById, { id: feeId })
  if (!fee || fee.status !== 'active') return undefined
  const price = pickPrice(read.all(q.pricesOf, { id: feeId }).map(toPrice), on)
  const rate = price && rateOn(taxRates(read), price.taxCode, on.date)
  if (!price || rate === undefined) return undefined
  return {
    feeId,
    code: fee.code,
    title: fee.title,
    category: fee.category,
    level: price.level,
    unitMinor: price.amountMinor,
    currency: price.currency,
    taxCode: price.taxCode,
    taxBasisPoints: rate,
  }
}

export function feeIdOfCode(read: Reader, code: string): string | undefined {
  return read.get(q.feeByCode, { code })?.id
}

function pickPrice(
  prices: readonly Price[],
  on: { readonly date: string; readonly level: string; readonly currency: string },
): Price | undefined {
  const holding = prices.filter((p) => p.currency === on.currency && holdsOn(p, on.date))
  return holding.find((p) => p.level === on.level) ?? holding.find((p) => p.level === standardLevel)
}

function rateOn(rates: readonly TaxRate[], code: string, date: string): number | undefined {
  return rates.find((rate) => rate.code === code && holdsOn(rate, date))?.basisPoints
}

function feeOf(ctx: CommandContext, id: string): Fee {
  const row = ctx.read.get(q.feeById, { id })
  if (!row) throw new AppError('NOT_FOUND')
  const { today, currency } = booksOf(ctx)
  return toFee(row, ctx.read.all(q.pricesOf, { id }).map(toPrice), taxRates(ctx.read), {
    on: today,
    currency,
  })
}

interface FeeRow {
  readonly id: string
  readonly rev: number
  readonly code: string
  readonly title: string
  readonly title_other: string | null
  readonly category: string
  readonly status: string
}

function toFee(
  row: FeeRow,
  prices: Price[],
  rates: readonly TaxRate[],
  { on, currency }: { on: string; currency: string },
): Fee {
  const price = pickPrice(prices, { date: on, level: standardLevel, currency })
  const taxBasisPoints = price && rateOn(rates, price.taxCode, on)
  const sum =
    price && taxBasisPoints !== undefined
      ? lineAmounts({ quantity: 1, unitMinor: price.amountMinor, taxBasisPoints })
      : undefined
  return {
    id: row.id,
    rev: row.rev,
    code: row.code,
    title: row.title,
    titleOther: row.title_other,
    category: row.category as Fee['category'],
    status: row.status as Fee['status'],
    prices,
    now:
      sum && taxBasisPoints !== undefined
        ? { amountMinor: sum.netMinor, taxBasisPoints, totalMinor: sum.netMinor + sum.taxMinor }
        : null,
  }
}

function toPrice(row: {
  id: string
  price_level: string
  amount_minor: number
  currency: string
  tax_code: string
  valid_from: string
  valid_until: string | null
}): Price {
  return {
    id: row.id,
    level: row.price_level,
    amountMinor: row.amount_minor,
    currency: row.currency,
    taxCode: row.tax_code,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  }
}

function taxRates(read: Reader): TaxRate[] {
  return read.all(q.allTaxRates, {}).map((row) => ({
    id: row.id,
    code: row.code,
    name: row.name,
    nameOther: row.name_other,
    basisPoints: row.basis_points,
    validFrom: row.valid_from,
    validUntil: row.valid_until,
  }))
}
