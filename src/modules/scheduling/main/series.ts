// Recurring visits: what a new or changed series would meet, saving it, ending it. Every clash is looked for again in the
// transaction that saves.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { bannerOf } from '#modules/patients/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { scheduling } from '../shared/contract.ts'
import { datesOf } from '../shared/series.ts'
import { type Plan, planChange } from '../shared/series-plan.ts'
import type { VisitType } from '../shared/setup-shapes.ts'
import {
  bookableType,
  closeAppointment,
  insertAppointment,
  requireLine,
  requireLiving,
  wantedAt,
} from './booking.ts'
import { clashesOf, type Found, foundToClash, refusal, type Wanted } from './clashes.ts'
import { type Line, rowsToAppointments, sight } from './lines.ts'
import * as q from './queries.ts'
import {
  requireSeries,
  rowToOccurrence,
  rowToRule,
  rowToSeries,
  ruleToRow,
  type SeriesRow,
  seriesOf,
} from './series-rows.ts'
import { appointment, appointmentSeries } from './tables.ts'
import { clockOf, iso } from './wall-clock.ts'

type Procedures = (typeof scheduling)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>
type Sees = Pick<Services, 'isRelated'>

/** One date of a series with the time it takes and what is in its way. */
interface Dated {
  readonly date: string
  /** The visit that takes it; absent for a new one. */
  readonly row: Line | undefined
  readonly wanted: Wanted
  readonly found: readonly Found[]
}

export function getSeries({ read }: QueryContext, input: In<'series'>): Out<'series'> {
  const row = read.get(q.lineById, { patientId: input.patientId, id: input.appointmentId })
  if (!row) throw new AppError('NOT_FOUND')
  const series = row.series_id === null ? undefined : seriesOf(read, input.patientId, row.series_id)
  if (!series) throw new AppError('NOT_FOUND')
  return savedSeries(read, input.patientId, series.id)
}

function savedSeries(read: Reader, patientId: string, seriesId: string): Out<'bookSeries'> {
  const series = seriesOf(read, patientId, seriesId)
  if (!series) throw new Error('a series that was just saved is gone')
  const rows = read
    .all(q.linesOfSeries, { patientId, seriesId })
    .filter((row) => row.close_code !== 'skipped')
  return { series: rowToSeries(series), appointments: rowsToAppointments(read, rows) }
}

export function seriesPreview(
  services: Sees,
  ctx: QueryContext,
  input: In<'seriesPreview'>,
): Out<'seriesPreview'> {
  const type = bookableType(ctx, input.visitTypeId)
  return { dates: toScreen(services, ctx, newDates(ctx.read, input, type), input.start) }
}

export function bookSeries(ctx: CommandContext, input: In<'bookSeries'>): Out<'bookSeries'> {
  const { patientId } = input
  requireLiving(ctx.read, patientId)
  const type = bookableType(ctx, input.visitTypeId)
  const dated = newDates(ctx.read, input, type)
  refuseClashes(dated, input)
  const seriesId = ctx.write.insert(appointmentSeries, {
    patient_id: patientId,
    ...ruleToRow(input.rule),
    ...timeToRow(input, input.firstDate),
    reason: input.reason,
    booked_by: ctx.actor.userId,
    booked_at: ctx.now,
  })
  for (const one of dated)
    addVisit(ctx, one, { seriesId, visitTypeId: input.visitTypeId, reason: input.reason }, input)
  return savedSeries(ctx.read, patientId, seriesId)
}

type NewTime = Pick<In<'bookSeries'>, 'start' | 'minutes' | 'providerId' | 'roomId' | 'visitTypeId'>

const timeToRow = (time: NewTime, firstDate: string) => ({
  first_date: firstDate,
  start_minutes: time.start,
  minutes: time.minutes,
  provider_id: time.providerId,
  room_id: time.roomId,
  visit_type_id: time.visitTypeId,
})

function newDates(read: Reader, input: In<'seriesPreview'>, type: VisitType | null): Dated[] {
  const dates = datesOf(input.rule, input.firstDate)
  if (dates === null) throw new AppError('TOO_MUCH')
  if (dates.length === 0) throw new AppError('INVALID_INPUT', { fields: ['rule'] })
  return dates.map((date) => {
    const wanted = wantedAt(read, input.patientId, { ...input, date }, type)
    return { date, row: undefined, wanted, found: clashesOf(read, wanted) }
  })
}

interface Choice {
  readonly skip: readonly string[]
  readonly override: { readonly reason: string } | null
}

/** Dates left out by choice may clash; all others must be free or have a reason. */
function refuseClashes(dated: readonly Dated[], { skip, override }: Choice): void {
  if (override) return
  const clashing = dated.filter((one) => one.found.length > 0 && !skip.includes(one.date))
  const [first] = clashing
  if (first) throw refusal(first.found, { date: first.date, count: clashing.length })
}

function addVisit(
  ctx: CommandContext,
  { date, wanted, found }: Dated,
  of: { readonly seriesId: string; readonly visitTypeId: string | null; readonly reason: string | null },
  { skip, override }: Choice,
): void {
  const isSkipped = skip.includes(date)
  insertAppointment(ctx, wanted, {
    visit_type_id: of.visitTypeId,
    reason: of.reason,
    series_id: of.seriesId,
    occurrence_date: date,
    // A date left out is remembered as such, so that a later change of the series does not bring it in.
    ...(isSkipped
      ? { status: 'cancelled', close_code: 'skipped', closed_at: ctx.now }
      : { override_reason: found.length > 0 ? (override?.reason ?? null) : null }),
  })
}

interface Planned {
  readonly series: SeriesRow
  readonly plan: Plan
  readonly dated: readonly Dated[]
  readonly rows: ReadonlyMap<string, Line>
}

export function changeSeriesPreview(
  services: Sees,
  ctx: QueryContext,
  input: In<'changeSeriesPreview'>,
): Out<'changeSeriesPreview'> {
  return { dates: toScreen(services, ctx, planned(ctx, input).dated, input.start) }
}

function planned(ctx: QueryContext, input: In<'changeSeriesPreview'>): Planned {
  const { read, now } = ctx
  const { patientId } = input
  const type = bookableType(ctx, input.visitTypeId)
  const row = requireLine(read, patientId, input.appointmentId)
  const series = requireSeries(read, row)
  if (input.rule && input.shiftDays !== 0) throw new AppError('INVALID_INPUT', { fields: ['shiftDays'] })
  const rows = new Map(read.all(q.linesOfSeries, { patientId, seriesId: series.id }).map((r) => [r.id, r]))
  const plan = planChange(
    { rule: rowToRule(series), firstDate: series.first_date },
    [...rows.values()].map((r) => rowToOccurrence(r, now)),
    { scope: input.scope, at: row.occurrence_date ?? '', shiftDays: input.shiftDays, rule: input.rule },
  )
  if (!plan) throw new AppError('TOO_MUCH')
  // All of them give up their times together, so none is in the way of another.
  const except = new Set([...plan.place.map(({ id }) => id), ...plan.close])
  const at = (date: string, taking?: Line): Dated => {
    const wanted = { ...wantedAt(read, patientId, { ...input, date }, type, taking), except }
    return { date, row: taking, wanted, found: clashesOf(read, wanted) }
  }
  const dated = [
    ...plan.place.map(({ id, date }) => at(date, rows.get(id))),
    ...plan.add.map((date) => at(date)),
  ]
    // What has passed gets no visit any more.
    .filter((one) => iso(one.wanted.from) > now)
    .sort((a, b) => (a.date < b.date ? -1 : 1))
  return { series, plan, dated, rows }
}

export function changeSeries(ctx: CommandContext, input: In<'changeSeries'>): Out<'changeSeries'> {
  const { series, plan, dated, rows } = planned(ctx, input)
  if (series.rev !== input.rev) throw new AppError('CONFLICT', { rev: series.rev })
  refuseClashes(dated, input)
  const seriesId = saveRule(ctx, series, plan, input)
  const of = { seriesId, visitTypeId: input.visitTypeId, reason: series.reason }
  for (const id of plan.close) {
    const row = rows.get(id)
    if (row) closeAppointment(ctx, row, 'any', 'series', null)
  }
  for (const id of [...plan.close, ...plan.loosen]) {
    ctx.write.update(appointment, id, 'any', { series_id: null, occurrence_date: null, detached: 0 })
  }
  if (plan.ended)
    for (const id of plan.members) ctx.write.update(appointment, id, 'any', { series_id: seriesId })
  for (const { id, date } of plan.relabel) ctx.write.update(appointment, id, 'any', { occurrence_date: date })
  for (const one of dated) {
    if (one.row) placeVisit(ctx, one, one.row, input)
    else addVisit(ctx, one, of, input)
  }
  return savedSeries(ctx.read, input.patientId, seriesId)
}

/** A split leaves the old rule with its past and begins a new one; otherwise the rule itself changes. */
function saveRule(ctx: CommandContext, series: SeriesRow, plan: Plan, input: In<'changeSeries'>): string {
  const next = { ...ruleToRow(plan.next.rule), ...timeToRow(input, plan.next.firstDate) }
  if (!plan.ended) {
    ctx.write.update(appointmentSeries, series.id, input.rev, next)
    return series.id
  }
  ctx.write.update(appointmentSeries, series.id, input.rev, ruleToRow(plan.ended.rule))
  return ctx.write.insert(appointmentSeries, {
    patient_id: series.patient_id,
    ...next,
    reason: series.reason,
    follows_id: series.id,
    booked_by: ctx.actor.userId,
    booked_at: ctx.now,
  })
}

function placeVisit(
  ctx: CommandContext,
  { date, wanted, found }: Dated,
  row: Line,
  choice: In<'changeSeries'>,
): void {
  const time = {
    start_at: iso(wanted.from),
    end_at: iso(wanted.until),
    provider_id: wanted.providerId,
    room_id: wanted.roomId,
    visit_type_id: choice.visitTypeId,
    occurrence_date: date,
  }
  const isSkipped = choice.skip.includes(date)
  ctx.write.update(appointment, row.id, 'any', {
    ...time,
    ...(isSkipped
      ? { status: 'cancelled', close_code: 'skipped', closed_at: ctx.now }
      : {
          override_reason: found.length > 0 ? (choice.override?.reason ?? null) : null,
        }),
  })
}

export function cancelSeries(ctx: CommandContext, input: In<'cancelSeries'>): Out<'cancelSeries'> {
  const { read } = ctx
  const { patientId } = input
  const row = requireLine(read, patientId, input.appointmentId)
  const series = requireSeries(read, row)
  const from = input.scope === 'all' ? '' : (row.occurrence_date ?? '')
  const open = read
    .all(q.linesOfSeries, { patientId, seriesId: series.id })
    .filter((r) => r.status === 'booked' && r.start_at > ctx.now && (r.occurrence_date ?? '') >= from)
  if (open.length === 0) throw new AppError('WRONG_STATE', { status: 'nothing-left' })
  for (const one of open) closeAppointment(ctx, one, 'any', input.code, input.text)
  const closed = new Set(open.map((one) => one.id))
  const rows = read.all(q.linesOfSeries, { patientId, seriesId: series.id }).filter((r) => closed.has(r.id))
  return { cancelled: rowsToAppointments(read, rows) }
}

function toScreen(services: Sees, ctx: QueryContext, dated: readonly Dated[], start: number) {
  const canSee = sight(services, ctx)
  const nameOf = (id: string) => (canSee(id) ? (bannerOf(ctx.read, id)?.name ?? null) : null)
  const clock = clockOf(ctx.read)
  return dated.map(({ date, wanted, found }) => {
    const wall = clock.wall(iso(wanted.from))
    return {
      date,
      start: wall.minutes,
      clashes: found.map((clash) => foundToClash(clash, { date, start }, nameOf)),
    }
  })
}
