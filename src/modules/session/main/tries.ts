// Wrong passwords and codes: who must wait, and how long (AUTH-07). A try is counted before the password is looked at,
// so that many at once cannot outrun the counter, and taken back when it was right.
import type { CommandContext, Door, PrepareContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { preparedQuery } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import { signInFailure } from './tables.ts'

/** Free tries, then 1, 2, 4 ... seconds up to 15 minutes; after the last one only an admin can help. */
const freeTries = 5
const longestDelaySeconds = 900
const hardStop = 100
const minuteMs = 60_000
const mostPerMinute = { source: 20, all: 200 } as const
/** Sources and names that are nobody's account are forgotten after a day; accounts never by themselves. */
const forgottenAfterMs = 24 * 3_600_000

const purposes = ['password', 'code', 'second-factor', 'pin'] as const
export type Purpose = (typeof purposes)[number]

/** Somebody guessing from the network must not shut out the person at the desk. */
const reachOf = (door: Door): 'local' | 'remote' => (door === 'https' ? 'remote' : 'local')

const failuresOf = preparedQuery<{ subject: string }>()((db, p) =>
  db.selectFrom('sign_in_failure').select(['failures', 'last_at']).where('subject', '=', p.subject),
)
const forgettable = preparedQuery<{ before: string }>()((db, p) =>
  db
    .selectFrom('sign_in_failure')
    .select('subject')
    .where('last_at', '<', p.before)
    .where('subject', 'not like', 'account:%')
    .limit(20),
)

export interface Try {
  readonly account: string
  readonly windows: readonly { readonly subject: string; readonly most: number }[]
}

/**
 * Counts one try, or refuses it with TOO_MANY_TRIES. The same for names that exist and names that do not.
 * `retryAfterSeconds` is null when waiting does not help.
 */
export function beginTry(
  services: Pick<Services, 'keyedDigest'>,
  ctx: PrepareContext,
  username: string,
  isAccount: boolean,
  purpose: Purpose,
): Try {
  const attempt: Try = {
    account: `${isAccount ? 'account' : 'nobody'}:${subjectOf(services, purpose, reachOf(ctx.door), username)}`,
    windows: [
      { subject: `source:${digest(services, `${ctx.door}\0${ctx.source}`)}`, most: mostPerMinute.source },
      { subject: `all:${reachOf(ctx.door)}`, most: mostPerMinute.all },
    ],
  }
  ctx.outside((inner) => {
    const refused = refusalOf(inner, attempt)
    if (refused !== undefined) throw new AppError('TOO_MANY_TRIES', { retryAfterSeconds: refused })
    count(inner, attempt)
    for (const { subject } of inner.read.all(forgettable, {
      before: instant(inner.nowMs - forgottenAfterMs),
    })) {
      inner.write.deleteLocal(signInFailure, { subject })
    }
  })
  return attempt
}

/** It was the right one: the account starts afresh. */
export function forgiveTry(ctx: CommandContext, attempt: Try): void {
  ctx.write.deleteLocal(signInFailure, { subject: attempt.account })
  for (const { subject } of attempt.windows) countDown(ctx, subject)
}

/** As if it had not been made. */
export function takeBackTry(ctx: CommandContext, attempt: Try): void {
  countDown(ctx, attempt.account)
  for (const { subject } of attempt.windows) countDown(ctx, subject)
}

function countDown(ctx: CommandContext, subject: string): void {
  const row = ctx.read.get(failuresOf, { subject })
  if (row && row.failures > 0)
    ctx.write.putLocal(signInFailure, { subject, last_at: row.last_at, failures: row.failures - 1 })
}

/** An admin's reset opens every way to this account again. */
export function clearTries(
  services: Pick<Services, 'keyedDigest'>,
  ctx: CommandContext,
  username: string,
): void {
  for (const purpose of purposes) {
    for (const reach of ['local', 'remote'] as const) {
      ctx.write.deleteLocal(signInFailure, {
        subject: `account:${subjectOf(services, purpose, reach, username)}`,
      })
    }
  }
}

/** Seconds to wait, null for "not by waiting", undefined when the try may go ahead. */
function refusalOf(ctx: CommandContext, attempt: Try): number | null | undefined {
  const own = ctx.read.get(failuresOf, { subject: attempt.account })
  if (own) {
    if (own.failures >= hardStop) return null
    const wait = delaySeconds(own.failures) * 1000 - since(ctx, own.last_at)
    if (wait > 0) return Math.ceil(wait / 1000)
  }
  for (const { subject, most } of attempt.windows) {
    const row = ctx.read.get(failuresOf, { subject })
    const left = row && row.failures >= most ? minuteMs - since(ctx, row.last_at) : 0
    if (left > 0) return Math.ceil(left / 1000)
  }
  return undefined
}

function count(ctx: CommandContext, attempt: Try): void {
  const own = ctx.read.get(failuresOf, { subject: attempt.account })
  ctx.write.putLocal(signInFailure, {
    subject: attempt.account,
    failures: (own?.failures ?? 0) + 1,
    last_at: ctx.now,
  })
  for (const { subject } of attempt.windows) {
    const row = ctx.read.get(failuresOf, { subject })
    const isOpen = row !== undefined && since(ctx, row.last_at) < minuteMs
    // Here `last_at` is when the minute began.
    ctx.write.putLocal(signInFailure, {
      subject,
      failures: isOpen ? row.failures + 1 : 1,
      last_at: isOpen ? row.last_at : ctx.now,
    })
  }
}

/** A clock set back must not lock anybody out for longer than the delay itself: time before the try counts as elapsed. */
function since(ctx: CommandContext, at: string): number {
  return Math.abs(ctx.nowMs - Date.parse(at))
}

export function delaySeconds(failures: number): number {
  return failures < freeTries ? 0 : Math.min(longestDelaySeconds, 2 ** (failures - freeTries))
}

const subjectOf = (
  services: Pick<Services, 'keyedDigest'>,
  purpose: Purpose,
  reach: 'local' | 'remote',
  username: string,
): string => `${purpose}:${reach}:${digest(services, username)}`

/** People type passwords into the name field: what was typed is never kept, only its keyed digest. */
function digest(services: Pick<Services, 'keyedDigest'>, text: string): string {
  return Buffer.from(services.keyedDigest('sign-in-try', text)).toString('base64url')
}

const instant = (ms: number): string => new Date(ms).toISOString()
