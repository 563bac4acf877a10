// The week around the day somebody opens the demo: two days that are over and closed, today in the middle, days to come.
import type { OpenClinic } from '#core/clinic-types.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import { closeDay, day, openDrawer } from '#modules/billing/main/api.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { drugCatalogues } from '#modules/prescribing/main/api.ts'
import { addToWaitlist } from '#modules/scheduling/main/api.ts'
import type { PatientId } from '#shared/ids.ts'
import { localDateIn } from '#shared/time.ts'
import { addDays, dayRange, instantAt, wallTimeOf, weekdayOf } from '#shared/zoned-time.ts'
import type { DemoStaff } from '../staff.ts'
import { asOf } from './as-of.ts'
import { liveVisit, liveWalkIn, minutesOf, type Scene } from './live-visit.ts'
import { otherDays, type PlannedVisit, todaysVisits, todaysWalkIns, waiting } from './plan.ts'
import { setUpPractice } from './practice.ts'

/** Today's plan is written as if it were eleven, and is moved to when somebody looks. */
const elevenOClock = 11 * 60
/** Its first visit begins and its last one ends this many minutes before and after eleven. */
const reachBefore = 3 * 60
const reachAfter = 5 * 60
const floatMinor = 15_000

export async function fillWeek(
  clinic: OpenClinic,
  staff: DemoStaff,
  ids: ReadonlyMap<string, string>,
): Promise<void> {
  const { services } = clinic
  await Promise.all(drugCatalogues.map((catalogue) => services.catalogues.ready(catalogue)))
  const inOne = (run: (ctx: CommandContext) => void) =>
    clinic.transact({ actor: staff.haddad, door: 'job' }, { action: 'demo.fill', category: 'system' }, run)
  const nowMs = services.clock()
  const { timeZone } = clinic.read(clinicOf)
  const today = localDateIn(timeZone, nowMs)
  const shift = shiftOf(wallTimeOf(new Date(nowMs).toISOString(), timeZone).minutes)
  let practice: Scene['practice'] | undefined
  inOne((ctx) => {
    const people = {
      keller: staff.keller.actor.userId,
      osei: staff.osei.actor.userId,
      brandt: staff.brandt.userId,
    }
    practice = setUpPractice(ctx, people, today, {
      from: Math.min(8 * 60, elevenOClock - reachBefore + shift),
      until: Math.max(17 * 60 + 30, elevenOClock + reachAfter + shift),
    })
  })
  if (!practice) throw new Error('the demo practice was not set up')
  const common = { services, staff, practice }
  let n = 0
  const sceneOf = (ctx: CommandContext, date: string, who: string, instantOf: Scene['instantOf']): Scene => ({
    ...common,
    ctx,
    patientId: ids.get(who) as PatientId,
    date,
    instantOf,
    bookedMs: Math.min(nowMs, Date.parse(instantAt(date, 10 * 60, timeZone))) - 3 * 86_400_000,
    n: n++,
  })
  const live = async (date: string, visits: readonly PlannedVisit[], instantOf: Scene['instantOf']) => {
    for (const visit of visits) {
      inOne((ctx) => liveVisit(sceneOf(ctx, date, visit.who, instantOf), visit))
      await new Promise(setImmediate)
    }
  }
  for (const { day: offset, visits } of otherDays) {
    const date = workday(today, offset)
    const instantOf = (minute: number) => Date.parse(instantAt(date, minute, timeZone))
    const isPast = offset < 0
    if (isPast) inOne((ctx) => openDrawer(asOf(ctx, instantOf(8 * 60), staff.haddad), { floatMinor }))
    await live(date, visits, instantOf)
    if (isPast) inOne((ctx) => countAndClose(asOf(ctx, instantOf(17 * 60 + 20), staff.haddad), date))
  }
  const elapsed = todaysClock(nowMs, Date.parse(dayRange(today, timeZone).from))
  inOne((ctx) => openDrawer(asOf(ctx, elapsed(7 * 60 + 55), staff.haddad), { floatMinor }))
  await live(
    today,
    todaysVisits.map((visit) => ({ ...visit, at: moved(visit.at, shift) })),
    (minute) => elapsed(minute - shift),
  )
  for (const visit of todaysWalkIns) {
    inOne((ctx) => liveWalkIn(sceneOf(ctx, today, visit.who, elapsed), visit, elevenOClock - 14))
  }
  inOne((ctx) =>
    addToWaitlist(asOf(ctx, nowMs - 3_600_000, staff.haddad), {
      patientId: ids.get(waiting.who) as PatientId,
      visitTypeId: common.practice.types[waiting.kind],
      minutes: null,
      providerId: null,
      urgency: 'soon',
      earliest: null,
      latest: null,
      weekdays: [],
      from: null,
      until: 12 * 60,
      note: waiting.note,
      appointmentId: null,
    }),
  )
}

/** How far the plan is moved, so that its eleven is about now and nothing of it leaves the day. */
function shiftOf(nowMinutes: number): number {
  const eleven = Math.min(Math.max(nowMinutes, reachBefore), 24 * 60 - reachAfter)
  return Math.round((eleven - elevenOClock) / 5) * 5
}

function moved(at: string, shift: number): string {
  const minutes = minutesOf(at) + shift
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
}

/** Weekends are skipped: minus two from a Monday is the Thursday before. */
function workday(today: string, offset: number): string {
  let date = today
  for (let left = Math.abs(offset); left > 0; ) {
    date = addDays(date, Math.sign(offset))
    if (weekdayOf(date) <= 5) left -= 1
  }
  return date
}

/** Minutes of the plan as instants that end now; before noon they are squeezed, so that none falls on yesterday. */
function todaysClock(nowMs: number, midnightMs: number): (minute: number) => number {
  const perMinute = Math.min(60_000, (nowMs - midnightMs) / (elevenOClock + 1))
  return (minute) => Math.floor(nowMs - (elevenOClock - Math.min(minute, elevenOClock)) * perMinute)
}

function countAndClose(ctx: CommandContext, date: string): void {
  const { tenders } = day(ctx, { date })
  closeDay(ctx, {
    date,
    counted: tenders.map(({ method, expectedMinor }) => ({
      method,
      expectedMinor,
      countedMinor: expectedMinor,
    })),
    floatMinor,
    explanation: null,
  })
}
