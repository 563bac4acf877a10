// Finding entries of a log of any length: an equality that has an index leads, the others are looked at on the way, and
// a sorted column is walked value by value, so that no sort ever touches the whole log.
import { sql } from 'kysely'
import { type AuditColumn, auditColumns } from '#core/store/audit-format.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import type { AuditFilters, AuditSort, Cursor } from '../shared/contract.ts'

type Shown = Exclude<AuditColumn, 'writer' | 'digest'>
/** What people read of an entry: everything but what only proves it. */
const rowColumns = auditColumns.filter(
  (column): column is Shown => column !== 'writer' && column !== 'digest',
)

type Column = 'patient_alias' | 'outcome' | 'user_id' | 'action' | 'category' | 'door' | 'role'
interface Equal {
  readonly column: Column
  readonly value: string | null
}

export interface Ask {
  readonly filters: AuditFilters
  /** The alias of `filters.aboutPatient`. */
  readonly alias: string | null
  readonly sort: AuditSort
  readonly direction: 'asc' | 'desc'
  readonly after: Cursor | null
  readonly limit: number
}

export type AuditRow = ReturnType<typeof walk>[number]

const bounds = preparedQuery<{ from: string; to: string }>()((db, p) =>
  db
    .selectFrom('audit_log')
    .select((eb) => [eb.fn.min<number | null>('seq').as('lo'), eb.fn.max<number | null>('seq').as('hi')])
    .where('at', '>=', p.from)
    .where('at', '<', p.to),
)

export interface Place {
  /** Numbers between which all entries of the period lie; a set clock may put others there too. */
  readonly lo: number
  readonly hi: number
  readonly from: string | null
  readonly to: string | null
  readonly alias: string | null
}

export function placeOf(read: Reader, { filters, alias }: Pick<Ask, 'filters' | 'alias'>): Place | null {
  const { from, to } = filters
  if (from === null && to === null) return everywhere({ filters, alias })
  const found = read.get(bounds, { from: from ?? '', to: to ?? '~' })
  if (found?.lo == null || found.hi == null) return null
  return { lo: found.lo, hi: found.hi, from, to, alias }
}

const everywhere = ({ filters: { from, to }, alias }: Pick<Ask, 'filters' | 'alias'>): Place => ({
  lo: 0,
  hi: Number.MAX_SAFE_INTEGER,
  from,
  to,
  alias,
})

/** Finding the bounds of a period looks at each of its entries: from so many on it may cost more than it saves. */
const wide = 2_000
const isWide = preparedQuery<{ from: string; to: string }>()((db, p) =>
  db
    .selectFrom('audit_log')
    .select('at')
    .where('at', '>=', p.from)
    .where('at', '<', p.to)
    .orderBy('at')
    .limit(1)
    .offset(wide),
)
/** So many entries before the newest are passed over in no time. */
const near = 2_000
const recent = preparedQuery<Record<never, never>>()((db) =>
  db
    .selectFrom('audit_log')
    .select('at')
    .where('seq', '<=', (eb) =>
      eb.selectFrom('audit_log').select(sql<number>`max(seq) - ${sql.lit(near)}`.as('seq')),
    )
    .orderBy('seq', 'desc')
    .limit(1),
)

/** As `placeOf`, without bounds where a page is found without them: whoever asks is led by an index, or begins beside it. */
export function placeForPage(read: Reader, ask: Ask): Place | null {
  const { sort, direction } = ask
  const isAnyTime = ask.filters.from === null && ask.filters.to === null
  if (ask.alias !== null || isAnyTime) return everywhere(ask)
  if ((sort === 'seq' || sort === 'at') && direction === 'asc') return placeOf(read, ask)
  const [from, to] = [ask.filters.from ?? '', ask.filters.to ?? '~']
  const endsNear = (read.get(recent, {})?.at ?? '~') < to
  return endsNear && read.get(isWide, { from, to }) !== undefined ? everywhere(ask) : placeOf(read, ask)
}

/** Rare values first: the rarest leads. */
function rankOf({ column, value }: Equal): number {
  if (column === 'outcome') return value === 'ok' ? 9 : 1
  return ['patient_alias', '', 'user_id', 'action', 'category', 'door', 'role'].indexOf(column)
}

interface Walk {
  readonly equals: readonly Equal[]
  readonly place: Place
  readonly order: 'seq' | 'at' | 'patient'
  readonly direction: 'asc' | 'desc'
  readonly after: Cursor | null
  readonly limit: number
}

export function walk(read: Reader, { equals, place, order, direction, after, limit }: Walk) {
  const leader = place.alias === null ? [...equals].sort((a, b) => rankOf(a) - rankOf(b))[0] : undefined
  const isDown = direction === 'desc'
  return read.list((db) => {
    let q = db.selectFrom('audit_log').select(rowColumns)
    for (const equal of equals) {
      // A sign before the column keeps its index from being used.
      const ref = equal === leader ? sql.ref(equal.column) : sql`+${sql.ref(equal.column)}`
      q = q.where(equal.value === null ? sql<boolean>`${ref} is null` : sql<boolean>`${ref} = ${equal.value}`)
    }
    if (place.alias !== null) {
      const { alias } = place
      q = q.where('seq', 'in', (eb) =>
        eb
          .selectFrom('audit_log as l')
          .select('l.seq')
          .where('l.patient_alias', '=', alias)
          .unionAll(eb.selectFrom('audit_patient as p').select('p.seq').where('p.patient_alias', '=', alias)),
      )
    }
    if (place.lo > 0) q = q.where('seq', '>=', place.lo)
    if (place.hi < Number.MAX_SAFE_INTEGER) q = q.where('seq', '<=', place.hi)
    const at = order === 'at' ? sql<string>`at` : sql<string>`+at`
    if (place.from !== null) q = q.where(sql<boolean>`${at} >= ${place.from}`)
    if (place.to !== null) q = q.where(sql<boolean>`${at} < ${place.to}`)
    if (order === 'seq') {
      if (after) q = q.where('seq', isDown ? '<' : '>', after.seq)
      return q.orderBy('seq', direction).limit(limit)
    }
    const column = order === 'at' ? 'at' : 'patient_alias'
    if (order === 'patient') q = q.where('patient_alias', 'is not', null)
    if (after && after.value !== null)
      q = q.where(
        isDown
          ? sql<boolean>`(${sql.ref(column)}, seq) < (${after.value}, ${after.seq})`
          : sql<boolean>`(${sql.ref(column)}, seq) > (${after.value}, ${after.seq})`,
      )
    return q.orderBy(column, direction).orderBy('seq', direction).limit(limit)
  })
}

type Valued = 'user_id' | 'role' | 'door' | 'action' | 'category' | 'outcome'
const nextValue = Object.fromEntries(
  (['user_id', 'role', 'door', 'action', 'category', 'outcome'] as const).map((column) => [
    column,
    preparedQuery<{ than: string }>()((db, p) =>
      db
        .selectFrom('audit_log')
        .select(sql<string>`${sql.ref(column)}`.as('value'))
        .where(sql<boolean>`${sql.ref(column)} > ${p.than}`)
        .orderBy(column)
        .limit(1),
    ),
  ]),
) as Record<Valued, ReturnType<typeof valueQuery>>
const valueQuery = () =>
  preparedQuery<{ than: string }>()((db) => db.selectFrom('audit_log').select(sql<string>`role`.as('value')))

/** The values a column has, by jumps through its index: as many steps as values. */
export function valuesOf(read: Reader, column: Valued): string[] {
  const values: string[] = []
  for (let than = ''; ; ) {
    const next = read.get(nextValue[column], { than })?.value
    if (next === undefined) return values
    values.push(next)
    than = next
  }
}

export const valueQueries = nextValue
export const boundsQueries = { bounds, isWide, recent }
