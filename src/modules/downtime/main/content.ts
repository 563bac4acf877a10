// What stands in the copy: the visits of two days and, of each patient, what care needs. Marks, restrictions and records
// that do not match their history are respected as everywhere, with nobody in particular looking.
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { hiderFor, visibilityOf } from '#modules/access/main/api.ts'
import { allergyStateOf } from '#modules/chart/main/api.ts'
import { bannerOf } from '#modules/patients/main/api.ts'
import { activeMedicines } from '#modules/prescribing/main/api.ts'
import { activeAllergies, activeProblems } from '#modules/profile/main/api.ts'
import { appointmentsOn, resourcesOf } from '#modules/scheduling/main/api.ts'
import type { DowntimePacket, DowntimePatient } from '#shared/downtime.ts'
import { AppError } from '#shared/errors.ts'
import { addDays } from '#shared/zoned-time.ts'
import { readingRoles } from './readers.ts'

type Day = DowntimePacket['days'][number]

/** Over a weekend the next day that anybody comes is worth more than an empty one. */
const furthest = 7

/** Today, and tomorrow or, where nobody comes then, the next day that somebody does. */
export function daysFrom(read: Reader, today: string): Day[] {
  const tomorrow = dayOf(read, addDays(today, 1))
  let next = tomorrow
  for (let n = 2; n <= furthest && next.visits.length + next.leftOut === 0; n++) {
    next = dayOf(read, addDays(today, n))
  }
  return [dayOf(read, today), next.visits.length + next.leftOut === 0 ? tomorrow : next]
}

const over: ReadonlySet<string> = new Set(['cancelled', 'noshow'])

function dayOf(read: Reader, date: string): Day {
  const isHidden = hiderFor(read, null)
  const providers = new Map(resourcesOf(read).map((resource) => [resource.id as string, resource.name]))
  const canSee = (patientId: string, encounterId?: string | null) => !isHidden(patientId, encounterId ?? '')
  const booked = appointmentsOn(read, date, { canSee }).filter((visit) => !over.has(visit.status))
  const visits = booked.flatMap(({ patientId, start, minutes, providerId }) =>
    patientId === null ? [] : [{ patientId, start, minutes, provider: providers.get(providerId) ?? '' }],
  )
  return { date, visits, leftOut: booked.length - visits.length }
}

/** `null`: this record stands in no copy. */
export function patientFor(
  services: Pick<Services, 'mayUse' | 'records'>,
  read: Reader,
  id: string,
): DowntimePatient | null {
  const banner = bannerOf(read, id)
  const seen = visibilityOf(read, null, id)
  if (!banner || !seen.patient || !holds(services, read, id)) return null
  if (!readingRoles.every((role) => services.mayUse(read, id, role))) return null
  const allergies = activeAllergies(read, id).filter((a) => !seen.hides('allergy_intolerance', a.id))
  const medicines = activeMedicines(read, id).filter((m) => !seen.hides('medication_request', m.id))
  const problems = activeProblems(read, id).filter((p) => !seen.hides('condition', p.id, p.encounterId))
  return {
    id,
    name: banner.name,
    birthDate: banner.birthDate,
    recordNumber: banner.recordNumber,
    phone: banner.phone,
    record: {
      allergyState: allergyStateOf(read, id),
      allergies: allergies.map((a) => ({
        substance: a.substance.display,
        isHigh: a.criticality === 'high',
        reactions: a.manifestations,
      })),
      medicines: medicines.map((m) => ({ label: m.label, directions: m.sigText })),
      problems: problems.map((p) => p.code.display),
      isPartial: seen.hidden > 0,
    },
  }
}

function holds({ records }: Pick<Services, 'records'>, read: Reader, id: string): boolean {
  try {
    records.requireTrue(read, id)
    return true
  } catch (error) {
    if (error instanceof AppError && error.code === 'RECORD_MISMATCH') return false
    throw error
  }
}

/** Visits of patients who stand in no copy are counted and not shown. */
export function without(day: Day, left: ReadonlySet<string>): Day {
  const visits = day.visits.filter((visit) => !left.has(visit.patientId))
  return { ...day, visits, leftOut: day.leftOut + day.visits.length - visits.length }
}
