// Reminders against a real mail server on loopback: what goes out, when, to whom, and what happens when it does not.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { testClinic, testStart } from '#testkit/clinic.ts'
import { type MailServer, mailServer } from '#testkit/mail-server.ts'
import {
  bookVisit,
  day,
  hour,
  jobState,
  minute,
  moveVisit,
  patientWith,
  runFor,
  setVisitStatus,
  setUpServer,
} from '#testkit/reminding.ts'

let server: MailServer
beforeAll(async () => {
  server = await mailServer()
})
afterAll(() => server.close())
beforeEach(() => {
  server.mails.length = 0
  server.manner = () => null
  server.refuseRecipient = () => null
})

// Monday 08:00 UTC is 09:00 in Berlin: quiet hours are over.
const inTwoDays = testStart + 2 * day + 30 * minute

const logOf = async (clinic: Awaited<ReturnType<typeof testClinic>>) =>
  (await clinic.as('reception').reminders.log({})).entries

test('two days before the visit one mail goes out, encrypted, with nothing about why; a second run sends nothing', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  const patientId = await patientWith(clinic)
  bookVisit(clinic, patientId, inTwoDays)
  await runFor(clinic, 29 * minute)
  expect(server.mails).toHaveLength(0)
  await runFor(clinic, 2 * hour)
  expect(server.mails).toHaveLength(1)
  const [mail] = server.mails
  expect(mail).toMatchObject({ from: 'desk@clinic.example', to: ['ana@example.org'], encrypted: true })
  expect(mail?.text).toContain('Dear Ana')
  expect(mail?.text).toContain('Wednesday, March 4, 2026 at 9:30')
  expect(mail?.headers).toMatchObject({
    subject: 'Your visit on Wednesday, March 4, 2026',
    from: 'Praxis am Markt <desk@clinic.example>',
    'auto-submitted': 'auto-generated',
  })
  expect(await logOf(clinic)).toMatchObject([
    { state: 'sent', leadMinutes: 2880, tries: 1, patientName: 'Ana Sol' },
  ])
  expect(clinic.auditOf('reminder.send')).toHaveLength(1)
  expect(clinic.auditOf('reminder.send')[0]?.patient_alias).toBeTruthy()
})

test('the second reminder comes two hours before; after the visit nothing does', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  bookVisit(clinic, await patientWith(clinic), inTwoDays)
  await runFor(clinic, 3 * day, 10 * minute)
  expect(server.mails).toHaveLength(2)
  expect(new Set(server.mails.map((m) => m.headers['message-id'])).size).toBe(2)
})

test('nobody is written to without consent, without an address, or after death; the log says why', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  const silent = await patientWith(clinic, { consent: 'unknown' })
  const refused = await patientWith(clinic, { consent: 'no' })
  const unreachable = await patientWith(clinic, { email: null })
  const odd = await patientWith(clinic, { email: 'ana at example' })
  for (const id of [silent, refused, unreachable, odd]) bookVisit(clinic, id, inTwoDays)
  await runFor(clinic, 2 * hour, 10 * minute)
  expect(server.mails).toHaveLength(0)
  const entries = await logOf(clinic)
  const reasonOf = (id: string) => entries.find((e) => e.patientId === id)?.reason
  expect([silent, refused, unreachable, odd].map(reasonOf)).toEqual([
    'no-consent',
    'no-consent',
    'no-address',
    'bad-address',
  ])
  // Asked meanwhile: it is not too late.
  await clinic
    .as('reception')
    .reminders.setConsent({ patientId: silent, channel: 'email', status: 'yes', rev: 0 })
  await runFor(clinic, 10 * minute)
  expect(server.mails).toHaveLength(1)
})

test('three minutes of grace: what is cancelled or moved back within them sends nothing', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  const patientId = await patientWith(clinic)
  const tomorrow = testStart + 30 * hour
  const id = bookVisit(clinic, patientId, tomorrow)
  await runFor(clinic, 2 * minute)
  expect(server.mails).toHaveLength(0)
  setVisitStatus(clinic, id, 'cancelled')
  await runFor(clinic, 10 * minute)
  expect(server.mails).toHaveLength(0)
  expect(await logOf(clinic)).toMatchObject([{ state: 'skipped', reason: 'cancelled' }])
  // Brought back: planned again, once, after its own grace.
  setVisitStatus(clinic, id, 'booked')
  await runFor(clinic, 2 * minute)
  expect(server.mails).toHaveLength(0)
  await runFor(clinic, 10 * minute)
  expect(server.mails).toHaveLength(1)
})

test('a moved visit is reminded of at its new time, and the old time is not named again', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  const id = bookVisit(clinic, await patientWith(clinic), inTwoDays)
  await runFor(clinic, hour)
  expect(server.mails).toHaveLength(1)
  moveVisit(clinic, id, inTwoDays + day)
  await runFor(clinic, day + hour, 10 * minute)
  expect(server.mails).toHaveLength(2)
  expect(server.mails[1]?.text).toContain('March 5')
  // Moved there and back again: that time was named already.
  moveVisit(clinic, id, inTwoDays)
  await runFor(clinic, 30 * minute)
  expect(server.mails).toHaveLength(2)
})

test('moved before its reminder went out: only the new time is named', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  const id = bookVisit(clinic, await patientWith(clinic), testStart + 30 * hour)
  await runFor(clinic, 2 * minute)
  moveVisit(clinic, id, testStart + 31 * hour)
  await runFor(clinic, 10 * minute)
  expect(server.mails).toHaveLength(1)
  expect(server.mails[0]?.text).toContain('4:00')
  expect(
    (await logOf(clinic)).map((e) => `${e.state} ${e.reason}`).toSorted((a, b) => a.localeCompare(b)),
  ).toEqual(['sent null', 'skipped moved'])
})

test('in quiet hours nothing goes out; it waits for the morning', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  // Wednesday 06:30 in Berlin: due Monday 06:30, so not before 08:00 of the next day it is seen.
  bookVisit(clinic, await patientWith(clinic), Date.UTC(2026, 2, 5, 5, 30))
  await runFor(clinic, 22 * hour, 10 * minute)
  expect(server.mails).toHaveLength(0)
  expect(await logOf(clinic)).toMatchObject([{ state: 'planned', dueAt: '2026-03-03T07:00:00.000Z' }])
  await runFor(clinic, 2 * hour, 10 * minute)
  expect(server.mails).toHaveLength(1)
})

test('a visit type that is switched off gets none', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  const typeId = '01934b6a-0000-7000-8000-0000000000bb'
  const { timing } = await clinic.as('admin').reminders.settings({})
  await clinic.as('admin').reminders.saveTiming({ ...timing, typesOff: [typeId] })
  bookVisit(clinic, await patientWith(clinic), inTwoDays, typeId)
  await runFor(clinic, 2 * hour, 10 * minute)
  expect(await logOf(clinic)).toMatchObject([{ state: 'skipped', reason: 'type-off' }])
  expect(server.mails).toHaveLength(0)
})

test('a name with line ends adds no header; names and words of any script arrive as they are', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  const evil = await patientWith(clinic, {
    name: 'Eve\r\nBcc: other@example.org\r\n\r\nText',
    given: 'Eve\nBcc: other@example.org',
  })
  const arabic = await patientWith(clinic, {
    name: 'سلمى حداد',
    given: 'سلمى',
    language: 'ar',
    email: 's@example.org',
  })
  bookVisit(clinic, evil, inTwoDays)
  bookVisit(clinic, arabic, inTwoDays + minute)
  await runFor(clinic, 2 * hour, 10 * minute)
  const [first, second] = server.mails
  expect(first?.headers).not.toHaveProperty('bcc')
  expect(first?.to).toEqual(['ana@example.org'])
  expect(first?.raw.split('\r\n\r\n')[0]).not.toMatch(/^bcc:/im)
  expect(second?.headers.subject).toMatch(/^موعدك يوم الأربعاء/)
  expect(second?.headers['content-language']).toBe('ar')
  expect(second?.headers.to).toBe('سلمى حداد <s@example.org>')
  expect(second?.text).toContain('سلمى')
})

test('one connection carries all mails of a run, and a run stays within its rate', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  for (let i = 0; i < 35; i++) {
    bookVisit(clinic, await patientWith(clinic, { email: `p${i}@example.org` }), inTwoDays + i * minute)
  }
  const before = server.connections()
  await runFor(clinic, 2 * hour, 2 * hour)
  expect(server.mails).toHaveLength(30)
  expect(server.connections() - before).toBe(1)
  await runFor(clinic, minute)
  expect(server.mails).toHaveLength(35)
  expect(new Set(server.mails.map((m) => m.to[0])).size).toBe(35)
})

test('"try later" is tried later, further and further apart; a good answer ends it', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  bookVisit(clinic, await patientWith(clinic), inTwoDays)
  let asked = 0
  server.manner = () => (++asked < 4 ? { code: 451 } : null)
  await runFor(clinic, 35 * minute)
  expect(asked).toBe(2)
  expect(await logOf(clinic)).toMatchObject([{ state: 'planned', tries: 2, replyCode: 451 }])
  await runFor(clinic, 40 * minute)
  expect(asked).toBe(4)
  expect(server.mails).toHaveLength(1)
  expect(await logOf(clinic)).toMatchObject([{ state: 'sent', tries: 4 }])
})

test('"no such mailbox" is final, shown to the desk, and sent again by hand only, with a reason', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  const patientId = await patientWith(clinic)
  bookVisit(clinic, patientId, inTwoDays)
  server.refuseRecipient = () => 550
  await runFor(clinic, 2 * hour, 10 * minute)
  const desk = clinic.as('reception')
  const { entries } = await desk.reminders.log({ filter: 'attention' })
  expect(entries).toMatchObject([{ state: 'failed', reason: 'refused', replyCode: 550, tries: 1 }])
  const [entry] = entries
  if (!entry) throw new Error('no entry')
  server.refuseRecipient = () => null
  await runFor(clinic, hour, 10 * minute)
  expect(server.mails).toHaveLength(0)
  const again = {
    patientId,
    id: entry.id,
    rev: entry.rev,
    decision: 'send-again',
    reason: 'mailbox mended',
  } as const
  await expect(clinic.as('doctor').reminders.decide(again)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await desk.reminders.decide(again)
  await runFor(clinic, 2 * minute)
  expect(server.mails).toHaveLength(1)
  expect((await desk.reminders.log({ filter: 'attention' })).entries).toEqual([])
})

test('a connection that breaks after the message was handed over is unclear: never sent again by itself', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  const patientId = await patientWith(clinic)
  bookVisit(clinic, patientId, inTwoDays)
  server.manner = () => 'take-and-drop'
  await runFor(clinic, 40 * minute)
  server.manner = () => null
  await runFor(clinic, 5 * hour, 10 * minute)
  expect(server.mails).toHaveLength(1)
  const desk = clinic.as('reception')
  const [entry] = (await desk.reminders.log({ filter: 'unclear' })).entries
  expect(entry).toMatchObject({ state: 'unclear', reason: 'connection-lost', handled: false })
  if (!entry) throw new Error('no entry')
  await desk.reminders.decide({
    patientId,
    id: entry.id,
    rev: entry.rev,
    decision: 'leave',
    reason: 'patient says it came',
  })
  expect((await desk.reminders.log({ filter: 'attention' })).entries).toEqual([])
})

test('a server that cannot be reached costs no try; the health page says so; it works again when it is back', async () => {
  await using clinic = await testClinic()
  const away = await mailServer()
  await away.close()
  await setUpServer(clinic, away)
  bookVisit(clinic, await patientWith(clinic), inTwoDays)
  await runFor(clinic, 33 * minute)
  expect(await jobState(clinic)).toMatchObject({ outcome: 'failed', problem: 'unreachable' })
  expect((await clinic.as('admin').clinic.health({})).checks).toContainEqual({
    name: 'jobs',
    state: 'warning',
    value: 1,
  })
  expect(await logOf(clinic)).toMatchObject([{ state: 'planned', tries: 0 }])
  await setUpServer(clinic, server)
  await runFor(clinic, minute)
  expect(server.mails).toHaveLength(1)
  expect(await jobState(clinic)).toMatchObject({ outcome: 'ok', failures: 0 })
})

test('a certificate nobody vouches for, a server without encryption, a wrong password: nothing is sent, each is named', async () => {
  await using clinic = await testClinic()
  const admin = clinic.as('admin')
  const test = async () => (await admin.reminders.testMail({ to: 'me@example.org' })).problem
  await setUpServer(clinic, server, { caPem: null })
  expect(await test()).toBe('bad-certificate')
  await using plain = await mailServer({ tls: 'none' })
  await setUpServer(clinic, plain)
  expect(await test()).toBe('not-encrypted')
  await using guarded = await mailServer({ user: 'desk', password: 'right' })
  await setUpServer(clinic, guarded, { user: 'desk', password: 'wrong' })
  expect(await test()).toBe('wrong-login')
  await setUpServer(clinic, guarded, { user: 'desk', password: 'right' })
  expect(await test()).toBe(null)
  expect(guarded.mails).toHaveLength(1)
  expect(plain.mails).toHaveLength(0)
  await using implicit = await mailServer({ tls: 'implicit' })
  await setUpServer(clinic, implicit, { tls: 'implicit' })
  expect(await test()).toBe(null)
})

test('closing the clinic does not wait for a server that keeps silent; the message is a person’s to decide', async () => {
  const clinic = await testClinic()
  await setUpServer(clinic, server)
  bookVisit(clinic, await patientWith(clinic), inTwoDays)
  await runFor(clinic, 29 * minute)
  server.manner = () => 'silent'
  clinic.tick(2 * minute)
  const running = clinic.clinic.runDueJobs()
  await expect
    .poll(() => clinic.read((r) => r.list((db) => db.selectFrom('reminder_send').select('state'))))
    .toEqual([{ state: 'sending' }])
  const started = performance.now()
  await using again = await clinic.reopen()
  await running
  expect(performance.now() - started).toBeLessThan(10_000)
  expect(await logOf(again)).toMatchObject([{ state: 'unclear' }])
})

test('a clinic that was closed for a day sends what still helps and leaves out what does not', async () => {
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  bookVisit(clinic, await patientWith(clinic), inTwoDays)
  bookVisit(clinic, await patientWith(clinic, { email: 'b@example.org' }), testStart + 26 * hour)
  clinic.tick(24 * hour)
  await clinic.clinic.runDueJobs()
  await runFor(clinic, 5 * minute)
  // 24.5 hours left of 48: it goes out. 2 hours left: only the short one does.
  expect(new Set(server.mails.map((m) => m.to[0]))).toEqual(new Set(['ana@example.org', 'b@example.org']))
  expect(server.mails).toHaveLength(2)
  expect((await logOf(clinic)).map((e) => [e.leadMinutes, e.state, e.reason])).toContainEqual([
    2880,
    'skipped',
    'too-late',
  ])
})

test('switched off, nothing is planned and nothing is sent', async () => {
  await using clinic = await testClinic()
  bookVisit(clinic, await patientWith(clinic), inTwoDays)
  await runFor(clinic, 2 * hour, 10 * minute)
  expect(await logOf(clinic)).toEqual([])
  expect(clinic.auditOf('reminder.plan')).toEqual([])
})
