// What a day should not leave behind: notes not signed, visits not charged or not ended, charges not invoiced.
import type { Reader } from '#core/store/reader.ts'
import { dayRange } from '#shared/zoned-time.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import type { LooseEnds } from '../shared/shapes.ts'
import * as q from './day-queries.ts'

const mostShown = 50

/** Of one day; with `from` of all days since then, where several are closed at once. */
export function looseEnds(read: Reader, date: string, from = date): LooseEnds {
  const { timeZone } = clinicOf(read)
  const until = dayRange(date, timeZone).to
  const range = { from: dayRange(from, timeZone).from, to: until }
  const unsigned = read.all(q.unsignedNotes, { until })
  const unbilled = read.all(q.unbilledVisits, range)
  const open = read.all(q.openVisits, range)
  const charges = read.all(q.openCharges, {})
  return {
    unsignedNotes: unsigned.slice(0, mostShown).map((row) => ({
      ...who(row),
      draftId: row.id,
      author: row.name,
    })),
    unbilledVisits: unbilled.slice(0, mostShown).map(visit),
    openVisits: open.slice(0, mostShown).map(visit),
    openCharges: charges.slice(0, mostShown).map((row) => ({
      ...who(row),
      count: row.count,
      totalMinor: row.total,
    })),
    counts: {
      unsignedNotes: unsigned.length,
      unbilledVisits: unbilled.length,
      openVisits: open.length,
      openCharges: charges.length,
    },
  }
}

type Patient = LooseEnds['openCharges'][number]['patientId']
type Encounter = LooseEnds['openVisits'][number]['encounterId']

const who = (row: { patient_id: string; name_text: string }) => ({
  patientId: row.patient_id as Patient,
  patientName: row.name_text,
})

const visit = (row: { id: string; patient_id: string; name_text: string; period_start: string | null }) => ({
  ...who(row),
  encounterId: row.id as Encounter,
  startedAt: row.period_start,
})
