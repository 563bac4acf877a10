// Which time servers are asked, asking them (at the start, every six hours, after the clock was set, by hand), and telling
// whoever looks after the clinic when the clock is wrong (AUD-07).
import type { ScheduledJob } from '#core/jobs/scheduled.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { notify } from '#modules/oversight/main/api.ts'
import type { DataCategory, InputOf, OutputOf } from '#shared/contract.ts'
import { type clinic, TimeSettings } from '../shared/contract.ts'
import { readSetting, setting, writeSetting } from './settings.ts'

type Procedures = (typeof clinic)['procedures']
type Time = Pick<Services, 'time'>

const timeServers = setting('clinic.timeServers', TimeSettings, { from: 'system', servers: [] })
const jobName = 'clock.compare'

export function timeSettings({ time }: Time, { read }: QueryContext): OutputOf<Procedures['timeSettings']> {
  return { ...readSetting(read, timeServers), system: [...time.systemServers()] }
}

export function saveTimeSettings(
  services: Services,
  ctx: CommandContext,
  input: InputOf<Procedures['saveTimeSettings']>,
): OutputOf<Procedures['saveTimeSettings']> {
  writeSetting(ctx, timeServers, input)
  compareTime(services, ctx)
  return timeSettings(services, ctx)
}

/** By hand, in the background: nobody waits for a server. */
export function compareTime(services: Services, ctx: CommandContext): { started: boolean } {
  if (services.jobs.isRunning(jobName)) return { started: false }
  ctx.afterCommit(() =>
    services.jobs.start(jobName, ctx.actor, ctx.door, (job) => compare(services, job).then(() => undefined)),
  )
  return { started: true }
}

export const timeJob = (services: Services): ScheduledJob => ({
  name: jobName,
  cron: '17 */6 * * *',
  atStart: true,
  whenClockSet: true,
  run: (job) => compare(services, job).then(() => ({})),
})

interface Job {
  readonly signal: AbortSignal
  read<T>(run: (read: Reader) => T): T
  transact<T>(
    act: { action: string; category: DataCategory; detail?: string },
    run: (ctx: CommandContext) => T,
  ): T
}

async function compare(services: Pick<Services, 'time' | 'announce'>, job: Job): Promise<void> {
  const { time } = services
  const { from, servers } = job.read((read) => readSetting(read, timeServers))
  const asked = from === 'none' ? [] : from === 'own' ? servers : time.systemServers()
  const { facts, news } = await time.compare(asked, job.signal)
  const aheadMs = facts.aheadMs ?? 0
  const category = 'system'
  const detail = `by ${Math.round(aheadMs / 1000)} s, says ${facts.server}`
  if (news === 'drift') {
    job.transact({ action: 'clock.drift', category, detail }, (ctx) => {
      const minutes = String(Math.round(Math.abs(aheadMs) / 60_000))
      notify(ctx, { to: { role: 'admin' }, kind: 'clock-wrong', detail: minutes })
    })
  }
  if (news === 'right-again') job.transact({ action: 'clock.right', category, detail }, () => undefined)
  // The health page shows it; there is no row of it.
  services.announce(['job_state'])
}
