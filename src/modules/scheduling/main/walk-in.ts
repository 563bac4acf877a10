// Patients who come without an appointment: arrived at once, in the next free place, with a number to be called by.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { scheduling } from '../shared/contract.ts'
import { isOpen } from '../shared/flow.ts'
import type { Appointment } from '../shared/shapes.ts'
import { bookableType, insertAppointment, requireLine, requireLiving, saved } from './booking.ts'
import { clashesOf, nothing, requireFree, type Wanted } from './clashes.ts'
import { arrive } from './flow.ts'
import * as q from './queries.ts'
import { resourcesOf } from './resources.ts'
import { nextPlaceToday, usualMinutes } from './slots.ts'
import { clockOf } from './wall-clock.ts'

type Input = InputOf<(typeof scheduling)['procedures']['walkIn']>

export function walkIn(ctx: CommandContext, input: Input): Appointment {
  const { read } = ctx
  const { patientId } = input
  requireLiving(read, patientId)
  const type = bookableType(ctx, input.visitTypeId)
  const clock = clockOf(read)
  const day = clock.day(clock.dateOf(ctx.nowMs))
  if (input.override === null) refuseExpected(read, patientId, day)
  const minutes = type?.minutes ?? usualMinutes
  const place = nextPlaceToday(ctx, input.providerId, type, minutes)
  const from = place ? clock.ms(place.date, place.start) : Math.floor(ctx.nowMs / 300_000) * 300_000
  const wanted: Wanted = {
    patientId,
    from,
    until: from + minutes * 60_000,
    providerId: place?.providerId ?? input.providerId ?? leastBusy(read, day, ctx.now),
    roomId: place?.roomId ?? null,
    except: nothing,
  }
  // Nobody is sent away because the day is full: with no free place a walk-in waits in between, and that is said.
  const reason = requireFree(clashesOf(read, wanted), input.override ?? { reason: 'walk-in' })
  const id = insertAppointment(ctx, wanted, {
    visit_type_id: input.visitTypeId,
    reason: input.reason,
    override_reason: reason,
    walk_in: 1,
    queue_number: (read.get(q.lastQueueNumber, { from: day.from, to: day.to })?.n ?? 0) + 1,
  })
  arrive(ctx, requireLine(read, patientId, id))
  return saved(read, patientId, id)
}

type Day = { readonly from: string; readonly to: string }

/** Somebody who has a visit today is checked in, not added a second time. */
function refuseExpected(read: Reader, patientId: string, day: Day): void {
  const expected = read.all(q.takenByPatient, { patientId, ...day }).find((row) => isOpen(row.status))
  if (!expected) return
  throw new AppError('SLOT_TAKEN', { kind: 'patient', appointmentId: expected.id, kinds: ['patient'] })
}

/** With nobody free, whoever has the fewest visits left today. */
function leastBusy(read: Reader, day: Day, now: string): string {
  const providers = resourcesOf(read).filter((r) => r.kind === 'provider' && r.active)
  const load = (resourceId: string) =>
    read.all(q.takenByProvider, { resourceId, reach: now, from: now, to: day.to }).length
  const [first] = providers.map((p) => ({ id: p.id, load: load(p.id) })).sort((a, b) => a.load - b.load)
  if (!first) throw new AppError('WRONG_STATE', { status: 'no-provider' })
  return first.id
}
