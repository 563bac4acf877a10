// The nightly job that compares every row with its history (REL-04); what it finds turns the lamp red.
import type { ScheduledJob } from '#core/jobs/scheduled.ts'
import type { Services } from '#core/rpc/services.ts'

export function sweepJob({ records }: Pick<Services, 'records'>): ScheduledJob {
  return {
    name: 'integrity.sweep',
    cron: '40 2 * * *',
    run: async (ctx) => {
      const result = await records.sweep(ctx.signal).catch((error: unknown) => {
        if (ctx.signal.aborted) return null
        throw error
      })
      // Closed in the middle: nothing is known yet, and the next night begins anew.
      if (!result) return { problem: 'stopped' }
      const { rows, commits, faults, patients } = result
      ctx.transact(
        {
          action: 'integrity.sweep',
          category: 'system',
          patients: patients.slice(0, 100),
          detail: `rows=${rows} commits=${commits} faults=${faults}`,
        },
        (tx) => records.settle(tx, result),
      )
      return faults > 0 ? { problem: 'rows-differ' } : {}
    },
  }
}
