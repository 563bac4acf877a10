// A day of the schedule, twelve providers with sixty visits each, beside hand-written SQL on the same encrypted file;
// and free times looked up in it. The schedule lies in a clinic with years of appointments.
import path from 'node:path'
import { openConnection } from '#core/db/connection.ts'
import { mintId } from '#core/store/mint.ts'
import { appointment, openingRule, schedulable, visitType } from '#modules/scheduling/main/tables.ts'
import { clockIn } from '#modules/scheduling/main/wall-clock.ts'
import * as q from '#modules/scheduling/main/queries.ts'
import * as setup from '#modules/scheduling/main/setup-queries.ts'
import { addDays, weekdayOf } from '#shared/zoned-time.ts'
import type { TestClinic } from '#testkit/clinic.ts'
import { seededRandom } from '#testkit/random.ts'
import { auditTableLike } from './audit-table.ts'
import type { Contest } from './measure.ts'

const zone = 'Europe/Berlin'
const providers = 12
const perDay = 60
/** Visits of ten minutes, from eight to six. */
const minutes = 10
const usualPerDay = 20
const yearsBack = 3
const fullDays = 5
const firstProvider = 'Dr 0'

type Call = (procedure: string, input: unknown) => Promise<unknown>
type Query = { readonly sql: string; readonly bind: readonly (string | { readonly value: unknown })[] }

/** Fills the schedule once; a clinic that has one keeps it. Answers with the full days. */
export function fillSchedule(clinic: TestClinic): string[] {
  const today = clockIn(zone).dateOf(clinic.now())
  const resources = clinic.read((r) => r.all(setup.allResources, {}))
  const known = resources.find((r) => r.name === firstProvider)
  if (known) return fullDaysOf(clinic, known.id)
  const patients = clinic.read((r) => r.list((db) => db.selectFrom('patient').select('id'))).map((p) => p.id)
  const random = seededRandom(7)
  const ids = clinic.transact((ctx) => {
    const type = ctx.write.insert(visitType, {
      name: 'Follow-up',
      minutes,
      colour: 'blue',
      position: 0,
      active: 1,
    })
    for (let weekday = 1; weekday <= 7; weekday++) {
      ctx.write.insert(openingRule, { weekday, from_minutes: 480, until_minutes: 1140, kind: 'open' })
    }
    const made = Array.from({ length: providers }, (_, n) =>
      ctx.write.insert(schedulable, {
        kind: 'provider',
        name: `Dr ${n}`,
        colour: 'blue',
        position: n,
        active: 1,
      }),
    )
    return { type, made }
  })
  const clock = clockIn(zone)
  const fill = (date: string, count: number) =>
    clinic.transact((ctx) => {
      for (const provider of ids.made) {
        for (let n = 0; n < count; n++) {
          const at = clock.ms(date, 480 + n * minutes)
          const patient = patients[Math.floor(random() * patients.length)] ?? ''
          ctx.write.insert(
            appointment,
            {
              patient_id: patient,
              start_at: new Date(at).toISOString(),
              end_at: new Date(at + minutes * 60_000).toISOString(),
              provider_id: provider,
              visit_type_id: ids.type,
              status: 'booked',
              closed_late: 0,
              detached: 0,
              walk_in: 0,
              booked_by: clinic.userId('reception'),
              booked_at: ctx.now,
            },
            at,
          )
        }
      }
    })
  const full = Array.from({ length: fullDays }, (_, n) => addDays(today, n + 1))
  for (let n = yearsBack * 365; n > 0; n--) {
    const date = addDays(today, -n)
    if (weekdayOf(date) < 6) fill(date, usualPerDay)
    if (n % 100 === 0) clinic.checkpoint()
  }
  for (const date of full) fill(date, perDay)
  clinic.checkpoint()
  return full
}

function fullDaysOf(clinic: TestClinic, provider: string): string[] {
  const last = clinic.read((r) =>
    r.list((db) =>
      db
        .selectFrom('appointment')
        .select('start_at')
        .where('provider_id', '=', provider)
        .orderBy('start_at', 'desc')
        .limit(1),
    ),
  )[0]
  const end = clockIn(zone).dateOf(Date.parse(last?.start_at ?? ''))
  return Array.from({ length: fullDays }, (_, n) => addDays(end, -n))
}

/** What the schedule is measured by. `close` ends the hand-written side's connection. */
export function schedulingContests(
  clinic: TestClinic,
  call: Call,
): { contests: Contest[]; close: () => void } {
  const days = fillSchedule(clinic)
  const byHand = scheduleByHand(clinic)
  const dayOf = (i: number) => days[i % days.length] ?? ''
  const contests: Contest[] = [
    {
      name: 'schedule-day',
      perRun: 20,
      ours: async (i) => () => call('scheduling.calendar', { date: dayOf(i) }),
      handWritten: (i) => () => byHand.day(dayOf(i)),
    },
  ]
  return { contests, close: () => byHand.close() }
}

/** The same rows read and put into the same shape, the same audit entry. */
function scheduleByHand(clinic: TestClinic) {
  const db = openConnection(path.join(clinic.dir, 'clinic.db'), clinic.keys.database, 'write')
  auditTableLike(db, 'bench_day')
  const bound = (query: unknown) => {
    const { sql, bind } = query as Query
    const statement = db.prepare(sql)
    return (params: Record<string, unknown>) =>
      statement.all(...bind.map((b) => (typeof b === 'string' ? params[b] : b.value))) as Record<
        string,
        unknown
      >[]
  }
  const lines = bound(q.linesBetween)
  const others = [setup.allResources, setup.allRules].map(bound)
  const absences = bound(setup.absencesBetween)
  const user = db.prepare('select name from user_account where id = ?').pluck()
  const entry = db.prepare(
    `insert into bench_day (seq, at, clock, writer, user_id, role, session_id, door, action, category, outcome, op_id, mac)
     values (?, ?, 'unknown', 1, ?, 'doctor', 's', 'ipc', 'appointment.calendar', 'demographics', 'ok', ?, zeroblob(32))`,
  )
  let seq = 0
  return {
    day(date: string) {
      const { from, to, fromMs } = clockIn(zone).day(date)
      for (const read of others) read({})
      absences({ from: date, to: date })
      const rows = lines({ reach: new Date(fromMs - 43_200_000).toISOString(), from, to })
      const names = new Map<unknown, unknown>()
      const shown = rows.map((r) => {
        const start = Date.parse(String(r.start_at))
        if (!names.has(r.booked_by)) names.set(r.booked_by, user.get(r.booked_by))
        return {
          ...r,
          date,
          start: (start - fromMs) / 60_000,
          minutes: (Date.parse(String(r.end_at)) - start) / 60_000,
          bookedByName: names.get(r.booked_by),
        }
      })
      entry.run(++seq, new Date().toISOString(), clinic.userId('doctor'), mintId(Date.now()))
      return shown
    },
    close() {
      db.exec('drop table bench_day')
      db.close()
    },
  }
}
