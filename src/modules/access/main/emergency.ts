// Emergency access (AUTHZ-07): one patient, four hours, told at once, reviewed within three days.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { RelationSource } from '#core/rpc/module.ts'
import { allergyLinesOf, currentMedicinesOf } from '#modules/chart/main/api.ts'
import { notify, notifyPrivacy, openReview } from '#modules/oversight/main/api.ts'
import { bannerOf } from '#modules/patients/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { access } from '../shared/contract.ts'
import { type Emergency, emergencyAlert, emergencyHours, emergencyReviewHours } from '../shared/emergency.ts'
import { viewerOf, visibilityOf } from './api.ts'
import * as q from './emergency-queries.ts'
import { breakGlass as table } from './tables.ts'

type Procedures = (typeof access)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

/** While it lasts, and for clinicians only: another hat of the same person opens nothing. */
export const byEmergency: RelationSource = {
  name: 'emergency',
  isRelated: (read, user, patient, now, role) =>
    (role === 'doctor' || role === 'nurse') &&
    read.get(q.openEmergency, { patient, user, now }) !== undefined,
}

export function breakGlass(ctx: CommandContext, input: In<'breakGlass'>): Emergency {
  const { patientId } = input
  if (!ctx.read.get(q.patientExists, { id: patientId })) throw new AppError('NOT_FOUND')
  const running = emergencyOf(ctx, patientId)
  // Pressed twice, or in two windows: one emergency, one review.
  if (running) return running
  const userId = ctx.actor.userId
  const id = ctx.write.insert(table, {
    patient_id: patientId,
    user_id: userId,
    role: ctx.actor.role,
    reason_code: input.code,
    reason: input.reason,
    started_at: ctx.now,
    until_at: new Date(ctx.nowMs + emergencyHours * 3_600_000).toISOString(),
  })
  const about = { aboutUser: userId, patientId, detail: input.code }
  notifyPrivacy(ctx, { kind: 'emergency-access', ...about })
  openReview(ctx, {
    kind: 'emergency-access',
    subject: `emergency:${id}`,
    ...about,
    dueHours: emergencyReviewHours,
  })
  alertOften(ctx, userId)
  const opened = emergencyOf(ctx, patientId)
  if (!opened) throw new Error('the emergency access that was just made is not there')
  return opened
}

/** Care is not blocked by it: it is looked at. */
function alertOften(ctx: CommandContext, userId: string): void {
  const since = new Date(ctx.nowMs - emergencyAlert.days * 86_400_000).toISOString()
  const times = ctx.read.all(q.emergenciesSince, { user: userId, since }).length
  if (times < emergencyAlert.times) return
  const alert = { kind: 'emergency-access-often', aboutUser: userId, detail: String(times) }
  notifyPrivacy(ctx, alert)
  notify(ctx, { to: { role: 'admin' }, ...alert })
}

function emergencyOf(ctx: QueryContext, patientId: string): Emergency | null {
  const row = ctx.read.get(q.openEmergency, { patient: patientId, user: ctx.actor.userId, now: ctx.now })
  if (!row) return null
  return { id: row.id as Emergency['id'], rev: row.rev, startedAt: row.started_at, until: row.until_at }
}

export function endBreakGlass(ctx: CommandContext, { patientId }: In<'endBreakGlass'>): Out<'endBreakGlass'> {
  const running = emergencyOf(ctx, patientId)
  if (running) ctx.write.update(table, running.id, running.rev, { ended_at: ctx.now })
  return { ended: running !== null }
}

/** The same for a patient who is not there. */
export const emergency = (ctx: QueryContext, { patientId }: In<'emergency'>): Out<'emergency'> => ({
  emergency: emergencyOf(ctx, patientId),
})

/** For the patient in front of a clinician, whoever they are; single marked items stay hidden, and the name of a marked patient. */
export function safetySet(ctx: QueryContext, { patientId }: In<'safetySet'>): Out<'safetySet'> {
  const banner = bannerOf(ctx.read, patientId)
  if (!banner) throw new AppError('NOT_FOUND')
  const { patient, ids } = visibilityOf(ctx.read, viewerOf(ctx), patientId)
  const isShown = (row: { readonly id: string }) => !ids.has(row.id)
  const allergies = allergyLinesOf(ctx.read, patientId)
  return {
    name: patient ? banner.name : '',
    allergies: { ...allergies, items: allergies.items.filter(isShown) },
    medicines: currentMedicinesOf(ctx.read, patientId).filter(isShown),
    alerts: banner.flags.filter((flag) => flag.kind === 'alert' && isShown(flag)),
  }
}
