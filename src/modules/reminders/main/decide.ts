// Whether and when one reminder goes out, from what is known now. A row that has not been handed to the mail server says
// nothing but what this says; asked again right before sending, so that a change in between counts.
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { addMinutes } from '#shared/zoned-time.ts'
import { isMailAddress } from '../shared/address.ts'
import type { LogEntry, Timing } from '../shared/contract.ts'
import { graceMinutes, retryAfterMinutes, timingOf as timeOf, windowOf } from '../shared/timing.ts'
import { consentOf } from './consent.ts'
import * as q from './queries.ts'
import { timingOf } from './settings.ts'
import type { reminderSend } from './tables.ts'
import { bookedVisit, type Visit } from './visits.ts'

export type SendRow = RowOf<typeof reminderSend>
type Reason = NonNullable<LogEntry['reason']>

export interface Facts {
  readonly read: Reader
  readonly now: string
  readonly timing: Timing
  readonly timeZone: string
  /** Instant of the newest change of a visit, whoever made it. */
  readonly changedAt: (appointmentId: string) => string | null
}

export function factsOf(read: Reader, now: string, changedAt: Facts['changedAt']): Facts {
  return { read, now, timing: timingOf(read), timeZone: clinicOf(read).timeZone, changedAt }
}

export type Decision = { readonly dueAt: string } | { readonly skip: Reason }

/** What a row remembers that counts. */
export type Past = Pick<SendRow, 'state' | 'tries' | 'state_at' | 'resends'>
const noPast: Past = { state: '', tries: 0, state_at: '', resends: 0 }

/** Why a visit is not reminded of at all, whatever the hour; `null` when it is. */
export function objection({ read, timing }: Facts, visit: Visit, lead: number): Reason | null {
  if (!timing.leads.includes(lead)) return 'lead-removed'
  if (visit.visitTypeId !== null && timing.typesOff.includes(visit.visitTypeId)) return 'type-off'
  const { status, address } = consentOf(read, visit.patientId)
  if (status !== 'yes') return 'no-consent'
  const person = read.get(q.addressee, { id: visit.patientId })
  if (!person) return 'cancelled'
  if (person.deceased === 1) return 'deceased'
  if (address === null) return 'no-address'
  return isMailAddress(address) ? null : 'bad-address'
}

/** `visit` is the visit as it stands now, booked and at this very start. */
export function decide(facts: Facts, visit: Visit, lead: number, past: Past = noPast): Decision {
  const { timing, timeZone, now } = facts
  const reason = objection(facts, visit, lead)
  if (reason !== null) return { skip: reason }
  const window = windowOf(visit.startAt, lead, timing.leads)
  // What a person sends again is late by nature: it may go out until the visit begins.
  const open = past.resends > 0 ? { ...window, closesAt: addMinutes(visit.startAt, -1) } : window
  const quiet = { from: timing.quietFrom, to: timing.quietTo }
  const isRetry = past.state === 'planned' && past.tries > 0
  const pause = isRetry ? [addMinutes(past.state_at, retryAfterMinutes(past.tries))] : []
  const soonest = timeOf(open, [now, ...pause], quiet, timeZone)
  if ('skip' in soonest) return soonest
  const changed = facts.changedAt(visit.id)
  const grace = changed === null ? [] : [addMinutes(changed, graceMinutes)]
  return timeOf(open, [now, ...pause, ...grace], quiet, timeZone)
}

/** For a row that exists: its visit may have been moved, cancelled or have begun. */
export function decideAgain(facts: Facts, row: SendRow): Decision {
  const visit = bookedVisit(facts.read, row.patient_id, row.appointment_id)
  if (!visit) return { skip: 'cancelled' }
  if (visit.startAt !== row.start_at) return { skip: 'moved' }
  return decide(facts, visit, row.lead_minutes, row)
}
