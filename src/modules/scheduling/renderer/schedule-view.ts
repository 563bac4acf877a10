// From what the clinic answers to what the grid draws: columns with their hours, breaks and absences, visits with their
// lanes and words, and the facts clashes are looked for in while something moves.
import type { Translate } from '#renderer/i18n/define.ts'
import type { Formats } from '#renderer/i18n/format.ts'
import { instantAt } from '#shared/zoned-time.ts'
import type { OutputFor } from '#renderer/api/hooks.ts'
import type { Appointment, Column, Resource, Setup, scheduling, VisitType } from '../shared/contract.ts'
import { bookedShare, gapsBetween } from './booked-share.ts'
import { dayWords } from './day-words.ts'
import type { ClashVisit, DayFacts } from './grid/clashes.ts'
import { type DayScale, dayScale, type Span } from './grid/day-scale.ts'
import type { GridColumn, GridShade, GridVisit, VisitTone } from './grid/grid-types.ts'
import { lanesOf } from './grid/lanes.ts'
import type { en } from './texts-en.ts'

export type Calendar = OutputFor<typeof scheduling, 'calendar'>
export interface Words {
  readonly t: Translate<typeof en>
  readonly formats: Formats
}

export interface ScheduleView {
  readonly columns: readonly GridColumn[]
  /** Beside `columns`, by the same number: what a place in the grid means to the clinic. */
  readonly places: readonly { readonly date: string; readonly resource: Resource | undefined }[]
  readonly byId: ReadonlyMap<string, Appointment>
  readonly facts: DayFacts
  /** Everything that has to be seen, in minutes of the axis. */
  readonly seen: readonly Span[]
}

export interface ViewOptions {
  readonly calendar: Calendar
  readonly setup: Setup
  readonly isWeek: boolean
  readonly mayMove: boolean
  readonly words: Words
}

/** These hold their time; the others only show that they were. */
export const holdsTime = (status: Appointment['status']): boolean =>
  status !== 'cancelled' && status !== 'noshow'

/** A visit that has begun is where it is. */
export const isOpen = (status: Appointment['status']): boolean => status === 'booked'

export function scheduleView(options: ViewOptions): ScheduleView {
  const { calendar, setup, isWeek } = options
  const { timeZone } = calendar
  const resources = new Map<string, Resource>(setup.resources.map((resource) => [resource.id, resource]))
  const types = new Map<string, VisitType>(setup.visitTypes.map((type) => [type.id, type]))
  const lists = byColumn(calendar.appointments)
  const scales = new Map<string, DayScale>()
  const scaleOf = (date: string) => {
    const scale = scales.get(date) ?? dayScale(date, timeZone, isWeek ? 'shared' : 'own')
    scales.set(date, scale)
    return scale
  }
  const seen: Span[] = []
  const columns = calendar.columns.map((column, index) => {
    const scale = scaleOf(column.date)
    const resource = resources.get(column.resourceId)
    const list = lists.get(`${column.date} ${column.resourceId}`) ?? []
    const visits = visitsOf(list, index, scale, { ...options, types, resources, column })
    const open = column.open.map((span) => onAxis(span, scale))
    seen.push(...open, ...visits)
    return {
      key: `${column.date} ${column.resourceId}`,
      ...headOf(column, resource, list, options),
      isToday: column.date === options.words.formats.today,
      isMarked: isWeek && column.date === options.words.formats.today,
      scale,
      shades: shadesOf(column, scale, calendar.hoursKnown, options.words),
      visits,
    }
  })
  return {
    columns,
    places: calendar.columns.map(({ date, resourceId }) => ({ date, resource: resources.get(resourceId) })),
    byId: new Map(calendar.appointments.map((appointment) => [appointment.id, appointment])),
    facts: factsOf(calendar, options.words),
    seen,
  }
}

function byColumn(appointments: readonly Appointment[]): Map<string, Appointment[]> {
  const lists = new Map<string, Appointment[]>()
  for (const appointment of appointments) {
    for (const id of new Set([appointment.providerId, appointment.roomId])) {
      if (id === null) continue
      const key = `${appointment.date} ${id}`
      const list = lists.get(key)
      if (list) list.push(appointment)
      else lists.set(key, [appointment])
    }
  }
  return lists
}

const onAxis = ({ from, until }: { from: number; until: number }, scale: DayScale): Span => ({
  from: scale.minuteOfWall(from),
  to: scale.minuteOfWall(until),
})

interface VisitContext extends ViewOptions {
  readonly types: ReadonlyMap<string, VisitType>
  readonly resources: ReadonlyMap<string, Resource>
  readonly column: Column
}

function visitsOf(
  list: readonly Appointment[],
  index: number,
  scale: DayScale,
  context: VisitContext,
): GridVisit[] {
  const items = list.map((appointment) => {
    const from = scale.minuteOf(appointment.startAt)
    return { appointment, from, to: Math.min(scale.length, from + appointment.minutes) }
  })
  const lanes = lanesOf(items)
  return items.map((item) => {
    const { appointment, from, to } = item
    const { lane, lanes: count } = lanes.get(item) ?? { lane: 0, lanes: 1 }
    const { t } = context.words
    const type = context.types.get(appointment.visitTypeId ?? '')
    const isRoomColumn = appointment.providerId !== context.column.resourceId
    const provider = context.resources.get(appointment.providerId)
    const what =
      isRoomColumn && provider ? t('visit.with', { name: provider.name }) : whatOf(appointment, type)
    return {
      key: `${appointment.id} ${context.column.resourceId}`,
      visitId: appointment.id,
      column: index,
      from,
      to,
      lane,
      lanes: count,
      name: appointment.patientName ?? t('visit.taken'),
      what,
      label: labelOf(appointment, what, context.words),
      tone: toneOf(appointment, type, provider),
      state: appointment.status === 'booked' ? null : t(`status.${appointment.status}`),
      isDim: !holdsTime(appointment.status) || appointment.status === 'left',
      isOverridden: appointment.overrideReason !== null && appointment.overrideReason !== undefined,
      canMove: context.mayMove && !appointment.busy && isOpen(appointment.status),
    }
  })
}

function toneOf(
  appointment: Appointment,
  type: VisitType | undefined,
  provider: Resource | undefined,
): VisitTone {
  if (appointment.busy || !holdsTime(appointment.status)) return 'grey'
  return type?.colour ?? provider?.colour ?? 'blue'
}

function whatOf(appointment: Appointment, type: VisitType | undefined): string {
  return [type?.name, appointment.reason].filter(Boolean).join(', ')
}

/** "Amina Haddad Follow-up · booked · 10:30 to 11:00": begins as the box reads, so that saying what is seen finds it. */
function labelOf(appointment: Appointment, what: string, { t, formats }: Words): string {
  const isBooked = appointment.status === 'booked'
  const name = appointment.patientName ?? t('visit.taken')
  return [
    [name, isBooked ? null : t(`status.${appointment.status}`), what].filter(Boolean).join(' '),
    isBooked ? t('status.booked') : null,
    t('visit.fromTo', {
      from: formats.instant(appointment.startAt, 'time'),
      to: formats.instant(appointment.endAt, 'time'),
    }),
    appointment.seriesId ? t('visit.ofSeries') : null,
    appointment.overrideReason ? t('visit.overridden') : null,
  ]
    .filter(Boolean)
    .join(' · ')
}

function shadesOf(column: Column, scale: DayScale, hoursKnown: boolean, words: Words): GridShade[] {
  const named = [
    ...column.breaks.map((span, n) => ({ key: `break ${n}`, span, name: words.t('shade.break') })),
    ...column.absences.map((absence) => ({
      key: absence.id,
      span: absence,
      name: absence.title ?? words.t(`absence.${absence.kind}`),
    })),
  ]
  const covered = [...column.open, ...named.map(({ span }) => span)].map((span) => onAxis(span, scale))
  const closed = hoursKnown ? gapsBetween(covered, { from: 0, to: scale.length }) : []
  return [
    ...closed.map((gap) => ({ key: `closed ${gap.from}`, ...gap, name: null })),
    ...named.map(({ key, span, name }) => ({ key, ...onAxis(span, scale), name })),
  ]
}

function headOf(
  column: Column,
  resource: Resource | undefined,
  list: readonly Appointment[],
  { isWeek, calendar, words: { t, formats } }: ViewOptions,
): { title: string; facts: string } {
  const title = isWeek ? dayWords(column.date, formats.locale, formats.today) : (resource?.name ?? '')
  const facts: string[] = []
  const first = column.open[0]
  const last = column.open.at(-1)
  const timeOf = (minutes: number) =>
    formats.instant(instantAt(column.date, minutes, calendar.timeZone), 'time')
  if (first && last) facts.push(t('head.hours', { from: timeOf(first.from), to: timeOf(last.until) }))
  const [absence] = column.absences
  if (!first && absence) facts.push(absence.title ?? t(`absence.${absence.kind}`))
  else if (!first && calendar.hoursKnown) facts.push(t('head.closed'))
  if (resource && resource.kind !== 'provider' && !isWeek) facts.push(t(`resource.${resource.kind}`))
  const share = calendar.hoursKnown && resource?.kind === 'provider' ? bookedShare(column, list) : null
  if (share !== null) facts.push(t('head.booked', { percent: formats.number(share, { style: 'percent' }) }))
  return { title, facts: facts.join(' · ') }
}

function factsOf(calendar: Calendar, { t }: Words): DayFacts {
  const msOf = (date: string, minutes: number) => Date.parse(instantAt(date, minutes, calendar.timeZone))
  const open = new Map<string, { fromMs: number; toMs: number }[]>()
  const away = new Map<string, { fromMs: number; toMs: number; name: string }[]>()
  for (const column of calendar.columns) {
    const span = ({ from, until }: { from: number; until: number }) => ({
      fromMs: msOf(column.date, from),
      toMs: msOf(column.date, until),
    })
    if (calendar.hoursKnown) push(open, column.resourceId, column.open.map(span))
    push(away, column.resourceId, [
      ...column.breaks.map((item) => ({ ...span(item), name: t('shade.break') })),
      ...column.absences.map((item) => ({ ...span(item), name: item.title ?? t(`absence.${item.kind}`) })),
    ])
  }
  return { visits: calendar.appointments.filter((a) => holdsTime(a.status)).map(clashVisit), open, away }

  function clashVisit(appointment: Appointment): ClashVisit {
    return {
      id: appointment.id,
      fromMs: Date.parse(appointment.startAt),
      toMs: Date.parse(appointment.endAt),
      patientId: appointment.patientId ?? '',
      patientName: appointment.patientName ?? t('visit.taken'),
      providerId: appointment.providerId,
      roomId: appointment.roomId ?? null,
    }
  }
}

function push<T>(lists: Map<string, T[]>, key: string, more: readonly T[]): void {
  lists.set(key, [...(lists.get(key) ?? []), ...more])
}
