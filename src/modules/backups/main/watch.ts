// Who is told when backups fail or are late (BAK-01): the administrators at 24 hours, a review item at 48.
import { notify, openReview } from '#modules/oversight/main/api.ts'
import { ageHours, hours, hoursSince, lateness } from './due.ts'
import * as q from './queries.ts'
import type { RunContext } from './run.ts'
import { backupTry } from './tables.ts'

/** At most once a day each. */
export function tellAboutTrouble(ctx: RunContext, problem: string | null): void {
  const nowMs = ctx.now()
  const { age, before } = ctx.read((read) => ({
    age: ageHours(read, nowMs),
    before: read.get(q.lastTry, {}),
  }))
  const isNews = (told: string | null | undefined) => !told || hoursSince(told, nowMs) >= 24
  const failed = problem !== null && isNews(before?.failed_told_at)
  const late = lateness(age) !== 'no' && isNews(before?.late_told_at)
  if (!failed && !late) return
  ctx.transact({ action: 'backup.tell', category: 'system', detail: problem ?? 'late' }, (tx) => {
    if (failed) notify(tx, { to: { role: 'admin' }, kind: 'backup-failed', detail: problem })
    if (late) notify(tx, { to: { role: 'admin' }, kind: 'backup-late', detail: String(Math.floor(age)) })
    if (age >= hours.report)
      openReview(tx, {
        kind: 'backup-late',
        subject: `backup-late:${tx.now.slice(0, 10)}`,
        detail: String(Math.floor(age)),
        dueHours: 24,
      })
    tx.write.putLocal(backupTry, {
      one: 1,
      at: before?.at ?? tx.now,
      problem: before?.problem ?? null,
      failed_told_at: failed ? tx.now : (before?.failed_told_at ?? null),
      late_told_at: late ? tx.now : (before?.late_told_at ?? null),
    })
  })
}
