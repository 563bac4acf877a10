// The close of day: money by method beside what was counted, differences explained, the books locked until that day.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { addDays } from '#shared/zoned-time.ts'
import { isTender, type TenderMethod, tenderMethods } from '../shared/accounts.ts'
import type { billing } from '../shared/contract.ts'
import type { Day } from '../shared/shapes.ts'
import { type Books, booksOf } from './business-date.ts'
import * as q from './day-queries.ts'
import { balancesOf } from './ledger.ts'
import { looseEnds } from './loose-ends.ts'
import { cashCount, dayClose, periodLock } from './tables.ts'

type Procedures = (typeof billing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

/** Before every day. */
const never = ''
const mostDays = 31

export function day(ctx: QueryContext, input: In<'day'>): Day {
  return dayOf(ctx, input.date)
}

function dayOf(ctx: QueryContext, asked: string | null): Day {
  const { read } = ctx
  const books = booksOf(ctx)
  const date = asked ?? books.today
  const isClosed = books.lockedUntil !== null && date <= books.lockedUntil
  const earlierOpen = isClosed ? [] : openDaysBefore(read, books, date)
  const counts = read.all(q.countsOf, { date })
  const opening = openingOf(read, books, date)
  return {
    date,
    today: books.today,
    currency: books.currency,
    state: isClosed ? 'closed' : 'open',
    lockedUntil: books.lockedUntil,
    earlierOpen,
    tenders: tendersOf(read, { from: isClosed ? date : (earlierOpen[0] ?? date), to: date, ...opening }),
    ...opening,
    totals: totalsOf(read, date),
    looseEnds: looseEnds(read, date, earlierOpen[0]),
    closes: read.all(q.closesOf, { date }).map((close) => ({
      id: close.id,
      closedAt: close.closed_at,
      closedBy: close.closed_by_name,
      floatMinor: close.float_minor,
      explanation: close.explanation,
      counts: counts
        .filter((count) => count.day_close_id === close.id)
        .map((count) => ({
          method: count.method as TenderMethod,
          expectedMinor: count.expected_minor,
          countedMinor: count.counted_minor,
        })),
    })),
    reopenings: read
      .all(q.reopeningsOf, { date })
      .map((row) => ({ at: row.at, by: row.by_name, reason: row.reason ?? '' })),
  }
}

/** Days that nobody closed: the drawer is counted for all of them together. */
function openDaysBefore(read: Reader, books: Books, date: string): string[] {
  const days: string[] = []
  let after = books.lockedUntil ?? never
  while (days.length < mostDays) {
    const next = read.get(q.nextDayWithMoney, { after, before: date })?.business_date
    if (next === undefined) break
    days.push(next)
    after = next
  }
  return days
}

/** What lay in the drawer when the day, or the first of the days not closed, began. */
function openingOf(read: Reader, books: Books, date: string) {
  const isClosed = books.lockedUntil !== null && date <= books.lockedUntil
  const before = isClosed ? addDays(date, -1) : (books.lockedUntil ?? never)
  const opening = read.get(q.openingAfter, { after: before, until: date })
  if (opening) return { openingFloatMinor: opening.counted_minor, openedBy: opening.counted_by_name }
  const left = before === never ? undefined : read.all(q.closesOf, { date: before })[0]
  return { openingFloatMinor: left?.float_minor ?? 0, openedBy: null }
}

interface Counted {
  readonly from: string
  readonly to: string
  readonly openingFloatMinor: number
}

function tendersOf(read: Reader, { from, to, openingFloatMinor }: Counted): Day['tenders'] {
  const sums = new Map(read.all(q.sumsByAccount, { from, to }).map((row) => [row.account, row]))
  return tenderMethods.flatMap((method) => {
    const { debit = 0, credit = 0 } = sums.get(method) ?? {}
    const float = method === 'cash' ? openingFloatMinor : 0
    if (method !== 'cash' && debit === 0 && credit === 0) return []
    return [{ method, inMinor: debit, outMinor: credit, expectedMinor: float + debit - credit }]
  })
}

function totalsOf(read: Reader, date: string): Day['totals'] {
  const rows = read.all(q.sumsByAccount, { from: date, to: date })
  const sums = new Map(rows.map((row) => [row.account, row]))
  const net = (account: string) => (sums.get(account)?.debit ?? 0) - (sums.get(account)?.credit ?? 0)
  const invoiced = new Map(read.all(q.invoicedOn, { date }).map((row) => [row.kind, row.total]))
  const tenders = rows.filter((row) => isTender(row.account))
  return {
    invoicedMinor: invoiced.get('invoice') ?? 0,
    creditedMinor: 0 - (invoiced.get('credit-note') ?? 0),
    taxMinor: 0 - net('tax'),
    receivedMinor: tenders.reduce((sum, row) => sum + row.debit, 0),
    refundedMinor: tenders.reduce((sum, row) => sum + row.credit, 0),
    writtenOffMinor: net('write-off'),
  }
}

export function openDrawer(ctx: CommandContext, input: In<'openDrawer'>): Day {
  const books = booksOf(ctx)
  if (books.businessDate !== books.today)
    throw new AppError('PERIOD_LOCKED', { lockedUntil: books.lockedUntil })
  const { openingFloatMinor } = openingOf(ctx.read, books, books.today)
  insertCount(ctx, books, {
    date: books.today,
    kind: 'opening',
    method: 'cash',
    expectedMinor: openingFloatMinor,
    countedMinor: input.floatMinor,
  })
  return dayOf(ctx, books.today)
}

export function closeDay(ctx: CommandContext, input: In<'closeDay'>): Day {
  const books = booksOf(ctx)
  const { date } = input
  if (books.lockedUntil !== null && date <= books.lockedUntil)
    throw new AppError('PERIOD_LOCKED', { lockedUntil: books.lockedUntil })
  if (date > books.today) throw new AppError('WRONG_STATE')
  const { tenders } = dayOf(ctx, date)
  requireCounted(tenders, input)
  const id = ctx.write.insert(dayClose, {
    business_date: date,
    closed_at: ctx.now,
    closed_by: ctx.actor.userId,
    closed_by_name: ctx.actor.userName,
    currency: books.currency,
    float_minor: input.floatMinor,
    explanation: input.explanation,
  })
  for (const count of input.counted) insertCount(ctx, books, { date, kind: 'closing', closeId: id, ...count })
  insertLock(ctx, { kind: 'lock', lockedUntil: date, closeId: id, reason: null })
  return dayOf(ctx, date)
}

/** Every method with money is counted, against what the person saw; a difference needs its explanation. */
function requireCounted(tenders: Day['tenders'], input: In<'closeDay'>): void {
  const counted = new Map(input.counted.map((count) => [count.method, count]))
  if (counted.size < input.counted.length)
    throw new AppError('INVALID_INPUT', { fields: ['counted: method named twice'] })
  for (const count of input.counted) {
    const expected = tenders.find((tender) => tender.method === count.method)?.expectedMinor ?? 0
    if (count.expectedMinor !== expected) throw new AppError('CONFLICT', { method: count.method })
  }
  const missing = tenders.find((tender) => tender.expectedMinor !== 0 && !counted.has(tender.method))
  if (missing) throw new AppError('CONFLICT', { method: missing.method })
  const cash = counted.get('cash')?.countedMinor ?? 0
  const mostMinor = Math.max(cash, 0)
  if (input.floatMinor > mostMinor) throw new AppError('TOO_MUCH', { mostMinor })
  const differs = input.counted.some((count) => count.countedMinor !== count.expectedMinor)
  if (differs && input.explanation === null) throw new AppError('REASON_NEEDED')
}

interface Count {
  readonly date: string
  readonly kind: 'opening' | 'closing'
  readonly closeId?: string
  readonly method: TenderMethod
  readonly expectedMinor: number
  readonly countedMinor: number
}

function insertCount(ctx: CommandContext, books: Books, count: Count): void {
  ctx.write.insert(cashCount, {
    business_date: count.date,
    kind: count.kind,
    day_close_id: count.closeId ?? null,
    method: count.method,
    currency: books.currency,
    expected_minor: count.expectedMinor,
    counted_minor: count.countedMinor,
    counted_at: ctx.now,
    counted_by: ctx.actor.userId,
    counted_by_name: ctx.actor.userName,
  })
}

interface Lock {
  readonly kind: 'lock' | 'reopen'
  readonly lockedUntil: string | null
  readonly closeId: string | null
  readonly reason: string | null
}

function insertLock(ctx: CommandContext, lock: Lock): void {
  ctx.write.insert(periodLock, {
    kind: lock.kind,
    locked_until: lock.lockedUntil,
    day_close_id: lock.closeId,
    reason: lock.reason,
    at: ctx.now,
    by: ctx.actor.userId,
    by_name: ctx.actor.userName,
  })
}

/** The day closed last is open again, back to the close before it. Its count stays on record. */
export function reopenDay(ctx: CommandContext, input: In<'reopenDay'>): Day {
  const standing: { until: string; closeId: string | null }[] = []
  for (const lock of ctx.read.all(q.locks, {})) {
    if (lock.kind === 'reopen') standing.pop()
    else if (lock.locked_until !== null)
      standing.push({ until: lock.locked_until, closeId: lock.day_close_id })
  }
  const last = standing.pop()
  if (last?.until !== input.date) throw new AppError('WRONG_STATE')
  insertLock(ctx, {
    kind: 'reopen',
    lockedUntil: standing.at(-1)?.until ?? null,
    closeId: last.closeId,
    reason: input.reason,
  })
  return dayOf(ctx, input.date)
}

export function checkouts(ctx: QueryContext): Out<'checkouts'> {
  const { currency, businessDate } = booksOf(ctx)
  const rows = ctx.read.all(q.atTheDesk, { date: businessDate })
  const balances = balancesOf(
    ctx.read,
    rows.map((row) => row.id),
  )
  return {
    date: businessDate,
    currency,
    lines: rows.map((row) => {
      const { chargesMinor = 0, dueMinor = 0, creditMinor = 0 } = balances.get(row.id) ?? {}
      return {
        patientId: row.id as Out<'checkouts'>['lines'][number]['patientId'],
        patientName: row.name_text,
        recordNumber: row.record_number,
        openChargesMinor: chargesMinor,
        dueMinor,
        creditMinor,
        payableMinor: Math.max(0, chargesMinor + dueMinor - creditMinor),
        paidTodayMinor: row.paid,
      }
    }),
  }
}
