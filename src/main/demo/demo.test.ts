// The demo clinic as a visitor finds it: opened through the host, read through dispatch, signatures and all.
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { beforeAll, afterAll, expect, test } from 'vitest'
import type { ClinicHost } from '#core/host.ts'
import type { CompositionId, PatientId } from '#shared/ids.ts'
import { demoPassword } from '#shared/demo.ts'
import { type Client, clientFor } from '#testkit/client.ts'
import { type TestHost, testCaller, testHost } from '#testkit/host.ts'
import { demoClinic } from './demo-clinic.ts'
import { readDemoPatients } from './demo-data.ts'
import { demoDays } from './demo-days.ts'

const resources = path.resolve(import.meta.dirname, '../../../resources')
const bundled = path.join(resources, 'demo/patients.ndjson.gz')

let folder: TestHost
let host: ClinicHost
let keller: Client
let fillCpuMs = 0
/** Opened once for all tests: every opening is audited, and that costs a sync each. */
const charts = new Map<PatientId, Awaited<ReturnType<Client['chart']['open']>>>()

function clientOf(caller: ReturnType<typeof testCaller>): Client {
  return clientFor((procedure, input, opId) => host.dispatch({ procedure, input, opId }, caller))
}

async function signedIn(username: string): Promise<Client> {
  const client = clientOf(testCaller(username))
  await client.session.signIn({ username, password: demoPassword })
  return client
}

beforeAll(async () => {
  folder = testHost()
  host = await folder.open({ demo: demoClinic(resources) })
  const caller = testCaller()
  const started = process.cpuUsage()
  const reply = await host.bootstrap('openDemo', { locale: 'en' }, caller)
  const used = process.cpuUsage(started)
  fillCpuMs = (used.user + used.system) / 1000
  if (!reply.ok) throw new Error(reply.error.code)
  keller = clientOf(caller)
  for (const { id } of everybody()) charts.set(id, await keller.chart.open({ patientId: id }))
}, 60_000)
afterAll(() => folder[Symbol.asyncDispose]())

const everybody = () =>
  host
    .clinic()
    ?.read((r) => r.list((db) => db.selectFrom('patient').select(['id', 'name_text']).orderBy('n')))
    .map((p) => ({ id: p.id as PatientId, name: p.name_text })) ?? []

test('about sixty patients are there, made with less than ten seconds of work', async () => {
  const people = everybody()
  const { patients } = await keller.patients.search({ text: 'murphy' })

  expect(people).toHaveLength(60)
  expect(patients.length).toBeGreaterThanOrEqual(5)
  expect(fillCpuMs).toBeLessThan(10_000)
  expect((await keller.session.me({})).clinic).toMatchObject({
    isDemo: true,
    name: 'Lee Valley Family Practice',
  })
})

test('names come in many scripts, of one word and of six', () => {
  const names = everybody().map((p) => p.name)
  for (const script of [
    'Arabic',
    'Han',
    'Cyrillic',
    'Greek',
    'Hebrew',
    'Devanagari',
    'Hangul',
    'Thai',
    'Ethiopic',
  ]) {
    expect(names.filter((n) => new RegExp(`\\p{Script=${script}}`, 'u').test(n))).not.toEqual([])
  }
  const wordCounts = new Set(names.map((n) => n.split(/\s+/).length))
  expect(wordCounts).toContain(1)
  expect(wordCounts).toContain(7)
  expect(names.some((n) => n.includes('’') && n.includes('-'))).toBe(true)
})

test('a patient is found by the Latin spelling of a name in another script', async () => {
  const { patients } = await keller.patients.search({ text: 'wang xiuying' })
  expect(patients.map((p) => p.name)).toEqual(['王秀英'])
})

test('every chart opens, and the signature under its newest note is valid', async () => {
  let visits = 0
  for (const [patientId, chart] of charts) {
    visits += chart.totals.encounters
    expect(chart.timeline.length).toBeGreaterThan(0)
    const newest = chart.notes[0]?.id as CompositionId
    expect(await keller.notes.get({ patientId, id: newest })).toMatchObject({ signature: 'valid' })
  }
  expect(visits).toBeGreaterThan(400)
})

test('allergies are recorded, known to be none, or not asked yet', () => {
  const states = [...charts.values()].map((chart) => chart.allergies.state)
  expect(new Set(states)).toEqual(new Set(['recorded', 'none-known', 'not-recorded']))
})

test('somebody with diabetes and weak kidneys has trends worth drawing', async () => {
  const found = everybody().find((p) => p.name === '王秀英')
  if (!found) throw new Error('not there')
  const chart = charts.get(found.id)
  const results = await keller.chart.results({ patientId: found.id })
  const hba1c = results.items.filter((r) => r.display === 'HbA1c')

  expect(chart?.problems.map((p) => p.code)).toEqual(expect.arrayContaining(['E11.9', 'I10', 'N18.3']))
  expect(chart?.vitals.find((v) => v.key === 'blood-pressure')?.series.length).toBeGreaterThan(5)
  expect(hba1c.length).toBeGreaterThan(4)
  expect(results.items.flatMap((r) => r.results).some((r) => r.interpretation === 'H')).toBe(true)
})

test('a note was begun today and waits for its author', async () => {
  const drafts = await keller.notes.myDrafts({})
  expect(drafts).toMatchObject([{ patientName: 'Hannah Weiss', title: 'Hypertension review' }])
})

test('the day is under way: visits in every state, a note begun for the one with the doctor, money taken', async () => {
  const desk = await signedIn('samira.haddad')
  const { today, resources } = await desk.scheduling.setup({})
  const { appointments } = await desk.scheduling.calendar({ date: today, withCancelled: true })
  const states = new Set(appointments.map((a) => a.status))
  expect([...states].sort()).toEqual(
    expect.arrayContaining(['arrived', 'booked', 'cancelled', 'done', 'roomed', 'with-doctor']),
  )
  expect(resources.filter((r) => r.kind === 'provider')).toHaveLength(3)

  const [draft] = await keller.notes.myDrafts({})
  const begun = appointments.find((a) => a.patientId === draft?.patientId)
  expect(begun).toMatchObject({ status: 'with-doctor' })
  const chart = await keller.chart.open({ patientId: draft?.patientId as PatientId })
  expect(chart.drafts).toMatchObject([{ encounterId: begun?.encounterId }])

  const { lines } = await desk.billing.checkouts({})
  expect(lines.length).toBeGreaterThanOrEqual(5)
  const invoices = await desk.billing.invoices({ state: 'open', withTotals: true })
  expect(invoices.openCount).toBeGreaterThanOrEqual(4)
  const yesterday = await desk.billing.day({})
  expect(yesterday.earlierOpen).toEqual([])
})

test('everybody on the staff comes in with the public password', async () => {
  for (const [username, role] of [
    ['kofi.osei', 'doctor'],
    ['lin.brandt', 'nurse'],
    ['samira.haddad', 'reception'],
    ['tomas.ferreira', 'lab'],
    ['grace.nolan', 'billing'],
    ['noor.hansen', 'privacy'],
    ['iveta.novak', 'admin'],
  ] as const) {
    const client = await signedIn(username)
    expect((await client.session.me({})).role).toBe(role)
  }
})

test('a visitor can sign a note as the second doctor', async () => {
  const osei = await signedIn('kofi.osei')
  const patientId = everybody()[0]?.id as PatientId
  const draft = await osei.notes.start({ patientId, title: 'Visit' })
  const body = {
    type: 'doc' as const,
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Well.' }] }],
  }
  const { step } = await osei.notes.saveDraft({ patientId, draftId: draft.id, step: 0, title: 'Visit', body })

  const note = await osei.notes.sign({ patientId, draftId: draft.id, step })

  expect(note).toMatchObject({ signature: 'valid', authorName: 'Dr. Kofi Osei' })
})

test('the clinic that was filled passes its own checks', () => {
  expect(host.clinic()?.verify()).toMatchObject({ ok: true })
})

test('the bundled patients are what the stories make', async () => {
  const script = pathToFileURL(path.resolve(resources, '../scripts/demo/make-patients.mjs')).href
  const { demoLines } = (await import(script)) as { demoLines: () => string }
  const fresh = demoLines().trimEnd().split('\n')
  const packed = readDemoPatients(bundled)

  expect(packed).toEqual(fresh.map((line) => JSON.parse(line) as unknown))
})

test('the practice sees nobody at weekends', () => {
  const days = demoDays(Date.UTC(2026, 2, 2, 8))
  const weekdays = Array.from({ length: 40 }, (_, n) => new Date(days.at(n, 600)).getUTCDay())
  expect(weekdays).not.toContain(0)
  expect(weekdays).not.toContain(6)
})
