// Backups: procedure to function, nothing else.
import { type CommandContext, implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import type { Services } from '#core/rpc/services.ts'
import { AppError } from '#shared/errors.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { backups } from '../shared/contract.ts'
import { drillCertificate } from './certificate.ts'
import { checks } from './checks.ts'
import { removeKept } from './leftovers.ts'
import { overview } from './overview.ts'
import { restoreApply, restoreFind, restoreLook } from './restore-open.ts'
import { type Runner, backupAtClose, runnerOf, scheduledJobs } from './runner.ts'
import { removeTarget, saveTarget, testTarget } from './save-target.ts'
import * as tables from './tables.ts'
import { tellAboutTrouble } from './watch.ts'

/** In the background, under the person who asked; a second one meanwhile is refused. */
function start(
  services: Services,
  ctx: CommandContext,
  run: (runner: Runner, job: Parameters<Parameters<Services['jobs']['start']>[3]>[0]) => Promise<void>,
) {
  const runner = runnerOf(services)
  if (clinicOf(ctx.read).isDemo) throw new AppError('CONFLICT', { reason: 'demo' })
  if (runner.running()) throw new AppError('CONFLICT', { running: 'backups' })
  ctx.afterCommit(() => services.jobs.start('backups', ctx.actor, ctx.door, (job) => run(runner, job)))
  return { started: true }
}

function recordDrill(
  ctx: CommandContext,
  input: { readonly outcome: 'ok' | 'failed'; readonly minutes: number; readonly note: string },
) {
  const id = ctx.mint()
  ctx.write.putLocal(tables.backupDrill, {
    id,
    kind: 'people',
    at: ctx.now,
    outcome: input.outcome,
    took_ms: input.minutes * 60_000,
    by_user: ctx.actor.userId,
    note: input.note === '' ? null : input.note,
  })
  return { id }
}

export const backupsModule: ModuleDef = {
  name: 'backups',
  tables: Object.values(tables),
  implementations: (services) => [
    implement(backups, {
      overview: (ctx) => overview(services, ctx),
      make: (ctx) =>
        start(services, ctx, async (runner, job) => tellAboutTrouble(job, await runner.backup(job, 'hand'))),
      cancel: () => ({ cancelled: runnerOf(services).cancel() }),
      saveTarget: saveTarget(services),
      testTarget: testTarget(services),
      removeTarget,
      reseal(ctx) {
        if (services.keyWork.kit.current() === null) throw new AppError('CONFLICT', { reason: 'no-kit' })
        return start(services, ctx, async (runner, job) => void (await runner.reseal(job)))
      },
      removeKept: (ctx, input) => removeKept(services, ctx, input),
      testRestore: (ctx) =>
        start(services, ctx, async (runner, job) => void (await runner.testRestore(job, 'hand'))),
      recordDrill,
      drillCertificate: drillCertificate(services),
      restoreFind: restoreFind(services),
      restoreLook: restoreLook(services),
      restoreApply: restoreApply(services),
      restoreLeave: () => {
        services.restoring.discard()
        return { done: true }
      },
    }),
  ],
  schedule: scheduledJobs,
  checks: () => checks,
  atClose: (services) => (ctx) => backupAtClose(services, ctx),
}
