// The viewer, the export and the access report through the front door, for each role that may ask.
import { unzipSync, zipSync } from 'fflate'
import { readCsv } from '#testkit/read-csv.ts'
import { beforeAll, afterAll, expect, test } from 'vitest'
import { audit as contract, auditSorts } from '../shared/contract.ts'
import { openConnection } from '#core/db/connection.ts'
import { fillAudit } from '#testkit/audit-entries.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { pdfText } from '#testkit/pdf.ts'
import { queriesOf, tableWalks } from '#testkit/query-plans.ts'
import path from 'node:path'
import { csvCell } from './csv.ts'
import { checkExport } from './export.ts'
import { judgeDigest, parseDigest } from './digest.ts'
import * as listQueries from './list.ts'
import * as snoopQueries from './snooping.ts'
import * as walkQueries from './walk.ts'

let clinic: TestClinic
let patientId: string
beforeAll(async () => {
  clinic = await testClinic()
  const patient = await clinic.as('reception').patients.register({
    name: 'Hannah Weiss',
    gender: 'female',
    birthDate: '1971-03-04',
  })
  patientId = patient.id
  clinic.tick(60_000)
  await clinic.as('doctor').chart.open({ patientId: patient.id })
  clinic.tick(60_000)
  await clinic.as('nurse').patients.get({ patientId: patient.id })
})
afterAll(() => clinic[Symbol.asyncDispose]())

const filters = {
  from: null,
  to: null,
  person: null,
  aboutPatient: null,
  action: null,
  category: null,
  outcome: null,
  door: null,
} as const

test('AUD-08: the privacy officer sees everything with names, filtered by person, patient, act and outcome', async () => {
  const privacy = clinic.as('privacy').audit
  const all = await privacy.list({ aboutPatient: patientId as never })
  expect(all.entries.map((e) => e.action)).toEqual(
    expect.arrayContaining(['patient.register', 'chart.open', 'patient.view']),
  )
  expect(all.entries.every((e) => e.patientName === 'Hannah Weiss')).toBe(true)
  const byDoctor = await privacy.list({ person: clinic.userId('doctor') as never, action: 'chart' })
  expect(byDoctor.entries.map((e) => [e.action, e.userName])).toEqual([['chart.open', 'Test doctor']])
  const later = await privacy.list({
    from: new Date(clinic.now() - 30_000).toISOString(),
    category: 'demographics',
  })
  expect(later.entries.map((e) => e.action)).toEqual(['patient.view'])
})

test('AUD-08: an admin sees metadata without patients, the others their own acts only', async () => {
  const admin = await clinic.as('admin').audit.list({ action: 'chart.open' })
  expect(admin.entries[0]).toMatchObject({
    userName: 'Test doctor',
    patientId: null,
    patientName: null,
    morePatients: null,
    detail: null,
    opId: null,
    commits: null,
  })
  await expect(clinic.as('admin').audit.list({ aboutPatient: patientId as never })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  await expect(clinic.as('admin').audit.list({ sort: 'patient' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  const own = await clinic.as('nurse').audit.list({ person: clinic.userId('doctor') as never })
  expect(own.entries.length).toBeGreaterThan(0)
  expect(own.entries.every((e) => e.userId === clinic.userId('nurse') && e.patientName === null)).toBe(true)
  await expect(clinic.as('doctor').audit.export(filters)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  await expect(clinic.as('admin').audit.export(filters)).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('AUD-08: every column sorts both ways, and pages by key give each entry once', async () => {
  const big = await testClinic()
  const db = openConnection(path.join(big.dir, 'clinic.db'), big.keys.database, 'write')
  db.close()
  await using reopened = await (async () => {
    await big.close()
    const raw = openConnection(path.join(big.dir, 'clinic.db'), big.keys.database, 'write')
    const users = ['admin', 'doctor', 'nurse', 'reception'].map((role) => big.userId(role as 'admin'))
    fillAudit(raw, big.keys, {
      entries: 400,
      users,
      aliases: ['a1', 'a2', 'a3'],
      fromMs: big.now(),
      stepMs: 1000,
    })
    raw.close()
    return await testClinic({ startAt: big.now() + 3_600_000, reopen: big })
  })()
  const entries = Number(
    reopened.read((r) =>
      r.list((q) => q.selectFrom('audit_log').select('seq').orderBy('seq', 'desc').limit(1)),
    )[0]?.seq,
  )
  const to = new Date(reopened.now()).toISOString()
  for (const sort of auditSorts) {
    for (const direction of ['asc', 'desc'] as const) {
      const seen: number[] = []
      const values: string[] = []
      let after: never = null as never
      do {
        const page = await reopened.as('privacy').audit.list({ sort, direction, after, limit: 120, to })
        for (const e of page.entries) {
          seen.push(e.seq)
          values.push(String({ person: e.userName, patient: '' }[sort as string] ?? e[sort as 'role'] ?? '~'))
        }
        after = page.next as never
      } while (after !== null)
      const expected = seen.filter((seq) => seq <= entries)
      expect(new Set(seen).size, `${sort} ${direction}`).toBe(seen.length)
      expect(expected.length, `${sort} ${direction}`).toBe(entries)
      // Entries without a value stand at the end either way.
      const valued = values.filter((v) => v !== '~')
      const sorted = [...valued].sort((a, b) =>
        sort === 'seq'
          ? Number(a) - Number(b)
          : sort === 'person'
            ? a.localeCompare(b)
            : a < b
              ? -1
              : a > b
                ? 1
                : 0,
      )
      if (direction === 'desc') sorted.reverse()
      if (sort !== 'patient') expect(valued, `${sort} ${direction}`).toEqual(sorted)
    }
  }
})

test('AUD-08: no query of the viewer or of the nightly look walks the log from end to end', () => {
  const queries = [
    ...queriesOf(listQueries),
    ...queriesOf(snoopQueries).filter(([name]) => name !== 'staff'),
    ...queriesOf(walkQueries),
    ...Object.entries(walkQueries.valueQueries),
    ...Object.entries(walkQueries.boundsQueries),
  ]
  expect(tableWalks(clinic, queries)).toEqual([])
})

test('AUD-08: an export is CSV with a manifest signed by this device, and a changed byte is noticed', async () => {
  const made = await clinic.as('privacy').audit.export({ ...filters, aboutPatient: patientId as never })
  const download = clinic.clinic.download(made.file.token, { door: 'ipc', token: clinic.tokenOf('privacy') })
  const bytes = (await download?.open()) ?? new Uint8Array()
  expect(download).toMatchObject({ type: 'application/zip' })
  const checked = checkExport(bytes)
  expect(checked).toMatchObject({ ok: true, manifest: { entries: made.entries } })
  const files = unzipSync(bytes)
  const [head = [], ...lines] = readCsv(
    Buffer.from(files['audit.csv'] ?? [])
      .toString()
      .slice(1),
  )
  const rows = lines.map((line) => Object.fromEntries(line.map((cell, n) => [head[n] ?? '', cell])))
  expect(rows).toHaveLength(made.entries)
  expect(rows.map((r) => r.action)).toContain('chart.open')
  const csv = Uint8Array.from(files['audit.csv'] ?? [])
  csv[100] = (csv[100] ?? 0) ^ 1
  expect(checkExport(zipSync({ ...files, 'audit.csv': csv }))).toMatchObject({ fault: 'changed-entries' })
  const manifest = Buffer.from(files['manifest.json'] ?? [])
    .toString()
    .replace('Test privacy', 'Nobody')
  expect(checkExport(zipSync({ ...files, 'manifest.json': Buffer.from(manifest) }))).toMatchObject({
    fault: 'wrong-signature',
  })
  expect(checkExport(Buffer.from('no zip'))).toMatchObject({ fault: 'not-an-export' })
  expect(clinic.auditOf('audit.export').at(-1)?.detail).toContain(`${made.entries} entries`)
  clinic.session('privacy').provenAt -= 6 * 60_000
  await expect(clinic.as('privacy').audit.export(filters)).rejects.toMatchObject({ code: 'STEP_UP_NEEDED' })
  clinic.session('privacy').provenAt = clinic.now()
})

test('PAR-05: 100 payloads that a spreadsheet would run come out as text', () => {
  const starts = ['=', '+', '-', '@', '\t=', '\r=', ' =', '＝', '%', '|']
  const bodies = [
    '1+1',
    "cmd|' /C calc'!A0",
    'HYPERLINK("http://x")',
    'SUM(A1:A9)',
    'IMPORTXML(1)',
    '"x",y',
    'a\nb',
    '1',
    'A1',
    ';',
  ]
  const payloads = starts.flatMap((start) => bodies.map((body) => start + body))
  expect(payloads).toHaveLength(100)
  const [back = []] = readCsv(payloads.map(csvCell).join(','))
  expect(back).toHaveLength(100)
  for (const [n, cell] of back.entries()) expect(cell).toBe(`'${payloads[n] ?? ''}`)
})

test('PRIV-06: the access report says who, when, which kind and how, by role unless the clinic names people', async () => {
  const privacy = clinic.as('privacy')
  const report = await privacy.audit.accessReport({ patientId: patientId as never })
  expect(report.patientName).toBe('Hannah Weiss')
  const gist = report.lines.map((l) => [
    l.role,
    l.name,
    l.categories.join(),
    l.changed,
    l.emergency,
    l.device,
  ])
  expect(gist).toEqual(
    expect.arrayContaining([
      ['nurse', null, 'demographics', false, false, 'computer'],
      ['doctor', null, 'clinical', false, false, 'computer'],
      ['reception', null, 'demographics', true, false, 'computer'],
    ]),
  )
  expect(report.verification).toMatchObject({ ok: true, checkedAt: null })
  expect(JSON.stringify(report.lines)).not.toContain('Test doctor')
  await privacy.audit.saveSettings({ accessReportNames: true })
  const named = await privacy.audit.accessReport({ patientId: patientId as never })
  expect(named.lines.map((l) => l.name)).toContain('Test doctor')
  await privacy.audit.saveSettings({ accessReportNames: false })
  await expect(
    clinic.as('doctor').audit.accessReport({ patientId: patientId as never }),
  ).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('PRIV-06: an access under emergency is said to be one, for four hours and for that person only', async () => {
  clinic.clinic.transact(
    {
      actor: { userId: clinic.userId('doctor'), role: 'doctor', userName: '', roles: [], sessionId: 's' },
      door: 'ipc',
    },
    { action: 'emergency.open', category: 'clinical', patients: [patientId] },
    () => undefined,
  )
  await clinic.as('doctor').chart.open({ patientId: patientId as never })
  // Longer than the emergency, and than any session.
  clinic.tick(13 * 3_600_000)
  await clinic.as('doctor').chart.open({ patientId: patientId as never })
  const { lines } = await clinic.as('privacy').audit.accessReport({ patientId: patientId as never })
  const doctor = lines.filter((l) => l.role === 'doctor')
  expect(doctor.map((l) => l.emergency)).toEqual([false, true])
  expect(lines.filter((l) => l.emergency).map((l) => l.times)).toEqual([2])
})

test('PRIV-06: the papers come out in English and Arabic, and a question opens one review item', async () => {
  const privacy = clinic.as('privacy')
  const id = patientId as never
  for (const made of [
    await privacy.audit.printAccessReport({ patientId: id, language: 'en' }),
    await privacy.audit.printAccessReport({ patientId: id, language: 'ar' }),
    await privacy.audit.printDisclosures({ patientId: id, language: 'ar' }),
    await privacy.audit.digest({ language: 'en' }),
  ]) {
    const file = clinic.clinic.download(made.file.token, { door: 'ipc', token: clinic.tokenOf('privacy') })
    const bytes = await file?.open()
    expect(
      Buffer.from(bytes ?? [])
        .subarray(0, 5)
        .toString(),
    ).toBe('%PDF-')
  }
  const list = await privacy.audit.print({ ...filters, language: 'en' })
  const printed = clinic.clinic.download(list.file.token, { door: 'ipc', token: clinic.tokenOf('privacy') })
  const words = pdfText((await printed?.open()) ?? new Uint8Array(), '-layout')
  // Acts as the screens call them, never as the log spells them.
  expect(words).toContain('Patient: added')
  expect(words).not.toMatch(/patient\.register|chart\.open/)
  const [line] = (await privacy.audit.accessReport({ patientId: patientId as never })).lines
  const seq = line?.seq ?? 0
  const first = await privacy.audit.question({ patientId: patientId as never, seq, words: 'Who was that?' })
  const again = await privacy.audit.question({ patientId: patientId as never, seq })
  expect(again.reviewId).toBe(first.reviewId)
  const { reviews } = await privacy.oversight.reviews({})
  expect(reviews[0]).toMatchObject({
    kind: 'access-question',
    subject: `entry:${seq}`,
    patientName: 'Hannah Weiss',
  })
  await expect(privacy.audit.question({ patientId: patientId as never, seq: 1 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
}, 90_000)

test('AUD-05: the digest on paper holds as long as the log does, and catches a wrong character', async () => {
  const { text } = await clinic.as('admin').audit.digest({ language: 'en' })
  const privacy = clinic.as('privacy').audit
  expect(await privacy.checkDigest({ text: `  ${text.toUpperCase().replaceAll(' ', '\n')} ` })).toMatchObject(
    {
      verdict: 'holds',
    },
  )
  const digest = parseDigest(text)
  if (!digest) throw new Error('no digest')
  let caught = 0
  for (let at = 13; at < text.length; at++) {
    const wrong = text[at] === '1' ? '2' : '1'
    if (parseDigest(text.slice(0, at) + wrong + text.slice(at + 1)) === null) caught += 1
  }
  // Blanks that become a digit, and the like, no longer have the shape of a line either.
  expect(caught).toBe(text.length - 13)
  const desk = { clinicMark: digest.clinic, macAt: (seq: number) => (seq < 10 ? new Uint8Array(32) : null) }
  expect(judgeDigest(desk, text).verdict).toBe('behind')
  expect(judgeDigest({ ...desk, macAt: () => new Uint8Array(32) }, text).verdict).toBe('other')
  expect(judgeDigest({ ...desk, clinicMark: '00000000' }, text).verdict).toBe('not-this-clinic')
})

test('AUD-06: "check now" runs beside the work, keeps its outcome, and says so', async () => {
  const admin = clinic.as('admin').audit
  expect(await admin.checkChain({})).toEqual({ started: true })
  await clinic.clinic.services.jobs.idle()
  const state = await admin.chain({})
  expect(state).toMatchObject({
    running: false,
    checkedOk: true,
    firstBad: null,
    quickOk: true,
    watermark: 'holds',
  })
  expect(state.checkedEntries).toBeGreaterThan(20)
  expect(clinic.auditOf('audit.checked')).toHaveLength(1)
})

test('procedures of the module are as many as the handlers answer', () => {
  expect(Object.keys(contract.procedures).length).toBeGreaterThan(15)
})
