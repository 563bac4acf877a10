// Who may set up reminders and read about them; what a screen is never told; who agreed, and who wrote that down.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import { bookVisit, day, minute, patientWith, runFor, setUpServer } from '#testkit/reminding.ts'
import { mailServer } from '#testkit/mail-server.ts'
import * as queries from './queries.ts'
import { openMailSession } from './smtp.ts'

const account = {
  rev: 0,
  enabled: true,
  host: 'mail.example.org',
  port: 587,
  tls: 'starttls',
  userName: 'desk',
  password: 'zq-mail-secret',
  fromName: 'Praxis',
  fromAddress: 'desk@clinic.example',
  replyTo: null,
} as const

test('the password is kept and never told: not to a screen, not in the log, not in what is synced', async () => {
  await using clinic = await testClinic()
  const admin = clinic.as('admin')
  const saved = await admin.reminders.saveMail(account)
  expect(saved).toMatchObject({ passwordSet: true, rev: 1 })
  const shown = await admin.reminders.settings({})
  expect(JSON.stringify([saved, shown, clinic.audit()])).not.toContain('zq-mail-secret')
  const db = clinic.raw()
  const bodies = db.prepare('select body from sync_commit').pluck().all() as Uint8Array[]
  const results = db.prepare('select result from op_result').pluck().all() as string[]
  db.close()
  expect(bodies.some((b) => Buffer.from(b).includes('zq-mail-secret'))).toBe(false)
  expect(results.join('\n')).not.toContain('zq-mail-secret')
  // Left out: kept. For another server: not handed on.
  const { password: _, ...rest } = account
  expect(await admin.reminders.saveMail({ ...rest, rev: 1, fromName: 'Praxis am Markt' })).toMatchObject({
    passwordSet: true,
  })
  await expect(admin.reminders.saveMail({ ...rest, rev: 2, host: 'evil.example.org' })).rejects.toMatchObject(
    {
      code: 'INVALID_INPUT',
      details: { fields: ['password: required'] },
    },
  )
})

test('who saw an older version is told, and unencrypted mail is for this computer alone', async () => {
  await using clinic = await testClinic()
  const admin = clinic.as('admin')
  await admin.reminders.saveMail(account)
  await expect(admin.reminders.saveMail(account)).rejects.toMatchObject({ code: 'CONFLICT' })
  await expect(admin.reminders.saveMail({ ...account, rev: 1, tls: 'none' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  for (const host of ['http://x', 'a b', 'x:25', 'x/y', '']) {
    await expect(admin.reminders.saveMail({ ...account, rev: 1, host }), host).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  }
  for (const fromName of ['A\r\nBcc: x@y.zz', '\u202Ecod']) {
    await expect(admin.reminders.saveMail({ ...account, rev: 1, fromName })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  }
})

test('an admin sees how sending goes and no patient; a desk does not see the account', async () => {
  await using server = await mailServer()
  await using clinic = await testClinic()
  await setUpServer(clinic, server)
  bookVisit(clinic, await patientWith(clinic), clinic.now() + 2 * day + 30 * minute)
  await runFor(clinic, 40 * minute, 10 * minute)
  const seen = await clinic.as('admin').reminders.log({})
  expect(seen.entries).toMatchObject([
    { state: 'sent', patientName: null, patientId: null, address: null, body: null },
  ])
  const desk = clinic.as('reception')
  expect((await desk.reminders.log({})).entries).toMatchObject([
    { patientName: 'Ana Sol', address: 'ana@example.org' },
  ])
  await expect(desk.reminders.settings({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(desk.reminders.testMail({ to: 'a@example.org' })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(clinic.as('billing').reminders.log({})).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('without the one care team a doctor reads the reminders of the own patients only', async () => {
  await using server = await mailServer()
  await using clinic = await testClinic({ oneCareTeam: false })
  await setUpServer(clinic, server)
  const patientId = await patientWith(clinic)
  bookVisit(clinic, patientId, clinic.now() + 2 * day + 30 * minute)
  await runFor(clinic, 40 * minute, 10 * minute)
  expect((await clinic.as('doctor').reminders.log({})).entries).toEqual([])
  await expect(clinic.as('doctor').reminders.ofPatient({ patientId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('consent is asked, recorded with who and when, withdrawn, and a stale screen is told', async () => {
  await using clinic = await testClinic()
  const patientId = await patientWith(clinic, { consent: 'unknown' })
  const desk = clinic.as('reception')
  expect(await desk.reminders.consent({ patientId })).toMatchObject({
    status: 'unknown',
    rev: 0,
    recordedAt: null,
    address: 'ana@example.org',
  })
  const given = await desk.reminders.setConsent({ patientId, channel: 'email', status: 'yes', rev: 0 })
  expect(given).toMatchObject({ status: 'yes', recordedByName: 'Test reception', rev: 1 })
  await expect(
    desk.reminders.setConsent({ patientId, channel: 'email', status: 'no', rev: 0 }),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(
    await desk.reminders.setConsent({ patientId, channel: 'email', status: 'no', rev: 1 }),
  ).toMatchObject({
    status: 'no',
  })
  expect(clinic.auditOf('consent.record').map((a) => [a.outcome, a.detail])).toEqual([
    ['ok', 'email yes'],
    ['refused', null],
    ['ok', 'email no'],
  ])
  await expect(clinic.as('admin').reminders.consent({ patientId })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('a template takes placeholders of the list only; the built-in words come back', async () => {
  await using clinic = await testClinic()
  const admin = clinic.as('admin')
  const own = { language: 'en', subject: 'See you {date}', body: 'At {time}, {patient.given}.', rev: 0 }
  for (const body of ['{diagnosis}', 'Hello {patient.birthDate}', '{}']) {
    await expect(admin.reminders.saveTemplate({ ...own, body })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
  }
  await expect(admin.reminders.saveTemplate({ ...own, subject: 'a\r\nBcc: x' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  expect(await admin.reminders.saveTemplate(own)).toMatchObject({ rev: 1, hasBuiltIn: true })
  await admin.reminders.saveTemplate({ ...own, language: 'pt-BR' })
  await admin.reminders.removeTemplate({ language: 'en', rev: 1 })
  const { templates } = await admin.reminders.settings({})
  expect(templates.map((t) => [t.language, t.rev])).toEqual([
    ['en', 0],
    ['ar', 0],
    ['pt-BR', 1],
  ])
})

test('a server that keeps silent is given up in time; what it may have taken is unclear', async () => {
  await using server = await mailServer({ tls: 'none' })
  const smtp = {
    host: '127.0.0.1',
    port: server.port,
    tls: 'none',
    caPem: null,
    userName: null,
    password: null,
    fromName: 'Praxis',
    fromAddress: 'desk@clinic.example',
    replyTo: null,
  } as const
  const mail = {
    to: { name: 'Ana', address: 'ana@example.org' },
    subject: 'x',
    text: 'x',
    language: 'en',
    messageId: '<1@clinic.example>',
    at: new Date(0),
  }
  const quick = { timeouts: { connectMs: 500, answerMs: 300 } }
  server.manner = () => 'silent'
  const session = await openMailSession(smtp, quick)
  expect(await session.send(mail)).toEqual({ kind: 'unclear' })
  expect(session.isAlive()).toBe(false)
  session.close()
  // An address that could break the protocol goes nowhere.
  server.manner = () => null
  const second = await openMailSession(smtp, quick)
  const evil = { ...mail, to: { name: 'x', address: 'a@b.cc>\r\nRCPT TO:<c@d.ee' } }
  expect((await second.send(evil)).kind).toBe('refused')
  second.close()
  expect(server.mails).toEqual([])
})

test('nothing walks through a whole table', async () => {
  await using clinic = await testClinic()
  const allowed = /^(settingRow|templateRows): /
  expect(tableWalks(clinic, queriesOf(queries)).filter((walk) => !allowed.test(walk))).toEqual([])
})
