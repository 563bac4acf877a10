// The clinic's settings and the state of its data.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { patientTotal } from '#modules/patients/main/api.ts'
import type { InputOf } from '#shared/contract.ts'
import { type Clinic, clinic as contract, type Health } from '../shared/contract.ts'
import { clinicOf } from './api.ts'
import { clinic } from './tables.ts'

export function get({ read }: QueryContext): Clinic {
  const { id: _, ...rest } = clinicOf(read)
  return rest
}

export function update(
  ctx: CommandContext,
  input: InputOf<(typeof contract)['procedures']['update']>,
): Clinic {
  ctx.write.update(clinic, clinicOf(ctx.read).id, input.rev, {
    name: input.name,
    country: input.country,
    time_zone: input.timeZone,
    currency: input.currency,
    locale: input.locale,
    one_care_team: input.oneCareTeam ? 1 : 0,
  })
  return get(ctx)
}

/** The lamp shows the worst of all checks. */
export function health(services: Pick<Services, 'health'>, { read, now }: QueryContext): Health {
  const { checks, jobs, time, auditEntries, commits } = services.health()
  const has = (state: Health['state']) => checks.some((check) => check.state === state)
  return {
    state: has('danger') ? 'danger' : has('warning') ? 'warning' : 'ok',
    checks: checks as Health['checks'],
    jobs: [...jobs],
    time,
    auditEntries,
    commits,
    patients: patientTotal(read),
    checkedAt: now,
  }
}
