// Keeps the log in step with the schedule: a row for every visit whose lead time has come, as planned or as skipped with
// the reason. Reads the visits of the next days by their start; nothing else of the schedule.
import type { CommandContext } from '#core/rpc/context.ts'
import { addMinutes } from '#shared/zoned-time.ts'
import { type Decision, decide, decideAgain, type Facts, objection } from './decide.ts'
import { sendIdOf } from './keys.ts'
import * as q from './queries.ts'
import { reminderSend } from './tables.ts'
import { upcomingVisits, type Visit } from './visits.ts'

interface NewSend {
  readonly id: string
  readonly visit: Visit
  readonly lead: number
  readonly decision: Decision
}
interface Change {
  readonly id: string
  readonly patientId: string
  readonly before: Known
  readonly decision: Decision
}

export interface Plan {
  readonly added: readonly NewSend[]
  readonly changed: readonly Change[]
}

type Known = { state: string; reason: string | null; due_at: string }

const isOpen = (state: string) => state === 'planned' || state === 'skipped'
function differs(row: Known, decision: Decision): boolean {
  if ('skip' in decision) return row.state !== 'skipped' || row.reason !== decision.skip
  // A row that is due stays as it is: it is looked at again when it is sent.
  return row.state !== 'planned' || row.due_at > decision.dueAt
}

/** What is to be written now; empty most of the time, so that a quiet minute writes nothing. */
export function planSends(facts: Facts): Plan {
  const { read, now, timing } = facts
  if (timing.leads.length === 0) return { added: [], changed: [] }
  const to = addMinutes(now, Math.max(...timing.leads))
  const known = new Map(read.all(q.sendsInSpan, { from: now, to }).map((row) => [row.id, row]))
  const added: NewSend[] = []
  const changed: Change[] = []
  const seen = new Set<string>()
  for (const visit of upcomingVisits(read, now, to)) {
    for (const lead of timing.leads) {
      if (addMinutes(visit.startAt, -lead) > now) continue
      const id = sendIdOf(visit.id, visit.startAt, 'email', lead)
      seen.add(id)
      const row = known.get(id)
      if (row && !isOpen(row.state)) continue
      if (row?.state === 'planned') {
        // When it goes out was decided and is looked at again when it does.
        const reason = objection(facts, visit, lead)
        if (reason !== null)
          changed.push({ id, patientId: visit.patientId, before: row, decision: { skip: reason } })
        continue
      }
      const decision = decide(facts, visit, lead, row)
      if (!row) added.push({ id, visit, lead, decision })
      else if (differs(row, decision)) changed.push({ id, patientId: visit.patientId, before: row, decision })
    }
  }
  for (const row of known.values()) {
    if (row.state !== 'planned' || seen.has(row.id)) continue
    const whole = read.get(q.sendById, { id: row.id })
    const decision = whole ? decideAgain(facts, whole) : undefined
    if (whole && decision && differs(row, decision)) {
      changed.push({ id: row.id, patientId: whole.patient_id, before: row, decision })
    }
  }
  return { added, changed }
}

export const isEmpty = (plan: Plan): boolean => plan.added.length === 0 && plan.changed.length === 0

export function patientsOf(plan: Plan): string[] {
  const all = [...plan.added.map((a) => a.visit.patientId), ...plan.changed.map((c) => c.patientId)]
  return [...new Set(all)]
}

const stateOf = (decision: Decision, now: string) =>
  'skip' in decision
    ? ({ state: 'skipped', reason: decision.skip, due_at: now } as const)
    : ({ state: 'planned', reason: null, due_at: decision.dueAt } as const)

/** A second row of the same key cannot be written: its id is taken. */
export function writePlan({ write, now }: CommandContext, plan: Plan): void {
  for (const { id, visit, lead, decision } of plan.added) {
    write.insert(reminderSend, {
      id,
      patient_id: visit.patientId,
      appointment_id: visit.id,
      start_at: visit.startAt,
      channel: 'email',
      lead_minutes: lead,
      ...stateOf(decision, now),
      state_at: now,
      tries: 0,
      resends: 0,
      handled: 0,
    })
  }
  for (const { id, before, decision } of plan.changed) {
    const next = stateOf(decision, now)
    // The pause after a failed try is counted from `state_at`.
    const isSame = next.state === before.state && next.reason === before.reason
    write.update(reminderSend, id, 'any', isSame ? { due_at: next.due_at } : { ...next, state_at: now })
  }
}
