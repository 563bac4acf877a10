// One backup or test restore at a time on this computer, whoever started it, and how far it is.
import type { JobResult, ScheduledJob, ScheduledContext } from '#core/jobs/scheduled.ts'
import type { Services } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { isDue, isDueAtClose } from './due.ts'
import { runTestRestore } from './drill.ts'
import { forgetLeftovers } from './leftovers.ts'
import { resealBackups, type ResealResult } from './reseal.ts'
import { type Reason, runBackup, type RunContext, type Running } from './run.ts'
import { tellAboutTrouble } from './watch.ts'

/** A backup that takes longer is looked at by the hour. */
const patienceMs = 3_600_000

export interface Runner {
  /** When the work under way was begun. */
  readonly busySince: () => number | null
  readonly running: () => Running | null
  backup(ctx: RunContext, reason: Reason): Promise<string | null>
  testRestore(ctx: RunContext, asked: 'hand' | 'clock'): Promise<string | null>
  reseal(ctx: RunContext): Promise<string | null>
  /** Of this opening of the clinic. */
  readonly lastReseal: () => (ResealResult & { readonly at: string }) | null
  cancel(): boolean
}

const runners = new WeakMap<Services, Runner>()

export function runnerOf(services: Services): Runner {
  const found = runners.get(services)
  if (found) return found
  const made = createRunner(services)
  runners.set(services, made)
  return made
}

function createRunner(services: Services): Runner {
  let running: Running | null = null
  let abort: AbortController | null = null
  let since: number | null = null
  let current: Promise<void> | null = null
  let lastReseal: (ResealResult & { readonly at: string }) | null = null
  const tell = (next: Running) => {
    running = next
    services.announce(['backup_try'])
  }
  const alone = async (
    ctx: RunContext,
    work: (ctx: RunContext) => Promise<string | null>,
  ): Promise<string | null> => {
    // A test restore that is due while a backup is made follows it.
    while (current) await current
    let end: () => void = () => {}
    current = new Promise((resolve) => (end = resolve))
    const own = new AbortController()
    abort = own
    running = { step: 'begin', done: 0, total: 1 }
    since = ctx.now()
    const signal = AbortSignal.any([ctx.signal, own.signal])
    try {
      return await work({ signal, now: ctx.now, read: ctx.read, transact: ctx.transact })
    } finally {
      running = null
      since = null
      abort = null
      current = null
      end()
      services.announce(['backup_try', 'backup_made', 'backup_copy', 'backup_drill'])
    }
  }
  return {
    running: () => running,
    busySince: () => since,
    backup: (ctx, reason) => alone(ctx, (within) => runBackup(services, within, reason, tell)),
    testRestore: (ctx, asked) => alone(ctx, (within) => runTestRestore(services, within, asked, tell)),
    reseal: (ctx) =>
      alone(ctx, async (within) => {
        const result = await resealBackups(services, within, tell)
        lastReseal = { ...result, at: new Date(ctx.now()).toISOString() }
        return result.problem
      }),
    lastReseal: () => lastReseal,
    cancel() {
      abort?.abort()
      return abort !== null
    },
  }
}

/** The demo clinic is made anew whenever somebody wants it; one being founded has nothing to lose yet. */
const isIdle = (services: Services, ctx: RunContext) =>
  !services.backups.isReady() || ctx.read((read) => clinicOf(read).isDemo)
const asResult = (problem: string | null): JobResult => (problem === null ? {} : { problem })

export function scheduledJobs(services: Services): ScheduledJob[] {
  const runner = runnerOf(services)
  return [
    {
      name: 'backups.make',
      cron: '*/10 * * * *',
      async run(ctx) {
        if (isIdle(services, ctx)) return {}
        const { generationSince } = services.keyWork.facts()
        if (!ctx.read((read) => isDue(read, ctx.now(), generationSince))) return {}
        const problem = await runner.backup(ctx, 'clock')
        if (ctx.signal.aborted) return {}
        tellAboutTrouble(ctx, problem)
        return asResult(problem)
      },
    },
    {
      name: 'backups.test-restore',
      // At night; a computer that is off then does it when it is next opened.
      cron: '40 2 * * *',
      run: async (ctx) => (isIdle(services, ctx) ? {} : asResult(await runner.testRestore(ctx, 'clock'))),
    },
    {
      // One that hangs tells nothing about itself: somebody else has to (BAK-01).
      name: 'backups.watch',
      cron: '5 * * * *',
      run(ctx) {
        const since = runner.busySince()
        if (since !== null && ctx.now() - since >= patienceMs) tellAboutTrouble(ctx, null)
        return Promise.resolve({})
      },
    },
    {
      name: 'backups.leftovers',
      cron: '20 3 * * *',
      run: (ctx) => Promise.resolve(asResult(forgetLeftovers(services, ctx))),
    },
  ]
}

export async function backupAtClose(services: Services, ctx: ScheduledContext): Promise<void> {
  if (isIdle(services, ctx) || !ctx.read(isDueAtClose)) return
  await runnerOf(services).backup(ctx, 'close')
}
