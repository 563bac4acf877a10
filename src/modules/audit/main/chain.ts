// The chain's state for people, and the full check: in slices in the background, its outcome kept.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { ScheduledJob } from '#core/jobs/scheduled.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { notify, notifyPrivacy } from '#modules/oversight/main/api.ts'
import type { CheckProgress } from '#core/store/audit-check.ts'
import type { ChainState, Verification } from '../shared/contract.ts'
import { auditCheck } from './tables.ts'
import type * as z from 'zod'

export const lastCheck = preparedQuery<Record<never, never>>()((db) =>
  db.selectFrom('audit_check').selectAll().where('one', '=', 1),
)

const jobKey = 'audit.check'
/** Of the check that runs; nothing of it outlives the process. */
const progressOf = new WeakMap<Services, CheckProgress>()

export function chainState(services: Services, ctx: QueryContext): ChainState {
  const state = services.audit.state()
  const kept = ctx.read.get(lastCheck, {})
  const running = services.jobs.isRunning(jobKey)
  const at = running ? progressOf.get(services) : undefined
  return {
    entries: state.head.seq,
    head: Buffer.from(state.head.mac.subarray(0, 16)).toString('hex'),
    checkpointSeq: state.checkpoint?.seq ?? null,
    checkpointAt: state.checkpoint?.at ?? null,
    quickOk: services.audit.quickCheck().ok,
    controlOk: state.control.ok,
    watermark: state.watermark,
    keychain: state.keychain,
    clock: ctx.clockQuality,
    running,
    done: at?.done ?? 0,
    total: at?.total ?? 0,
    checkedAt: kept?.at ?? null,
    checkedEntries: kept?.entries ?? null,
    checkedOk: kept ? kept.ok === 1 : null,
    firstBad: kept?.first_bad ?? null,
  }
}

export function checkChain(services: Services, ctx: CommandContext): { started: boolean } {
  if (services.jobs.isRunning(jobKey)) return { started: false }
  ctx.afterCommit(() =>
    services.jobs.start(jobKey, ctx.actor, ctx.door, async (job) => {
      await checkWhole(
        services,
        job.signal,
        () => job.now(),
        (detail, run) => job.transact({ action: 'audit.checked', category: 'audit', detail }, run),
      )
    }),
  )
  return { started: true }
}

async function checkWhole(
  services: Services,
  signal: AbortSignal,
  now: () => number,
  transact: (detail: string, run: (ctx: CommandContext) => void) => void,
): Promise<boolean> {
  const started = now()
  const report = await services.audit.check(signal, (at) => {
    progressOf.set(services, at)
    services.announce(['audit_check'])
  })
  const detail = report.ok ? `${report.entries} entries hold` : `entry ${report.firstBadSeq} does not hold`
  transact(detail, (ctx) => {
    ctx.write.putLocal(auditCheck, {
      one: 1,
      at: ctx.now,
      entries: report.entries,
      ok: report.ok ? 1 : 0,
      first_bad: report.firstBadSeq,
      took_ms: Math.max(0, now() - started),
    })
    if (report.ok) return
    const alarm = { kind: 'chain-broken', detail: String(report.firstBadSeq) }
    notifyPrivacy(ctx, alarm)
    notify(ctx, { to: { role: 'admin' }, ...alarm })
  })
  services.announce(['audit_check'])
  return report.ok
}

/** Every night, so that a broken entry is found before somebody asks. */
export const nightlyCheck = (services: Services): ScheduledJob => ({
  name: 'audit.check',
  cron: '10 3 * * *',
  run: async (job) => {
    const ok = await checkWhole(
      services,
      job.signal,
      () => job.now(),
      (detail, run) => job.transact({ action: 'audit.checked', category: 'audit', detail }, run),
    )
    return ok ? {} : { problem: 'broken' }
  },
})

/** What a report says about the trail it was made from. */
export function verificationOf(services: Services, read: Reader): z.infer<typeof Verification> {
  const kept = read.get(lastCheck, {})
  return {
    ok: services.audit.quickCheck().ok && (kept === undefined || kept.ok === 1),
    checkedAt: kept?.at ?? null,
    checkedEntries: kept?.entries ?? 0,
    entries: services.audit.state().head.seq,
  }
}
