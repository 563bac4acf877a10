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
export type Past = Pick<SendRow, 'tries' | 'state_at' | 'resends'>
const noPast: Past = { tries: 0, state_at: '', resends: 0 }

/** `visit` is the visit as it stands now, booked and at this very start. */
export function decide(facts: Facts, visit: Visit, lead: number, past: Past = noPast): Decision {
  const { read, timing, timeZone, now } = facts
  if (!timing.leads.includes(lead)) return { skip: 'lead-removed' }
  if (visit.visitTypeId !== null && timing.typesOff.includes(visit.visitTypeId)) return { skip: 'type-off' }
  const person = read.get(q.addressee, { id: visit.patientId })
  if (!person) return { skip: 'cancelled' }
  if (person.deceased === 1) return { skip: 'deceased' }
  const { status, address } = consentOf(read, visit.patientId)
  if (status !== 'yes') return { skip: 'no-consent' }
  if (address === null) return { skip: 'no-address' }
  if (!isMailAddress(address)) return { skip: 'bad-address' }
  const window = windowOf(visit.startAt, lead, timing.leads)
  // What a person sends again is late by nature: it may go out until the visit begins.
  const open = past.resends > 0 ? { ...window, closesAt: addMinutes(visit.startAt, -1) } : window
  const quiet = { from: timing.quietFrom, to: timing.quietTo }
  const cheap = timeOf(open, [now], quiet, timeZone)
  if ('skip' in cheap) return cheap
  const changed = facts.changedAt(visit.id)
  const notBefore = [
    now,
    ...(changed === null ? [] : [addMinutes(changed, graceMinutes)]),
    ...(past.tries > 0 ? [addMinutes(past.state_at, retryAfterMinutes(past.tries))] : []),
  ]
  return timeOf(open, notBefore, quiet, timeZone)
}

/** For a row that exists: its visit may have been moved, cancelled or have begun. */
export function decideAgain(facts: Facts, row: SendRow): Decision {
  const visit = bookedVisit(facts.read, row.patient_id, row.appointment_id)
  if (!visit) return { skip: 'cancelled' }
  if (visit.startAt !== row.start_at) return { skip: 'moved' }
  return decide(facts, visit, row.lead_minutes, row)
}
