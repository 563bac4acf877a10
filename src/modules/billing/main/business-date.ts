// Which day an act counts for, in the clinic's zone, and which days are closed.
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import { localDateIn } from '#shared/time.ts'
import { addDays } from '#shared/zoned-time.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'

/** The newest row holds (SYNC 2.7: a correction is a new row). */
export const newestLock = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('period_lock').select('locked_until').orderBy('at', 'desc').orderBy('id', 'desc').limit(1),
)

export interface Books {
  readonly currency: string
  readonly timeZone: string
  readonly today: string
  readonly lockedUntil: string | null
  /** The day that acts of now count for: today, or the first open day once today is closed. */
  readonly businessDate: string
}

export function booksOf(ctx: { readonly read: Reader; readonly nowMs: number }): Books {
  const { currency, timeZone } = clinicOf(ctx.read)
  const today = localDateIn(timeZone, ctx.nowMs)
  const lockedUntil = ctx.read.get(newestLock, {})?.locked_until ?? null
  const isClosed = lockedUntil !== null && today <= lockedUntil
  return { currency, timeZone, today, lockedUntil, businessDate: isClosed ? addDays(lockedUntil, 1) : today }
}

/** An earlier day may be named while it is open; a day to come never. */
export function businessDateFor(books: Books, asked: string | null): string {
  if (asked === null || asked === books.businessDate) return books.businessDate
  if (asked > books.today) throw new AppError('INVALID_INPUT', { fields: ['businessDate'] })
  if (books.lockedUntil !== null && asked <= books.lockedUntil)
    throw new AppError('PERIOD_LOCKED', { lockedUntil: books.lockedUntil })
  return asked
}
