// When somebody or something can be booked: opening hours less breaks and time off, as instants.
import type { Reader } from '#core/store/reader.ts'
import { absenceOn, areHoursKnown, type DayHours, hoursOn, type RuleOf } from '../shared/hours.ts'
import type { Absence, Resource } from '../shared/setup-shapes.ts'
import { clipped, joined, type Stretch, without } from '../shared/spans.ts'
import { absencesIn, rulesOf } from './hours.ts'
import { resourcesOf } from './resources.ts'
import { clockOf, type WallClock } from './wall-clock.ts'

/** Rules, time off and resources of a range of days, read once for one call. */
export interface Availability {
  readonly clock: WallClock
  readonly resources: readonly Resource[]
  readonly hoursKnown: boolean
  hours(resourceId: string, date: string): DayHours
  absences(resourceId: string, date: string): readonly { readonly absence: Absence; readonly span: Stretch }[]
  /** Epoch milliseconds in which the resource can be booked on a day. */
  bookable(resourceId: string, date: string): readonly Stretch[]
  /** Opening hours less breaks, time off not counted. */
  open(resourceId: string, date: string): readonly Stretch[]
}

export function availabilityOf(read: Reader, from: string, to: string): Availability {
  const clock = clockOf(read)
  const rules: readonly RuleOf[] = rulesOf(read)
  const off = absencesIn(read, from, to)
  const hours = (resourceId: string, date: string) => hoursOn(rules, resourceId, date)
  const absences = (resourceId: string, date: string) =>
    off.flatMap((absence) => {
      if (absence.resourceId !== null && absence.resourceId !== resourceId) return []
      const span = absenceOn(absence, date)
      return span ? [{ absence, span }] : []
    })
  const instants = (date: string) => (span: Stretch) => ({
    from: clock.ms(date, span.from),
    until: clock.ms(date, span.until),
  })
  const resources = resourcesOf(read)
  // A room stands open whenever somebody works in it, unless it was given hours of its own.
  const alwaysOpen = new Set(
    resources
      .filter(
        (r) =>
          r.kind !== 'provider' && !rules.some((rule) => rule.resourceId === r.id && rule.kind === 'open'),
      )
      .map((r) => r.id as string),
  )
  const openMinutes = (resourceId: string, date: string) => {
    if (alwaysOpen.has(resourceId)) return [{ from: 0, until: 1440 }]
    const day = hours(resourceId, date)
    return without(day.open, day.breaks)
  }
  return {
    clock,
    resources,
    hoursKnown: areHoursKnown(rules),
    hours,
    absences,
    open: (resourceId, date) => joined(openMinutes(resourceId, date).map(instants(date))),
    bookable: (resourceId, date) => {
      const free = without(
        openMinutes(resourceId, date),
        absences(resourceId, date).map(({ span }) => span),
      )
      return joined(clipped(free, { from: 0, until: 1440 }).map(instants(date)))
    },
  }
}
