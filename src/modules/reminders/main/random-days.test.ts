// Random days of a clinic against an account of its own: whatever is booked, moved, cancelled, agreed and withdrawn, and
// however the mail server and the computer fail, nobody gets the same reminder twice, and nobody gets one who should not.
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { PatientId } from '#shared/ids.ts'
import { testClinic } from '#testkit/clinic.ts'
import { type Manner, type MailServer, mailServer } from '#testkit/mail-server.ts'
import {
  bookVisit,
  hour,
  minute,
  moveVisit,
  patientWith,
  setVisitStatus,
  setUpServer,
} from '#testkit/reminding.ts'
import { syncedTableNamed } from '#testkit/tables.ts'

let server: MailServer
beforeAll(async () => {
  server = await mailServer({ tls: 'none' })
})
afterAll(() => server.close())

const patients = 3
const who = fc.nat(patients - 1)
const visit = fc.nat(5)
const ahead = fc.integer({ min: 10, max: 60 * 60 })
type Op =
  | { do: 'book'; who: number; ahead: number }
  | { do: 'move'; visit: number; ahead: number }
  | { do: 'cancel' | 'restore' | 'arrive'; visit: number }
  | { do: 'consent'; who: number; status: 'yes' | 'no' | 'unknown' }
  | { do: 'run'; minutes: number }
  | { do: 'crash' }
  | { do: 'server'; manner: Manner }
const op: fc.Arbitrary<Op> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('book' as const), who, ahead }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('move' as const), visit, ahead }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constantFrom('cancel' as const, 'restore' as const, 'arrive' as const),
      visit,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('consent' as const),
      who,
      status: fc.constantFrom('yes' as const, 'yes' as const, 'no' as const, 'unknown' as const),
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      do: fc.constant('run' as const),
      minutes: fc.constantFrom(1, 1, 2, 3, 5, 11, 40, 90, 400, 900),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('server' as const),
      manner: fc.constantFrom<Manner>(null, null, { code: 451 }, { code: 550 }, 'take-and-drop', 'drop'),
    }),
  },
)

/** The account of the test: what was agreed on, in its own words and with its own clock. */
interface Truth {
  readonly visits: Map<string, { who: number; start: number; status: string; changed: number }>
  readonly consent: string[]
}

const berlin = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Berlin',
  hour: '2-digit',
  hourCycle: 'h23',
})
const isNight = (ms: number) => {
  const h = Number(berlin.format(ms))
  return h >= 20 || h < 8
}

let taken = 0

async function live(ops: readonly Op[]): Promise<string[]> {
  server.mails.length = 0
  server.manner = () => null
  const faults: string[] = []
  await using clinic = await testClinic()
  await setUpServer(clinic, server, { tls: 'none', caPem: null })
  const ids: PatientId[] = []
  for (let i = 0; i < patients; i++) ids.push(await patientWith(clinic, { email: `p${i}@example.org` }))
  const truth: Truth = { visits: new Map(), consent: ids.map(() => 'yes') }
  const nth = (n: number) => [...truth.visits.keys()][n]
  const known = new Set<string>()
  await clinic.clinic.runDueJobs()

  const check = () => {
    for (const mail of server.mails.splice(0)) {
      taken += 1
      const id = /<([^.>]+)\./.exec(mail.headers['message-id'] ?? '')?.[1] ?? ''
      const [row] = clinic.read((r) =>
        r.list((db) => db.selectFrom('reminder_send').selectAll().where('id', '=', id)),
      )
      if (!row) {
        faults.push('a mail nobody wrote down')
        continue
      }
      const key = `${row.appointment_id} ${row.start_at} ${row.lead_minutes}`
      if (known.has(key)) faults.push('the same reminder twice')
      known.add(key)
      const now = clinic.now()
      const real = truth.visits.get(row.appointment_id)
      const start = Date.parse(row.start_at)
      if (!real) faults.push('no such visit')
      else {
        if (real.status !== 'booked') faults.push(`visit is ${real.status}`)
        if (real.start !== start) faults.push('visit is at another time')
        if (truth.consent[real.who] !== 'yes') faults.push('no consent')
        if (mail.to[0] !== `p${real.who}@example.org`) faults.push('another patient’s mailbox')
        if (now - real.changed < 3 * minute) faults.push('within the grace')
      }
      if (isNight(now)) faults.push('at night')
      if (now >= start || now < start - row.lead_minutes * minute) faults.push('outside of its time')
    }
  }

  for (const each of ops) {
    switch (each.do) {
      case 'book': {
        const patientId = ids[each.who]
        if (patientId === undefined || truth.visits.size > 5) break
        const start = Math.floor(clinic.now() / minute) * minute + each.ahead * minute
        const id = bookVisit(clinic, patientId, start)
        truth.visits.set(id, { who: each.who, start, status: 'booked', changed: clinic.now() })
        break
      }
      case 'move': {
        const id = nth(each.visit)
        const real = id === undefined ? undefined : truth.visits.get(id)
        if (id === undefined || !real) break
        real.start = Math.floor(clinic.now() / minute) * minute + each.ahead * minute
        real.changed = clinic.now()
        moveVisit(clinic, id, real.start)
        break
      }
      case 'cancel':
      case 'restore':
      case 'arrive': {
        const id = nth(each.visit)
        const real = id === undefined ? undefined : truth.visits.get(id)
        if (id === undefined || !real) break
        real.status = { cancel: 'cancelled', restore: 'booked', arrive: 'arrived' }[each.do]
        real.changed = clinic.now()
        setVisitStatus(clinic, id, real.status)
        break
      }
      case 'consent': {
        const patientId = ids[each.who]
        if (patientId === undefined) break
        truth.consent[each.who] = each.status
        for (const session of clinic.clinic.services.sessions.list())
          clinic.clinic.services.sessions.end(session)
        const desk = clinic.as('reception')
        const { rev } = await desk.reminders.consent({ patientId })
        await desk.reminders.setConsent({ patientId, channel: 'email', status: each.status, rev })
        break
      }
      case 'run':
        clinic.tick(each.minutes * minute)
        await clinic.clinic.runDueJobs()
        break
      case 'crash':
        // As if the process had died after the mail server took a message and before that was written down.
        clinic.transact((ctx) => {
          const [last] = ctx.read.list((db) =>
            db
              .selectFrom('reminder_send')
              .selectAll()
              .where('state', '=', 'sent')
              .orderBy('state_at', 'desc')
              .limit(1),
          )
          if (last) ctx.write.update(syncedTableNamed('reminder_send'), last.id, 'any', { state: 'sending' })
        })
        break
      case 'server':
        server.manner = () => each.manner
        break
    }
    check()
  }
  return faults
}

test(
  'C9: no sequence of acts, runs, crashes and server faults sends a reminder twice or to whom it must not',
  async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(op, { minLength: 25, maxLength: 60 }), async (ops) => {
        expect(await live([{ do: 'book', who: 0, ahead: 49 * 60 }, ...ops])).toEqual([])
      }),
      { numRuns: process.env.OSLER_NIGHT === '1' ? 400 : 25, seed: 20260302, endOnFailure: true },
    )
    // The days were not empty.
    expect(taken).toBeGreaterThan(30)
  },
  120_000 + (process.env.OSLER_NIGHT === '1' ? 1_800_000 : 0),
)

test('the account would notice: a day with a known mail counts it', async () => {
  const before = taken
  const faults = await live([
    { do: 'book', who: 0, ahead: 49 * 60 },
    { do: 'run', minutes: 61 },
    { do: 'run', minutes: 5 },
    { do: 'crash' },
    { do: 'run', minutes: 11 },
    { do: 'run', minutes: (2 * hour) / minute },
  ])
  expect(faults).toEqual([])
  expect(taken - before).toBe(1)
})
