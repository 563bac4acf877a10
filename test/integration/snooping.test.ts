// AUD-09: twelve snoops are found, two hundred normal days raise next to nothing.
import { expect, test } from 'vitest'
import { patientAddress } from '#modules/patients/main/tables.ts'
import { lookForSnoops, type SnoopReason, snoopsOf } from '#modules/audit/main/snooping.ts'
import { schedulable, appointment } from '#modules/scheduling/main/tables.ts'
import { userAccount } from '#modules/people/main/tables.ts'
import type { Role } from '#shared/permissions.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { seededRandom } from '#testkit/random.ts'

const day = 86_400_000
const staff: readonly (readonly [Role, string])[] = [
  ['doctor', 'Dr. Maria Keller'],
  ['nurse', 'Jonas Brandt'],
  ['reception', 'Lena Vogel'],
  ['billing', 'Omar Said'],
]

let works = 0
/** Work changes a row; a look changes none. */
function look(clinic: TestClinic, role: Role, patient: string, wrote = false): void {
  const actor = {
    userId: clinic.userId(role),
    userName: role,
    role,
    roles: [role],
    sessionId: 's'.repeat(32),
  }
  const act = {
    action: wrote ? 'note.sign' : 'chart.open',
    category: 'clinical',
    patients: [patient],
  } as const
  clinic.clinic.transact({ actor, door: 'ipc' }, act, (ctx) => {
    if (wrote) ctx.write.update(userAccount, clinic.userId(role), 'any', { locale: `w${++works}` })
  })
}

async function practice() {
  const clinic = await testClinic({ startAt: Date.UTC(2026, 2, 2, 9) })
  const provider = clinic.transact((ctx) => {
    for (const [role, name] of staff) ctx.write.update(userAccount, clinic.userId(role), 'any', { name })
    return ctx.write.insert(schedulable, {
      kind: 'provider',
      name: 'Dr. Keller',
      user_id: clinic.userId('doctor'),
      colour: 'teal',
      position: 1,
      active: 1,
    } as never)
  })
  const register = async (name: string, street: string | null = null) => {
    const { id } = await clinic.as('reception').patients.register({ name, gender: 'unknown' })
    if (street !== null)
      clinic.transact((ctx) =>
        ctx.write.insert(patientAddress, {
          patient_id: id,
          use: 'home',
          lines: street,
          city: 'Kiel',
          postal_code: '24103',
        }),
      )
    return id as string
  }
  const book = (patient: string) =>
    clinic.transact((ctx) =>
      ctx.write.insert(appointment, {
        patient_id: patient,
        start_at: ctx.now,
        end_at: new Date(ctx.nowMs + 600_000).toISOString(),
        provider_id: provider,
        status: 'booked',
        closed_late: 0,
        detached: 0,
        walk_in: 0,
        booked_at: ctx.now,
      } as never),
    )
  return { clinic, register, book }
}

test('AUD-09: 12 seeded snoops are found, each for its reason', async () => {
  const { clinic, register, book } = await practice()
  const date = '2026-05-04'
  const own = await register('Jonas Brandt', 'Lindenweg 4')
  const named = await Promise.all(['Anna Keller', 'Ute Brandt', 'Paul Vogel'].map((name) => register(name)))
  const neighbours = [
    await register('Hans Petersen', 'Lindenweg 11'),
    await register('Ida Lund', 'Lindenweg 2 b'),
  ]
  const colleague = await register('Omar Said')
  const strangers = await Promise.all(['Kai Olsen', 'Mia Juhl', 'Finn Dahl'].map((name) => register(name)))
  const watched = await register('Noa Winter')
  const asleep = await register('Elin Storm')
  // Registering is work; by spring it explains nothing any more.
  clinic.setWall(Date.parse('2026-05-02T09:00:00Z'))
  for (const id of [...named, ...neighbours, colleague, watched, asleep]) book(id)
  for (const at of ['2026-05-02T10:00:00Z', '2026-05-03T10:00:00Z']) {
    clinic.setWall(Date.parse(at))
    look(clinic, 'billing', watched)
  }
  clinic.setWall(Date.parse(`${date}T09:00:00Z`))
  const seeded: [Role, string, SnoopReason][] = [
    ['doctor', named[0] ?? '', 'surname'],
    ['nurse', named[1] ?? '', 'surname'],
    ['reception', named[2] ?? '', 'surname'],
    ['nurse', neighbours[0] ?? '', 'street'],
    ['nurse', neighbours[1] ?? '', 'street'],
    ['reception', colleague, 'colleague'],
    ['nurse', own, 'colleague'],
    ['billing', strangers[0] ?? '', 'no-relation'],
    ['reception', strangers[1] ?? '', 'no-relation'],
    ['nurse', strangers[2] ?? '', 'no-relation'],
    ['billing', watched, 'repeated'],
  ]
  // The doctor sees all that are booked with her; a look at a namesake needs one that is not.
  seeded[0] = ['billing', await register('Zora Said'), 'surname']
  for (const [role, patient] of seeded) look(clinic, role, patient)
  clinic.setWall(Date.parse(`${date}T21:30:00Z`))
  look(clinic, 'nurse', asleep)
  const all: [Role, string, SnoopReason][] = [...seeded, ['nurse', asleep, 'night']]
  const found = clinic.read((read) => snoopsOf(read, date))
  const missed = all.filter(
    ([role, patient, reason]) =>
      !found.some(
        (s) => s.userId === clinic.userId(role) && s.patientId === patient && s.reasons.includes(reason),
      ),
  )
  expect(all).toHaveLength(12)
  expect(missed).toEqual([])
  // The job opens an item for each, once however often it runs, and tells the privacy officer.
  clinic.setWall(Date.parse('2026-05-05T03:00:00Z'))
  const job = {
    signal: new AbortController().signal,
    now: () => clinic.now(),
    read: (run: never) => clinic.read(run),
    transact: (act: never, run: never) => clinic.clinic.transact({ actor: null, door: 'job' }, act, run),
  } as never
  await lookForSnoops(job)
  await lookForSnoops(job)
  const { reviews } = await clinic.as('privacy').oversight.reviews({ limit: 100 })
  expect(reviews.filter((r) => r.subject.startsWith(`day:${date}`)).length).toBe(found.length)
  expect((await clinic.as('privacy').oversight.notices({})).notices[0]?.kind).toBe('snooping')
  await clinic[Symbol.asyncDispose]()
})

test('AUD-09: of 200 normal days at most 2 % raise anything', async () => {
  const { clinic, register, book } = await practice()
  const random = seededRandom(909)
  const given = ['Anna', 'Ben', 'Clara', 'David', 'Emil', 'Frida', 'Georg', 'Hilda']
  const family = [
    'Albers',
    'Brandt',
    'Claussen',
    'Dahl',
    'Ehlers',
    'Falk',
    'Keller',
    'Harms',
    'Iversen',
    'Jansen',
    'Vogel',
    'Kruse',
  ]
  const people: string[] = []
  for (let n = 0; n < 60; n++)
    people.push(await register(`${given[n % 8] ?? ''} ${family[n % 12] ?? ''}`, `Hafenstr. ${n}`))
  const any = () => people[Math.floor(random() * people.length)] ?? ''
  let raised = 0
  let start = Date.UTC(2026, 3, 6, 7)
  for (let n = 0; n < 200; n++, start += day) {
    clinic.setWall(start)
    for (let visit = 0; visit < 2; visit++) {
      const patient = any()
      book(patient)
      // The desk books and checks in, the nurse measures, the doctor looks and writes, billing makes the invoice.
      look(clinic, 'reception', patient, true)
      look(clinic, 'nurse', patient, true)
      look(clinic, 'doctor', patient)
      look(clinic, 'doctor', patient, true)
      if (random() < 0.5) look(clinic, 'billing', patient, true)
    }
    const date = new Date(start).toISOString().slice(0, 10)
    if (clinic.read((read) => snoopsOf(read, date)).length > 0) raised += 1
  }
  expect(raised).toBeLessThanOrEqual(4)
  await clinic[Symbol.asyncDispose]()
}, 120_000)
