// Fifty strings of patient data go through the whole product as it runs (a host process of its own, real HTTPS, real key
// hashing); then every byte it left in data, temp, home and log folders is searched: none may stand there in clear (DB-02).
// The desktop's own profile, with Chromium's caches, is searched at the end of test/e2e/journey.ts.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { randomInt } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askNothing } from '../e2e/support/ask-nothing.ts'
import { openBox } from '../e2e/support/box.ts'
import { filesBelow, wordsInClear } from '../e2e/support/clear-text.ts'
import { WebCaller } from '../e2e/support/web-caller.ts'
import { WebHost } from '../e2e/support/web-host.ts'

const box = openBox()
const password = 'quiet harbour lantern 42 tulips'
const canaries: string[] = []
const consonants = 'bdfgklmnprstvz'
const vowels = 'aeiou'

/** A word nobody writes by accident; small letters, so that folding for the search index leaves it as it is. */
function canary(): string {
  const syllable = () => `${consonants[randomInt(consonants.length)]}${vowels[randomInt(vowels.length)]}`
  const word = `zx${Array.from({ length: 6 }, syllable).join('')}`
  canaries.push(word)
  return word
}

let host: WebHost
let caller: WebCaller

async function startHost(): Promise<void> {
  host = await WebHost.start({ dir: box.clinic, env: box.env })
  caller = new WebCaller(host, box.clinic)
}

beforeAll(async () => {
  await startHost()
  const created = await caller.bootstrap('create', {
    clinicName: 'Lindenhof',
    country: 'DE',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    locale: 'en-DE',
    admin: { name: 'Dr. Maria Keller', username: 'maria.keller', password, isDoctor: true },
    kit: 'later',
  })
  expect(created).toMatchObject({ ok: true })
  await askNothing((procedure, input) => caller.call(procedure, input))
})
afterAll(async () => {
  await host.end('SIGKILL')
  box.remove()
})

const textBlock = (text: string) => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const noteOf = (...texts: string[]) => ({
  type: 'doc',
  content: ['subjective', 'objective', 'assessment', 'plan'].flatMap((section, n) => [
    { type: 'sectionHeading', attrs: { section } },
    textBlock(texts[n] ?? 'none'),
  ]),
})

interface Patient {
  readonly id: string
  readonly rev: number
}
interface Draft {
  readonly id: string
  readonly step: number
}

/** Who somebody is, in every field there is; amended once, with flags on and off. */
async function registerSomebody(): Promise<string> {
  const person = {
    name: `${canary()} ${canary()}`,
    given: canary(),
    family: canary(),
    prefix: canary(),
    suffix: canary(),
    gender: 'female',
    birthDate: '1986-03-14',
    language: 'tr',
    identifiers: [
      {
        system: `urn:${canary()}`,
        typeCode: 'NI',
        typeDisplay: canary(),
        value: canary(),
        assigner: canary(),
      },
    ],
    telecoms: [
      { system: 'phone', use: 'mobile', value: canary(), rank: 1 },
      { system: 'email', use: 'home', value: `${canary()}@example.org`, rank: 2 },
    ],
    addresses: [
      {
        use: 'home',
        lines: canary(),
        city: canary(),
        district: canary(),
        state: canary(),
        postalCode: canary(),
        country: 'DE',
      },
    ],
    contacts: [{ relationship: 'MTH', name: canary(), phone: canary(), email: canary(), patientId: null }],
    otherNames: [{ use: 'maiden', text: canary(), family: canary(), given: canary() }],
  }
  const patient = await caller.call<Patient>('patients.register', person)
  const { registeredAt, recordNumber, flags, allergyState, id, ...rest } = await caller.call<
    Patient & Record<string, unknown>
  >('patients.get', { patientId: patient.id })
  expect([registeredAt, recordNumber, flags, allergyState].every((value) => value !== undefined)).toBe(true)
  await caller.call('patients.update', { ...rest, patientId: id, family: canary() })
  await caller.call('patients.addFlag', { patientId: id, kind: 'alert', text: canary() })
  const sticky = await caller.call<Patient>('patients.addFlag', {
    patientId: id,
    kind: 'sticky',
    text: canary(),
  })
  await caller.call('patients.removeFlag', {
    patientId: id,
    id: sticky.id,
    rev: sticky.rev,
    reason: canary(),
  })
  return id
}

/** A note typed and signed, an addendum, a correction, a draft thrown away, a draft left open. */
async function writeNotes(patientId: string): Promise<void> {
  const save = async (draft: Draft, title: string, body: unknown) =>
    (
      await caller.call<Draft>('notes.saveDraft', {
        patientId,
        draftId: draft.id,
        step: draft.step,
        title,
        body,
      })
    ).step
  const begin = () => caller.call<Draft>('notes.start', { patientId, encounterId: null, title: canary() })

  const note = await begin()
  const step = await save(note, canary(), noteOf(canary(), canary(), canary(), canary()))
  const signed = await caller.call<Patient>('notes.sign', { patientId, draftId: note.id, step })
  const addendum = await caller.call<Draft>('notes.startAddendum', { patientId, id: signed.id })
  const addendumStep = await save(addendum, canary(), { type: 'doc', content: [textBlock(canary())] })
  await caller.call('notes.sign', { patientId, draftId: addendum.id, step: addendumStep })
  await caller.call('notes.unlock', { patientId, id: signed.id, reason: `corrected because of ${canary()}` })
  const dropped = await begin()
  await save(dropped, canary(), noteOf(canary()))
  await caller.call('notes.dropDraft', { patientId, draftId: dropped.id })
  const left = await begin()
  await save(left, canary(), noteOf(canary()))
}

const bundle = () => ({
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    {
      resourceType: 'Patient',
      id: 'p1',
      name: [{ family: canary(), given: [canary()] }],
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${canary()}</div>` },
    },
    {
      resourceType: 'Condition',
      subject: { reference: 'Patient/p1' },
      code: { text: canary() },
      note: [{ text: canary() }],
    },
    {
      resourceType: 'AllergyIntolerance',
      patient: { reference: 'Patient/p1' },
      code: { text: canary() },
      reaction: [{ manifestation: [{ text: canary() }] }],
    },
    {
      resourceType: 'Observation',
      status: 'final',
      subject: { reference: 'Patient/p1' },
      code: { text: canary() },
      valueString: canary(),
    },
    // Has no table of its own: kept as it came.
    {
      resourceType: 'FamilyMemberHistory',
      status: 'completed',
      patient: { reference: 'Patient/p1' },
      name: canary(),
    },
  ].map((resource) => ({ resource })),
})

interface Batch {
  readonly status: string
  readonly counts: { readonly filed: number; readonly groups: number; readonly refused: number }
}

/** One good file and one that breaks in the middle of a name. */
async function importFiles(): Promise<void> {
  const batch = await caller.call<{ id: string }>('imports.create', { sourceName: 'Neighbour' })
  const send = async (bytes: Buffer) => {
    const name = `${canary()}.json`
    const { token } = await caller.call<{ token: string }>('imports.beginUpload', { batchId: batch.id, name })
    expect(await caller.upload(token, bytes)).toMatchObject({ ok: true })
  }
  await send(Buffer.from(JSON.stringify(bundle())))
  await send(Buffer.from(`{"resourceType":"Patient","name":[{"family":"${canary()}`))
  const now = () => caller.call<Batch>('imports.get', { batchId: batch.id })
  await expect.poll(async () => (await now()).status, { timeout: 30_000 }).toBe('ready')
  await caller.call('imports.start', { batchId: batch.id, careTeam: [] })
  await expect.poll(async () => (await now()).status, { timeout: 30_000 }).toBe('done')
  expect((await now()).counts.filed).toBeGreaterThan(0)
}

/** What people type and what goes wrong must not end in a log either. */
async function mistakes(patientId: string): Promise<void> {
  await caller.call('patients.search', { text: canary() })
  await caller.call('patients.findSimilar', { name: canary() })
  for (const [procedure, input] of [
    ['patients.register', { name: canary(), gender: canary(), surplus: canary() }],
    ['patients.get', { patientId: canary() }],
    [`patients.${canary()}`, {}],
    ['notes.saveDraft', { patientId, draftId: canary(), step: 0, title: canary(), body: { type: canary() } }],
    ['session.signIn', { username: canary(), password: canary() }],
  ] as const) {
    expect(await caller.try(procedure, input)).toMatchObject({ ok: false })
  }
}

const places = () => filesBelow(box.root)

test('DB-02 OPS-03: patient data stands nowhere in clear: not in data, logs, temp or home, open or killed or closed', async () => {
  const patientId = await registerSomebody()
  await writeNotes(patientId)
  await importFiles()
  await mistakes(patientId)
  expect(canaries.length).toBeGreaterThanOrEqual(50)
  expect(new Set(canaries).size).toBe(canaries.length)
  const [name] = canaries
  expect(await caller.call('patients.search', { text: name })).toMatchObject({
    patients: [{ id: patientId }],
  })
  expect(places().some((file) => file.endsWith('clinic.db-wal'))).toBe(true)
  expect(places().some((file) => file.endsWith('.log'))).toBe(true)

  expect(wordsInClear(box.root, canaries), 'while the clinic is open').toEqual([])
  await host.end('SIGKILL')
  expect(wordsInClear(box.root, canaries), 'after kill -9').toEqual([])

  await startHost()
  expect(await caller.bootstrap('unlock', { username: 'maria.keller', password })).toMatchObject({ ok: true })
  await host.end('SIGTERM')
  expect(wordsInClear(box.root, canaries), 'after it was closed').toEqual([])
})

test('the search finds what does stand in clear', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'osler-clear-'))
  try {
    writeFileSync(path.join(folder, 'a.log'), 'x zxbadobado x')
    writeFileSync(
      path.join(folder, 'b.bin'),
      Buffer.concat([Buffer.from([0]), Buffer.from('zxbadobado', 'utf16le')]),
    )
    writeFileSync(path.join(folder, 'zxbadobado.txt'), '')
    expect(wordsInClear(folder, ['zxbadobado'])).toHaveLength(3)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
