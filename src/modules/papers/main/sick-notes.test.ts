// Sick notes: signed by a doctor, unchangeable, taken back with a reason, printed by the desk.
import { expect, test, vi } from 'vitest'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { fetchPaper } from '#testkit/paper-file.ts'
import { pdfText } from '#testkit/pdf.ts'

// Papers are drawn in processes of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 90_000 })

const patientOf = async (clinic: TestClinic) =>
  (
    await clinic
      .as('reception')
      .patients.register({ name: 'Ana Sol', gender: 'female', birthDate: '1990-05-06' })
  ).id
const days = { from: '2026-03-02', until: '2026-03-06', isFollowUp: false, diagnosis: null, remarks: null }
const reason = 'Issued for the wrong person'

test('a doctor issues one, it is signed under the own key, and the desk prints it', async () => {
  await using clinic = await testClinic()
  const patientId = await patientOf(clinic)
  const doctor = clinic.as('doctor')
  const note = await doctor.papers.issueSickNote({ patientId, ...days, diagnosis: 'Influenza' })
  expect(note).toMatchObject({
    ...days,
    diagnosis: 'Influenza',
    issuedOn: '2026-03-02',
    signature: 'valid',
    revoked: null,
    copies: 0,
  })
  expect(note.number).toMatch(/^S-26-A-\d{5}$/)
  const printed = await clinic
    .as('reception')
    .papers.printSickNote({ patientId, id: note.id, target: 'browser' })
  const found = pdfText(await fetchPaper(clinic, printed.file), '-layout')
  for (const part of [
    'Ana Sol',
    '6 May 1990',
    '2 Mar 2026',
    '6 Mar 2026',
    '5 days',
    'Influenza',
    note.number,
    'Test doctor',
  ])
    expect(found).toContain(part)
  expect((await doctor.papers.sickNotes({ patientId })).notes).toMatchObject([{ id: note.id, copies: 1 }])
})

test('a nurse and the desk issue none; the desk does not list them', async () => {
  await using clinic = await testClinic()
  const patientId = await patientOf(clinic)
  for (const role of ['nurse', 'reception', 'billing', 'admin'] as const) {
    await expect(clinic.as(role).papers.issueSickNote({ patientId, ...days })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    await expect(clinic.as(role).papers.sickNotes({ patientId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
})

test('days that cannot be are named by field; a second note for the same days is refused with its number', async () => {
  await using clinic = await testClinic()
  const patientId = await patientOf(clinic)
  const { papers } = clinic.as('doctor')
  const refused = (more: object, field: string) =>
    expect(papers.issueSickNote({ patientId, ...days, ...more })).rejects.toMatchObject({
      code: 'IMPOSSIBLE_VALUE',
      details: { field },
    })
  await refused({ until: '2026-03-01' }, 'until')
  await refused({ until: '2027-04-01' }, 'until')
  await refused({ from: '2025-10-01' }, 'from')
  const { number } = await papers.issueSickNote({ patientId, ...days })
  await expect(papers.issueSickNote({ patientId, ...days })).rejects.toMatchObject({
    code: 'DUPLICATE',
    details: { number },
  })
})

test('one that was taken back stays readable with the reason and is printed no more', async () => {
  await using clinic = await testClinic()
  const patientId = await patientOf(clinic)
  const { papers } = clinic.as('doctor')
  const { id } = await papers.issueSickNote({ patientId, ...days })
  const revoked = await papers.revokeSickNote({ patientId, id, reason })
  expect(revoked).toMatchObject({ signature: 'valid', revoked: { reason, byName: 'Test doctor' } })
  await expect(papers.revokeSickNote({ patientId, id, reason })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
  const gone = { code: 'WRONG_STATE', details: { state: 'revoked' } }
  await expect(papers.previewSickNote({ patientId, id })).rejects.toMatchObject(gone)
  await expect(papers.printSickNote({ patientId, id, target: 'file' })).rejects.toMatchObject(gone)
  await expect(papers.issueSickNote({ patientId, ...days })).resolves.toMatchObject({ revoked: null })
})

test('without an unlocked key nothing is signed', async () => {
  await using clinic = await testClinic()
  const patientId = await patientOf(clinic)
  const { papers } = clinic.as('doctor')
  clinic.session('doctor').signingKey = null
  await expect(papers.issueSickNote({ patientId, ...days })).rejects.toMatchObject({
    code: 'SIGNING_KEY_LOCKED',
  })
  expect((await papers.sickNotes({ patientId })).notes).toEqual([])
})

test('a note changed behind the back of the program reads as broken and is not printed', async () => {
  await using clinic = await testClinic()
  const patientId = await patientOf(clinic)
  const { papers } = clinic.as('doctor')
  const { id } = await papers.issueSickNote({ patientId, ...days })
  const db = clinic.raw()
  db.exec(`begin; insert into sync_ctx (one, mode) values (1, 'apply');
    update sick_note set until_date = '2026-04-30'; delete from sync_ctx; commit`)
  db.close()
  expect((await papers.sickNotes({ patientId })).notes).toMatchObject([{ signature: 'broken' }])
  await expect(papers.printSickNote({ patientId, id, target: 'file' })).rejects.toMatchObject({
    code: 'WRONG_STATE',
    details: { state: 'broken' },
  })
})
