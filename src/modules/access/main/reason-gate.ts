// FEATURES S7: whoever opens the record of a patient whom nothing but "one care team" ties to them says why, once a day.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Gate } from '#core/rpc/gates.ts'
import type { Services } from '#core/rpc/services.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { access } from '../shared/contract.ts'
import { reasonSince } from './emergency-queries.ts'
import { policyOf } from './policy.ts'
import { accessReason } from './tables.ts'

type Procedure = (typeof access)['procedures']['giveReason']

const goodHours = 24

/** The ways into a record as a whole. A card of the day shows its own patients, who have an appointment. */
const opens = new Set([
  'chart.open',
  'chart.timeline',
  'chart.item',
  'chart.problems',
  'chart.medicines',
  'chart.results',
  'chart.observations',
  'chart.documents',
  'chart.encounters',
  'chart.sources',
  'chart.source',
  'notes.get',
])

export function reasonGate(services: Pick<Services, 'relationsOf'>): Gate {
  return {
    name: 'reason',
    before(call, read) {
      if (call.scope !== 'r' || !opens.has(call.name) || !call.def.patient) return
      if (!policyOf(read).askReason) return
      const patient = call.def.patient(call.input as never)
      const ties = services.relationsOf(read, call.actor, patient, call.now)
      if (ties.some((name) => name !== 'one-care-team')) return
      const since = new Date(call.nowMs - goodHours * 3_600_000).toISOString()
      if (read.get(reasonSince, { patient, user: call.actor.userId, since })) return
      throw new AppError('ACCESS_REASON_NEEDED', { why: 'not-assigned' })
    },
  }
}

export function giveReason(ctx: CommandContext, input: InputOf<Procedure>): OutputOf<Procedure> {
  ctx.write.insert(accessReason, {
    patient_id: input.patientId,
    user_id: ctx.actor.userId,
    role: ctx.actor.role,
    code: input.code,
    text: input.text,
    given_at: ctx.now,
  })
  return { until: new Date(ctx.nowMs + goodHours * 3_600_000).toISOString() }
}
