// Reads of the fee schedule, compiled once. A schedule is small: hundreds of fees, read whole.
import { preparedQuery } from '#core/store/reader.ts'

type None = Record<never, never>

export const allFees = preparedQuery<None>()((db) =>
  db
    .selectFrom('charge_item_definition')
    .select(['id', 'rev', 'code', 'title', 'title_other', 'category', 'status'])
    .where('voided_at', 'is', null)
    .orderBy('code'),
)
export const feeById = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('charge_item_definition')
    .select(['id', 'rev', 'code', 'title', 'title_other', 'category', 'status'])
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)
export const feeByCode = preparedQuery<{ code: string }>()((db, p) =>
  db
    .selectFrom('charge_item_definition')
    .select(['id', 'rev', 'code', 'title', 'title_other', 'category', 'status'])
    .where('code', '=', p.code)
    .where('voided_at', 'is', null)
    .limit(1),
)
const priceColumns = [
  'id',
  'definition_id',
  'price_level',
  'amount_minor',
  'currency',
  'tax_code',
  'valid_from',
  'valid_until',
] as const
export const allPrices = preparedQuery<None>()((db) =>
  db
    .selectFrom('charge_item_price')
    .select(priceColumns)
    .where('voided_at', 'is', null)
    .orderBy('valid_from', 'desc'),
)
export const pricesOf = preparedQuery<{ id: string }>()((db, p) =>
  db
    .selectFrom('charge_item_price')
    .select(priceColumns)
    .where('definition_id', '=', p.id)
    .where('voided_at', 'is', null)
    .orderBy('valid_from', 'desc'),
)
export const allTaxRates = preparedQuery<None>()((db) =>
  db
    .selectFrom('tax_rate')
    .select(['id', 'code', 'name', 'name_other', 'basis_points', 'valid_from', 'valid_until'])
    .where('voided_at', 'is', null)
    .orderBy('code')
    .orderBy('valid_from', 'desc'),
)
