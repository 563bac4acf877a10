// The privacy officer at work, through the front door: requests, restriction, amendment, erasure, breach.
import { readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { mayUse, purposes } from '#modules/privacy/main/api.ts'
import { defaultRetention } from '#modules/privacy/shared/retention.ts'
import type { PatientId } from '#shared/ids.ts'
import { keepAside, writeTestKeyFile } from '#testkit/backup.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { recordDisclosure } from '#modules/audit/main/api.ts'
import { importFiles } from '#testkit/importing.ts'
import { pdfText } from '#testkit/pdf.ts'
import { withSecondPerson } from '#testkit/second-person.ts'
import { wordsInFiles } from '#testkit/page-scan.ts'

const dayMs = 86_400_000
const yearMs = 365.25 * dayMs
const register = (clinic: TestClinic, name: string, birthDate = '1960-01-02') =>
  clinic.as('reception').patients.register({ name, gender: 'female', birthDate })
const asked = { askedBy: 'The patient', identityCheck: 'Identity card seen', receivedOn: '2026-03-02' }

async function withRecord(clinic: TestClinic, word: string): Promise<PatientId> {
  await importFiles(clinic, 'admin', [
    [
      'file.json',
      {
        resourceType: 'Bundle',
        type: 'collection',
        entry: [
          {
            resource: {
              resourceType: 'Patient',
              id: word,
              name: [{ text: `${word} Person` }],
              birthDate: '1960-01-02',
            },
          },
          {
            resource: {
              resourceType: 'Encounter',
              id: `e${word}`,
              status: 'finished',
              class: { code: 'AMB' },
              subject: { reference: `Patient/${word}` },
              period: { start: '2024-05-06T08:00:00Z', end: '2024-05-06T09:00:00Z' },
            },
          },
          {
            resource: {
              resourceType: 'Condition',
              id: `c${word}`,
              subject: { reference: `Patient/${word}` },
              encounter: { reference: `Encounter/e${word}` },
              code: { text: `Migraine of ${word}` },
            },
          },
        ],
      },
    ],
  ])
  const found = clinic.read((r) =>
    r.list((db) => db.selectFrom('patient').select('id').where('name_text', '=', `${word} Person`)),
  )
  return found[0]?.id as PatientId
}
const rowOf = (clinic: TestClinic, table: 'condition' | 'encounter', patientId: string): string =>
  clinic.read((r) => r.list((db) => db.selectFrom(table).select('id').where('patient_id', '=', patientId)))[0]
    ?.id ?? ''

test('a request is entered, due by the clinic’s own law, answered once, and told in a letter', async () => {
  await using clinic = await testClinic()
  const officer = clinic.as('privacy')
  const one = await register(clinic, 'Anna Asker')
  const kept = await officer.privacy.settings({})
  await officer.privacy.saveSettings({ ...kept, days: 20 })
  const request = await officer.privacy.receive({ patientId: one.id, kind: 'copy', ...asked })
  expect(request).toMatchObject({ state: 'open', dueOn: '2026-03-22', patientName: 'Anna Asker' })
  await expect(
    officer.privacy.receive({ patientId: one.id, kind: 'copy', ...asked, receivedOn: '2026-03-04' }),
  ).rejects.toMatchObject({ code: 'INVALID_INPUT' })
  const before = { patientId: one.id, id: request.id, language: 'ar' as const }
  await expect(officer.privacy.letter(before)).rejects.toMatchObject({ code: 'WRONG_STATE' })
  const { id, rev } = request
  const answered = await officer.privacy.decide({
    patientId: one.id,
    id,
    rev,
    decision: 'refused',
    reason: 'Not the patient',
  })
  expect(answered).toMatchObject({ state: 'refused', decidedByName: 'Test privacy' })
  await expect(
    officer.privacy.decide({
      patientId: one.id,
      id,
      rev: answered.rev,
      decision: 'granted',
      reason: 'Anyway',
    }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })
  for (const language of ['en', 'ar'] as const) {
    const { token } = await officer.privacy.letter({ patientId: one.id, id, language })
    const download = clinic.clinic.download(token, clinic.caller(clinic.tokenOf('privacy')))
    const bytes = (await download?.open()) ?? new Uint8Array()
    expect(Buffer.from(bytes.subarray(0, 5)).toString()).toBe('%PDF-')
  }
  expect((await officer.privacy.requests({})).requests).toHaveLength(0)
  expect((await officer.privacy.requests({ show: 'all' })).requests).toHaveLength(1)
  // An admin sees that something is due, not for whom.
  const [line] = (await clinic.as('admin').privacy.requests({ show: 'all' })).requests
  expect(line).toMatchObject({ state: 'refused', patientName: null, patientId: null })
})

test('PRIV-03: a locked record serves care, legal claims and consent, and nothing else', async () => {
  await using clinic = await testClinic()
  const officer = clinic.as('privacy')
  const patientId = await withRecord(clinic, 'Locked')
  const item = { table: 'condition', id: rowOf(clinic, 'condition', patientId) }
  const visit = rowOf(clinic, 'encounter', patientId)
  const answers = (which?: Parameters<typeof mayUse>[3]) =>
    clinic.read((read) => purposes.filter((purpose) => mayUse(read, patientId, purpose, which)))
  const every = [...purposes]
  const careOnly = ['care', 'legal', 'consent']
  expect(answers()).toEqual(every)

  const onItem = await officer.privacy.restrict({
    patientId,
    scope: 'item',
    targetTable: 'condition',
    targetId: item.id,
    reason: 'Disputed',
  })
  expect(answers()).toEqual(every)
  expect(answers(item)).toEqual(careOnly)
  await officer.privacy.lift({ patientId, id: onItem.id, rev: onItem.rev, reason: 'Settled' })
  expect(answers(item)).toEqual(every)

  await officer.privacy.restrict({
    patientId,
    scope: 'self-pay',
    targetTable: 'encounter',
    targetId: visit,
    reason: 'Paid in cash',
  })
  expect(answers({ ...item, encounterId: visit })).toEqual(every.filter((p) => p !== 'payment'))
  expect(answers({ table: 'encounter', id: visit })).toEqual(every.filter((p) => p !== 'payment'))
  expect(answers()).toEqual(every)

  const record = await officer.privacy.restrict({
    patientId,
    scope: 'record',
    reason: 'Asked for in writing',
  })
  expect(answers()).toEqual(careOnly)
  expect(await clinic.as('doctor').privacy.marks({ patientId })).toEqual({
    isRestricted: true,
    items: [],
    selfPay: [visit],
  })

  // Every path of a role that is not care: one answer, as if the record were not there.
  const read = { admin: 'NOT_FOUND', billing: 'NOT_FOUND' } as const
  for (const [role, code] of Object.entries(read) as [keyof typeof read, string][]) {
    await expect(clinic.as(role).patients.get({ patientId })).rejects.toMatchObject({ code })
    const { patients } = await clinic.as(role).patients.search({ text: 'locked' })
    expect(patients).toEqual([])
  }
  await expect(clinic.as('billing').billing.account({ patientId } as never)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await clinic.as('doctor').chart.open({ patientId })
  expect((await clinic.as('reception').patients.search({ text: 'locked' })).patients).toHaveLength(1)
  const copy = {
    patientId,
    recipientKind: 'other',
    recipient: 'An insurer',
    purpose: 'Claim',
    language: 'en',
  } as const
  await expect(officer.privacy.exportRecord({ ...copy, consent: false })).rejects.toMatchObject({
    code: 'RESTRICTED',
  })
  await officer.privacy.exportRecord({ ...copy, consent: true })
  await clinic.clinic.services.jobs.idle()
  // PRIV-06: what went to somebody outside is in the list of disclosures, once, by the act itself; a refused one is not,
  // and neither is what the patient takes along.
  await officer.privacy.exportRecord({ ...copy, recipientKind: 'patient', consent: true })
  await clinic.clinic.services.jobs.idle()
  expect((await officer.audit.disclosures({ patientId })).disclosures).toMatchObject([
    { recipient: 'An insurer', basis: 'consent', purpose: 'Claim', origin: 'act' },
  ])
  await officer.privacy.lift({ patientId, id: record.id, rev: record.rev, reason: 'Withdrawn' })
  expect((await clinic.as('admin').patients.search({ text: 'locked' })).patients).toHaveLength(1)
})

test('PRIV-02: an amendment stands beside the item, is answered by a doctor, and the patient may disagree', async () => {
  await using clinic = await testClinic()
  const officer = clinic.as('privacy')
  const patientId = await withRecord(clinic, 'Amended')
  const { items } = await officer.privacy.items({ patientId, table: 'condition' })
  expect(items).toMatchObject([{ title: 'Migraine of Amended' }])
  const targetId = items[0]?.id ?? ''
  const before = clinic.read((r) => r.list((db) => db.selectFrom('condition').selectAll()))
  const asking = { patientId, targetTable: 'condition' as const, targetId, words: 'I never had migraine' }
  const open = await officer.privacy.askAmendment(asking)
  const doctor = clinic.as('doctor')
  expect((await doctor.privacy.amendments({ patientId })).amendments).toMatchObject([
    { state: 'open', words: 'I never had migraine' },
  ])
  await expect(
    clinic
      .as('nurse')
      .privacy.answerAmendment({ patientId, id: open.id, rev: open.rev, answer: 'accepted', reason: 'True' }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const refused = await doctor.privacy.answerAmendment({
    patientId,
    id: open.id,
    rev: open.rev,
    answer: 'refused',
    reason: 'Seen three times',
  })
  expect(refused).toMatchObject({ state: 'refused', answeredByName: 'Test doctor' })
  const said = await officer.privacy.disagree({
    patientId,
    id: open.id,
    rev: refused.rev,
    words: 'I still disagree',
  })
  expect(said).toMatchObject({ disagreement: 'I still disagree' })
  await expect(
    officer.privacy.disagree({ patientId, id: open.id, rev: said.rev, words: 'Again' }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })
  // The original is as it was, to the byte.
  expect(clinic.read((r) => r.list((db) => db.selectFrom('condition').selectAll()))).toEqual(before)
  const other = await withRecord(clinic, 'Foreign')
  const second = await officer.privacy.askAmendment(asking)
  await expect(
    doctor.privacy.answerAmendment({
      patientId,
      id: second.id,
      rev: second.rev,
      answer: 'accepted',
      reason: 'Corrected',
      correctedBy: rowOf(clinic, 'condition', other),
    }),
  ).rejects.toMatchObject({ code: 'WRONG_PATIENT' })
})

test('PRIV-04 PRIV-05: an erasure takes what no law keeps, locks the rest, and the night of the last date takes that too', {
  timeout: 60_000,
}, async () => {
  await using clinic = await testClinic()
  const officer = clinic.as('privacy')
  const patientId = await withRecord(clinic, 'Zqxvanishes')
  await clinic.as('reception').patients.addFlag({ patientId, kind: 'sticky', text: 'Zqxsticky' })
  const { recordNumber = '' } = await clinic.as('reception').patients.get({ patientId })
  const request = await officer.privacy.receive({ patientId, kind: 'erasure', ...asked })
  clinic.transact((ctx) => {
    const about = {
      patientId,
      recipientKind: 'insurer',
      what: 'Bills',
      basis: 'payment',
      act: 'test',
    } as const
    for (const recipient of ['Zqxinsurer', 'Zqxinsurer', 'Zqxlab'])
      recordDisclosure(ctx, { ...about, recipient, purpose: 'Claim' })
  })
  const { decisions } = await officer.privacy.erasurePlan({ patientId })
  expect(decisions.map((d) => [d.category, d.action, d.until])).toEqual([
    ['contact', 'erase', null],
    ['care', 'restrict', '2034-05-06'],
    ['identity', 'restrict', '2034-05-06'],
  ])
  const order = { patientId, id: request.id, rev: request.rev, legalClaim: false }
  await expect(
    withSecondPerson(
      clinic,
      (person) => person.privacy.erase({ ...order, recordNumber: 'other' }),
      'privacy',
    ),
  ).rejects.toMatchObject({
    code: 'WRONG_PATIENT',
  })
  clinic.session('privacy').provenAt -= 6 * 60_000
  await expect(officer.privacy.erase({ ...order, recordNumber })).rejects.toMatchObject({
    code: 'STEP_UP_NEEDED',
  })
  clinic.session('privacy').provenAt = clinic.now()
  await withSecondPerson(clinic, (person) => person.privacy.erase({ ...order, recordNumber }), 'privacy')
  await clinic.clinic.services.jobs.idle()
  expect(wordsInFiles(clinic, ['Zqxsticky'])).toEqual([])
  expect(wordsInFiles(clinic, ['Zqxvanishes'])).toEqual(['Zqxvanishes'])
  const after = await officer.privacy.request({ patientId, id: request.id })
  expect(after.request.state).toBe('partly')
  expect(after.restrictions).toMatchObject([{ scope: 'record', cause: 'erasure' }])
  expect(after.steps.find((s) => s.category === 'contact')?.doneAt).not.toBeNull()
  const { token } = await officer.privacy.letter({ patientId, id: request.id, language: 'en' })
  const paper = await clinic.clinic.download(token, clinic.caller(clinic.tokenOf('privacy')))?.open()
  const told = pdfText(paper ?? new Uint8Array(), '-layout')
  // Each recipient once, with the day (GDPR article 19).
  expect(
    told
      .match(/Zqx(insurer|lab), \S+/g)
      ?.map((line) => line.split(',')[0])
      .toSorted(),
  ).toEqual(['Zqxinsurer', 'Zqxlab'])

  clinic.tick(8 * yearMs)
  await clinic.clinic.runDueJobs()
  await clinic.clinic.services.jobs.idle()
  expect(wordsInFiles(clinic, ['Zqxvanishes'])).toEqual(['Zqxvanishes'])
  clinic.tick(0.4 * yearMs)
  await clinic.clinic.runDueJobs()
  await clinic.clinic.services.jobs.idle()
  expect(wordsInFiles(clinic, ['Zqxvanishes'])).toEqual([])
  expect(clinic.clinic.verify().ok).toBe(true)
  const ledger = (await clinic.as('admin').privacy.erasures({})).erasures
  expect(ledger.map((e) => [e.isWhole, e.byName])).toEqual([
    [true, null],
    [false, 'Test privacy'],
  ])
})

test('PRIV-04: the plan names the copies that a restore kept; they go with the erasure, or the officer hears until when', async () => {
  await using clinic = await testClinic()
  writeTestKeyFile(clinic)
  const officer = clinic.as('privacy')
  const erase = async (name: string) => {
    const { id: patientId } = await register(clinic, name)
    const { recordNumber = '' } = await clinic.as('reception').patients.get({ patientId })
    const { id, rev } = await officer.privacy.receive({ patientId, kind: 'erasure', ...asked })
    const { copies } = await officer.privacy.erasurePlan({ patientId })
    const order = { patientId, id, rev, legalClaim: false, recordNumber }
    await withSecondPerson(clinic, (person) => person.privacy.erase(order), 'privacy')
    await clinic.clinic.services.jobs.idle()
    return copies.map((copy) => [copy.kind, copy.goes])
  }
  const notices = () =>
    clinic
      .read((r) =>
        r.list((db) => db.selectFrom('notice').select(['kind', 'to_role', 'detail']).orderBy('id')),
      )
      .filter((n) => n.kind.startsWith('erasure-copy'))
  const kept = () => readdirSync(clinic.dir).filter((name) => name.startsWith('before-restore-'))
  expect(await erase('Zqxnone')).toEqual([])
  expect(notices()).toEqual([])

  // Kept, and no backup since: it waits, and is told.
  keepAside(clinic, 'other')
  clinic.tick(5_000)
  keepAside(clinic)
  clinic.tick(5_000)
  expect(await erase('Zqxwaits')).toEqual([['restore', 'next-backup']])
  expect(notices()).toEqual([{ kind: 'erasure-copy-waits', to_role: 'privacy', detail: '2026-03-02' }])
  expect(kept()).toHaveLength(2)
  await clinic.as('admin').backups.make({})
  await clinic.clinic.services.jobs.idle()
  // Another clinic's files are nobody's here to erase.
  expect(kept()).toHaveLength(1)

  // With a good backup since it goes together with the erasure.
  clinic.tick(5_000)
  keepAside(clinic)
  clinic.tick(5_000)
  await clinic.as('admin').backups.make({})
  await clinic.clinic.services.jobs.idle()
  expect(kept()).toHaveLength(2)
  clinic.tick(5_000)
  expect(await erase('Zqxatonce')).toEqual([['restore', 'now']])
  expect(kept()).toHaveLength(1)
  expect(notices()).toHaveLength(1)

  // Whose keys cannot be told: only people decide.
  keepAside(clinic, 'unknown')
  clinic.tick(5_000)
  expect(await erase('Zqxbyhand')).toEqual([['restore', 'by-hand']])
  expect(
    notices()
      .slice(1)
      .map((n) => [n.kind, n.to_role]),
  ).toEqual([
    ['erasure-copy-by-hand', 'privacy'],
    ['erasure-copy-by-hand', 'admin'],
  ])
})

test('PRIV-04: who comes back while the record waits is kept from then on', async () => {
  await using clinic = await testClinic()
  const officer = clinic.as('privacy')
  const patientId = await withRecord(clinic, 'Returning')
  const request = await officer.privacy.receive({ patientId, kind: 'erasure', ...asked })
  const { recordNumber = '' } = await clinic.as('reception').patients.get({ patientId })
  await withSecondPerson(
    clinic,
    (person) =>
      person.privacy.erase({
        patientId,
        id: request.id,
        rev: request.rev,
        legalClaim: false,
        recordNumber,
      }),
    'privacy',
  )
  await clinic.clinic.services.jobs.idle()
  await clinic.clinic.runDueJobs()
  clinic.tick(5 * yearMs)
  await clinic.as('doctor').notes.start({ patientId, title: 'Back again' })
  clinic.tick(4 * yearMs)
  await clinic.clinic.runDueJobs()
  await clinic.clinic.services.jobs.idle()
  const { steps } = await clinic.as('privacy').privacy.request({ patientId, id: request.id })
  expect(steps.map((s) => [s.category, s.action, s.until?.slice(0, 4)])).toEqual([
    ['care', 'restrict', '2041'],
    ['identity', 'restrict', '2041'],
  ])
})

test('PRIV-04: where no law keeps anything, all of it goes at once, and nobody finds it any more', async () => {
  await using clinic = await testClinic()
  const officer = clinic.as('privacy')
  const none = { years: 0, minorsUntil: null, basis: '' }
  await officer.privacy.saveSettings({ days: 30, retention: { contact: none, billing: none, care: none } })
  expect(defaultRetention.care.years).toBe(10)
  const patientId = await withRecord(clinic, 'Zqxgone')
  const { recordNumber = '' } = await clinic.as('reception').patients.get({ patientId })
  const request = await officer.privacy.receive({
    patientId,
    kind: 'erasure',
    words: 'Zqxwords please',
    ...asked,
  })
  await withSecondPerson(
    clinic,
    (person) =>
      person.privacy.erase({
        patientId,
        id: request.id,
        rev: request.rev,
        legalClaim: false,
        recordNumber,
      }),
    'privacy',
  )
  await clinic.clinic.services.jobs.idle()
  expect(wordsInFiles(clinic, ['Zqxgone', 'Zqxwords'])).toEqual([])
  expect(clinic.clinic.verify().ok).toBe(true)
  await expect(officer.privacy.ofPatient({ patientId })).resolves.toMatchObject({ requests: [] })
})

test('PRIV-08: from "somebody looked where they should not" to a list and a draft', async () => {
  await using clinic = await testClinic()
  const officer = clinic.as('privacy')
  const people = [
    await register(clinic, 'First Seen'),
    await register(clinic, '=SUM(A1)'),
    await register(clinic, 'Not Seen'),
  ]
  clinic.tick(dayMs)
  const from = new Date(clinic.now()).toISOString()
  const nurse = clinic.as('nurse')
  for (const one of people.slice(0, 2)) await nurse.chart.open({ patientId: one.id })
  await nurse.patients.get({ patientId: people[0]?.id as PatientId })
  await clinic.as('doctor').chart.open({ patientId: people[2]?.id as PatientId })
  clinic.tick(60_000)
  const until = new Date(clinic.now()).toISOString()
  await nurse.chart.open({ patientId: people[2]?.id as PatientId })
  const question = {
    kind: 'snooping' as const,
    from,
    until,
    userId: clinic.userId('nurse') as never,
    door: null,
  }
  const found = await officer.privacy.investigate({ question })
  expect(found).toMatchObject({ total: 2, entries: 3 })
  const seen = Object.fromEntries(found.affected.map((a) => [a.name, a]))
  expect(seen['First Seen']).toMatchObject({ times: 2, categories: ['clinical', 'demographics'], people: 1 })
  expect(seen['Not Seen']).toBeUndefined()
  expect(await officer.privacy.investigate({ question: { ...question, userId: null } })).toMatchObject({
    total: 3,
  })
  expect(
    await officer.privacy.investigate({ question: { ...question, kind: 'wrong-recipient' } }),
  ).toMatchObject({ total: 0 })
  expect(await officer.privacy.investigate({ question: { ...question, door: 'https' } })).toMatchObject({
    total: 0,
  })

  const { token } = await officer.privacy.listAffected({ question })
  const download = clinic.clinic.download(token, clinic.caller(clinic.tokenOf('privacy')))
  const text = Buffer.from((await download?.open()) ?? []).toString('utf8')
  expect(text).toContain('"\'=SUM(A1)"')
  expect(text.trim().split('\r\n')).toHaveLength(3)

  const discoveredAt = until
  const opened = await officer.privacy.openBreach({ question, discoveredAt })
  expect(Date.parse(opened.dueAt) - Date.parse(discoveredAt)).toBe(72 * 3_600_000)
  expect(opened).toMatchObject({ affected: 2, state: 'open' })
  const draft = await officer.privacy.breachLetter({ id: opened.id, language: 'ar' })
  expect(draft.name).toMatch(/^breach-.*\.pdf$/)
  const closed = await officer.privacy.closeBreach({
    id: opened.id,
    rev: opened.rev,
    state: 'notified',
    reason: 'Told on the phone',
  })
  expect(closed.state).toBe('notified')
  await expect(
    officer.privacy.closeBreach({ id: opened.id, rev: closed.rev, state: 'no-notice', reason: 'Again' }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })
  await expect(clinic.as('admin').privacy.investigate({ question })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})
