// When the copy is written: every quarter of an hour in which something was saved, on a new day, and at closing.
import { setImmediate as pause } from 'node:timers/promises'
import type { JobResult, ScheduledContext, ScheduledJob } from '#core/jobs/scheduled.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { clockOf } from '#modules/scheduling/main/api.ts'
import type { DowntimePatient } from '#shared/downtime.ts'
import { daysFrom, patientFor, without } from './content.ts'
import * as q from './queries.ts'
import { readersOf } from './readers.ts'

interface Written {
  readonly pos: number
  readonly today: string
}

/** What the copy of this opening was made from; after a start it is always made anew. */
const written = new WeakMap<Services, Written>()

export const writeJob = (services: Services): ScheduledJob => ({
  name: 'downtime.write',
  cron: '*/15 * * * *',
  run: (ctx) => writeCopy(services, ctx),
})

export async function writeCopy(services: Services, ctx: ScheduledContext): Promise<JobResult> {
  // One being founded has no patients yet, and must leave nothing behind if it is given up.
  if (!services.backups.isReady()) return {}
  const startedAt = ctx.now()
  const start = ctx.read((read) => ({ ...stateOf(read, startedAt), clinic: clinicOf(read) }))
  const before = written.get(services)
  const isSame = before?.pos === start.pos && before.today === start.today && services.downtime.exists()
  if (start.clinic.isDemo || isSame) return {}
  const days = ctx.read((read) => daysFrom(read, start.today))
  const ids = new Set(days.flatMap((day) => day.visits.map((visit) => visit.patientId)))
  const patients: DowntimePatient[] = []
  const left = new Set<string>()
  for (const id of ids) {
    // People at work come first: between two patients whoever waits is served.
    await pause()
    if (ctx.signal.aborted) return {}
    const patient = ctx.read((read) => patientFor(services, read, id))
    if (patient) patients.push(patient)
    else left.add(id)
  }
  const readers = ctx.read(readersOf)
  try {
    services.downtime.write({
      format: 1,
      clinicName: start.clinic.name,
      timeZone: start.clinic.timeZone,
      writtenAt: new Date(startedAt).toISOString(),
      days: days.map((day) => without(day, left)),
      patients,
      readers,
    })
  } catch (error) {
    services.log.error('the downtime packet was not written', { error })
    return { problem: 'not-written' }
  }
  // Whatever was saved meanwhile is in the next one.
  written.set(services, { pos: start.pos, today: start.today })
  return {}
}

const stateOf = (read: Reader, nowMs: number): Written => ({
  pos: read.get(q.newestCommit, {})?.pos ?? 0,
  today: clockOf(read).dateOf(nowMs),
})
