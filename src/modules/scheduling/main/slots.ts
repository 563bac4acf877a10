// Free times from a few typed characters: hours, breaks, time off, other visits and rooms are all looked at.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { addDays } from '#shared/zoned-time.ts'
import type { scheduling } from '../shared/contract.ts'
import type { Resource, VisitType } from '../shared/setup-shapes.ts'
import type { Slot } from '../shared/shapes.ts'
import { beginningsIn, bestOf, type Candidate } from '../shared/slots.ts'
import { isCovered, joined, overlaps, type Stretch, without } from '../shared/spans.ts'
import { parseWhen } from '../shared/when.ts'
import { type Availability, availabilityOf } from './availability.ts'
import { reachOf } from './clashes.ts'
import * as q from './queries.ts'
import { suitableRooms } from './rooms.ts'
import { requireVisitType, resourceById } from './resources.ts'
import { clockOf, iso, type WallClock } from './wall-clock.ts'

type Procedures = (typeof scheduling)['procedures']
export const usualMinutes = 15
/** How far ahead is looked; beyond it somebody has to name a date. */
const searchDays = 62
/** Days are read in pieces of this length until enough was found. */
const pieceDays = 7
const fullDays = 2

interface Search {
  readonly at: Availability
  readonly read: Reader
  readonly providers: readonly Resource[]
  readonly type: VisitType | null
  readonly minutes: number
  readonly notBefore: number
}
interface Place extends Candidate {
  readonly roomId: string | null
}

export function freeSlots(
  { read, nowMs }: Pick<QueryContext, 'read' | 'nowMs'>,
  input: InputOf<Procedures['freeSlots']>,
): OutputOf<Procedures['freeSlots']> {
  const { locale } = clinicOf(read)
  const type = input.visitTypeId === null ? null : requireVisitType(read, input.visitTypeId)
  if (input.providerId !== null) resourceById(read, input.providerId)
  const today = clockOf(read).dateOf(nowMs)
  const when = parseWhen(input.text, { locale, today })
  if (!when.ok) return { date: null, preferred: null, slots: [] }
  const from = input.after && input.after.date > when.date ? input.after.date : when.date
  const until = addDays(from, searchDays)
  const at = availabilityOf(read, from, until)
  const search: Search = {
    at,
    read,
    providers: at.resources.filter(
      (r) => r.kind === 'provider' && r.active && (input.providerId === null || r.id === input.providerId),
    ),
    type,
    minutes: input.minutes ?? type?.minutes ?? usualMinutes,
    notBefore: Math.max(nowMs, input.after ? at.clock.ms(input.after.date, input.after.start) + 1 : 0),
  }
  const places = search.providers.length === 0 ? [] : placesFrom(search, from, input.limit)
  return {
    date: when.date,
    preferred: when.minute,
    slots: bestOf(places, when.minute, input.limit).map((place) =>
      placeToSlot(at.clock, place, search.minutes),
    ),
  }
}

/** Free places until some days have enough to choose from. */
function placesFrom(search: Search, from: string, limit: number): Place[] {
  const found: Place[] = []
  const days = new Set<string>()
  for (let piece = 0; piece < searchDays; piece += pieceDays) {
    const dates = Array.from({ length: pieceDays }, (_, n) => addDays(from, piece + n))
    const busy = busyIn(search, dates)
    for (const date of dates) {
      const places = placesOn(search, date, busy)
      if (places.length > 0) days.add(date)
      found.push(...places)
      if (days.size >= fullDays && days.size >= limit && found.length >= limit) return found
    }
  }
  return found
}

type Busy = ReadonlyMap<string, readonly Stretch[]>

/** What providers and suitable rooms are taken by on some days, read once. */
function busyIn({ at, read, providers, type }: Search, dates: readonly string[]): Busy {
  const fromMs = at.clock.day(dates[0] ?? '').fromMs
  const range = { reach: reachOf(fromMs), from: iso(fromMs), to: at.clock.day(dates.at(-1) ?? '').to }
  const stretches = (rows: readonly { start_at: string; end_at: string }[]) =>
    joined(rows.map((row) => ({ from: Date.parse(row.start_at), until: Date.parse(row.end_at) })))
  const busy = new Map<string, readonly Stretch[]>()
  for (const { id } of providers)
    busy.set(id, stretches(read.all(q.takenByProvider, { ...range, resourceId: id })))
  for (const { id } of suitableRooms(at.resources, { providerId: '', type })) {
    busy.set(id, stretches(read.all(q.takenByRoom, { ...range, resourceId: id })))
  }
  return busy
}

/** One place for each beginning: of several free providers the one who comes first in the clinic's order. */
function placesOn(search: Search, date: string, busy: Busy): Place[] {
  const { at, minutes, notBefore, providers } = search
  const byStart = new Map<number, Place>()
  for (const provider of providers) {
    const free = without(at.bookable(provider.id, date), busy.get(provider.id) ?? [])
    for (const stretch of free) {
      const from = Math.max(stretch.from, notBefore)
      for (const start of startsIn(at.clock, date, { from, until: stretch.until }, minutes)) {
        if (byStart.has(start)) continue
        const span = spanAt(at.clock, date, start, minutes)
        const roomId = freeRoom(search, provider.id, date, span, busy)
        if (roomId !== undefined) byStart.set(start, { date, start, providerId: provider.id, roomId })
      }
    }
  }
  return [...byStart.values()]
}

/** Beginnings on the wall clock from which the visit fits into a stretch of time, whatever clocks do in between. */
export function startsIn(clock: WallClock, date: string, free: Stretch, minutes: number): number[] {
  const day = clock.day(date)
  const from = wallMinute(clock, date, Math.max(free.from, day.fromMs))
  const until = wallMinute(clock, date, Math.min(free.until, day.toMs))
  const changes = day.minutes !== 1440
  const span = changes ? { from: 0, until: 1440 + minutes } : { from, until: Math.max(until, from) }
  return beginningsIn(span, minutes).filter((start) => {
    if (!changes) return true
    if (start >= 1440 || clock.isSkipped(date, start)) return false
    const visit = spanAt(clock, date, start, minutes)
    return visit.from >= free.from && visit.until <= free.until
  })
}

/** Fractions of a minute count upwards: now is not over yet. */
function wallMinute(clock: WallClock, date: string, ms: number): number {
  return (ms - clock.day(date).fromMs) / 60_000
}

const spanAt = (clock: WallClock, date: string, start: number, minutes: number): Stretch => {
  const from = clock.ms(date, start)
  return { from, until: from + minutes * 60_000 }
}

/** `null`: none is needed; `undefined`: none is free. */
function freeRoom(
  { at, type }: Search,
  providerId: string,
  date: string,
  span: Stretch,
  busy: Busy,
): string | null | undefined {
  const rooms = suitableRooms(at.resources, { providerId, type })
  if (rooms.length === 0) return null
  return rooms.find((room) => {
    const isTaken = (busy.get(room.id) ?? []).some((taken) => overlaps(taken, span))
    return !isTaken && isCovered(span, at.bookable(room.id, date))
  })?.id
}

export function placeToSlot(clock: WallClock, place: Place, minutes: number): Slot {
  const span = spanAt(clock, place.date, place.start, minutes)
  return {
    date: place.date,
    start: place.start,
    minutes,
    startAt: iso(span.from),
    endAt: iso(span.until),
    providerId: place.providerId as Slot['providerId'],
    roomId: place.roomId as Slot['roomId'],
  }
}

/** The first free place of one day, of one provider or of any: for people who are already in the waiting room. */
export function nextPlaceToday(
  { read, nowMs }: Pick<QueryContext, 'read' | 'nowMs'>,
  providerId: string | null,
  type: VisitType | null,
  minutes: number,
): Place | undefined {
  const today = clockOf(read).dateOf(nowMs)
  const at = availabilityOf(read, today, today)
  const providers = at.resources.filter(
    (r) => r.kind === 'provider' && r.active && (providerId === null || r.id === providerId),
  )
  // Somebody who waits can be called in the minute they came: the running five minutes count as free.
  const notBefore = Math.floor(nowMs / 300_000) * 300_000
  const search: Search = { at, read, providers, type, minutes, notBefore }
  return placesOn(search, today, busyIn(search, [today])).sort((a, b) => a.start - b.start)[0]
}
