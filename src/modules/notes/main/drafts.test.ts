// Drafts: one author, one patient, nothing lost, nothing left behind.
import { expect, test } from 'vitest'
import type { CompositionId, EncounterId, PatientId } from '#shared/ids.ts'
import { chartTables } from '#modules/chart/main/api.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import type { NoteDocument } from '../shared/document.ts'

const saying = (text: string): NoteDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})

async function registered(clinic: TestClinic, name = 'Ana Sol'): Promise<PatientId> {
  return (await clinic.as('doctor').patients.register({ name, gender: 'female' })).id
}

test('starting a note opens a visit and a draft with the four headings', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')

  const draft = await doctor.notes.start({ patientId, title: 'Cough' })
  const chart = await doctor.chart.open({ patientId })

  expect(draft).toMatchObject({ kind: 'note', title: 'Cough', step: 0 })
  expect(draft.body.content.filter((b) => b.type === 'sectionHeading')).toHaveLength(4)
  expect(chart.encounters).toMatchObject([
    { id: draft.encounterId, status: 'in-progress', classCode: 'AMB', practitioner: 'Test doctor', notes: 0 },
  ])
  expect(chart.drafts).toMatchObject([{ id: draft.id, mine: true, authorName: 'Test doctor' }])
})

test('a second start in the same visit continues the same draft; a colleague gets one of their own', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const first = await doctor.notes.start({ patientId })
  const { encounterId } = first

  const again = await doctor.notes.start({ patientId, encounterId, title: 'Other words' })
  const colleague = await clinic.as('nurse').notes.start({ patientId, encounterId })

  expect(again).toEqual(first)
  expect(colleague.id).not.toBe(first.id)
  expect((await doctor.chart.open({ patientId })).encounters).toHaveLength(1)
})

test('a note cannot be started in the visit of another patient', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  const { encounterId } = await doctor.notes.start({ patientId: await registered(clinic) })
  const patientId = await registered(clinic, 'Bo Lind')

  await expect(doctor.notes.start({ patientId, encounterId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('what was typed is there when the draft is opened again, and typing leaves no audit entry', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id: draftId } = await doctor.notes.start({ patientId })
  const before = clinic.audit().length

  const one = await doctor.notes.saveDraft({
    patientId,
    draftId,
    step: 0,
    title: 'Cough',
    body: saying('Dry cough'),
  })
  clinic.tick(300)
  const two = await doctor.notes.saveDraft({
    patientId,
    draftId,
    step: one.step,
    title: 'Cough',
    body: saying('Dry cough, 3 days'),
  })

  expect(clinic.audit()).toHaveLength(before)
  const draft = await doctor.notes.openDraft({ patientId, draftId })
  expect(draft).toMatchObject({
    step: 2,
    title: 'Cough',
    body: saying('Dry cough, 3 days'),
    updatedAt: two.savedAt,
  })
  expect(clinic.auditOf('note.open-draft')).toHaveLength(1)
})

test('a save that follows an older state is refused and told where the draft stands', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id: draftId } = await doctor.notes.start({ patientId })
  const save = (step: number, text: string) =>
    doctor.notes.saveDraft({ patientId, draftId, step, title: 'T', body: saying(text) })
  await save(0, 'first window')

  await expect(save(0, 'second window')).rejects.toMatchObject({
    code: 'DRAFT_MOVED_ON',
    details: { step: 1 },
  })
  expect((await doctor.notes.openDraft({ patientId, draftId })).body).toEqual(saying('first window'))
})

test('a save sent again because its answer was lost is accepted once', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id: draftId } = await doctor.notes.start({ patientId })
  const save = { patientId, draftId, step: 0, title: 'T', body: saying('words') }

  expect(await doctor.notes.saveDraft(save)).toEqual(await doctor.notes.saveDraft(save))
  expect((await doctor.notes.openDraft({ patientId, draftId })).step).toBe(1)
})

test('a colleague sees that a draft exists, not what it says, and can neither open, change, drop nor sign it', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const { id: draftId } = await clinic.as('doctor').notes.start({ patientId })
  const other = clinic.another('doctor')

  expect((await other.chart.open({ patientId })).drafts).toMatchObject([
    { id: draftId, mine: false, authorName: 'Test doctor' },
  ])
  const refused = { code: 'NOT_AUTHOR' }
  await expect(other.notes.openDraft({ patientId, draftId })).rejects.toMatchObject(refused)
  await expect(other.notes.dropDraft({ patientId, draftId })).rejects.toMatchObject(refused)
  await expect(other.notes.sign({ patientId, draftId, step: 0 })).rejects.toMatchObject(refused)
  const change = { patientId, draftId, step: 0, title: 'T', body: saying('mine now') }
  await expect(other.notes.saveDraft(change)).rejects.toMatchObject(refused)
})

test('words for one patient are never saved or signed under another', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  const { id: draftId } = await doctor.notes.start({ patientId: await registered(clinic) })
  const patientId = await registered(clinic, 'Bo Lind')

  const save = doctor.notes.saveDraft({ patientId, draftId, step: 0, title: 'T', body: saying('x') })
  await expect(save).rejects.toMatchObject({ code: 'WRONG_PATIENT' })
  await expect(doctor.notes.sign({ patientId, draftId, step: 0 })).rejects.toMatchObject({
    code: 'WRONG_PATIENT',
  })
  await expect(doctor.notes.openDraft({ patientId, draftId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  // To somebody else it is a draft that does not exist.
  const stranger = clinic.another('doctor')
  await expect(stranger.notes.sign({ patientId, draftId, step: 0 })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('dropping a draft withdraws the visit it opened, and undo brings both back', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id: draftId, encounterId } = await doctor.notes.start({ patientId })
  await doctor.notes.saveDraft({ patientId, draftId, step: 0, title: 'Cough', body: saying('Dry cough') })

  const dropped = await doctor.notes.dropDraft({ patientId, draftId })
  expect((await doctor.chart.open({ patientId })).encounters).toEqual([])
  const restored = await doctor.notes.restoreDraft({ patientId, draft: dropped })

  expect(restored).toMatchObject({
    id: draftId,
    encounterId,
    step: 1,
    title: 'Cough',
    body: saying('Dry cough'),
  })
  const chart = await doctor.chart.open({ patientId })
  expect(chart.encounters).toMatchObject([{ id: encounterId, status: 'in-progress' }])
  expect(await doctor.notes.restoreDraft({ patientId, draft: dropped })).toEqual(restored)
  await doctor.notes.dropDraft({ patientId, draftId })
  expect((await doctor.chart.open({ patientId })).encounters).toEqual([])
})

test('undo of a drop does not bring back a visit that was withdrawn for another reason', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id: draftId, encounterId } = await doctor.notes.start({ patientId })
  const dropped = await doctor.notes.dropDraft({ patientId, draftId })
  clinic.transact((ctx) => {
    ctx.write.restore(chartTables.encounter, String(encounterId), 'any')
    ctx.write.void(chartTables.encounter, String(encounterId), 'any', 'wrong patient')
  })

  await expect(doctor.notes.restoreDraft({ patientId, draft: dropped })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  expect((await doctor.chart.open({ patientId })).encounters).toEqual([])
})

test('a visit with a measurement or a colleague writing in it outlives the dropped draft', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const measured = await doctor.notes.start({ patientId })
  const shared = await doctor.notes.start({ patientId })
  await clinic.as('nurse').notes.start({ patientId, encounterId: shared.encounterId })
  clinic.transact((ctx) =>
    ctx.write.insert(chartTables.observation, {
      patient_id: patientId,
      status: 'final',
      code_display: 'Pulse',
      encounter_id: measured.encounterId,
    }),
  )

  await doctor.notes.dropDraft({ patientId, draftId: measured.id })
  await doctor.notes.dropDraft({ patientId, draftId: shared.id })

  expect((await doctor.chart.open({ patientId })).encounters).toHaveLength(2)
})

test('a draft made up outside is not let in under the name of undo', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const dropped = await doctor.notes.dropDraft({
    patientId,
    draftId: (await doctor.notes.start({ patientId })).id,
  })
  const other = await registered(clinic, 'Bo Lind')
  const foreign = (await doctor.notes.start({ patientId: other })).encounterId as EncounterId
  const missing = dropped.id as unknown as CompositionId

  const restore = (patient: PatientId, change: object) =>
    doctor.notes.restoreDraft({ patientId: patient, draft: { ...dropped, ...change } })
  await expect(restore(other, {})).rejects.toMatchObject({ code: 'WRONG_PATIENT' })
  await expect(restore(patientId, { encounterId: foreign })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(restore(patientId, { kind: 'correction', relatesTo: missing })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(restore(patientId, { kind: 'addendum' })).rejects.toMatchObject({ code: 'INVALID_INPUT' })
})

test('own drafts are listed over all patients with their names, newest first', async () => {
  await using clinic = await testClinic()
  const doctor = clinic.as('doctor')
  await doctor.notes.start({ patientId: await registered(clinic, 'Ana Sol'), title: 'First' })
  clinic.tick(1000)
  await doctor.notes.start({ patientId: await registered(clinic, 'Bo Lind'), title: 'Second' })
  await clinic.as('nurse').notes.start({ patientId: await registered(clinic, 'Cy Dane') })

  const drafts = await doctor.notes.myDrafts({})

  expect(drafts.map((d) => [d.patientName, d.title])).toEqual([
    ['Bo Lind', 'Second'],
    ['Ana Sol', 'First'],
  ])
})

test('drafts survive closing and reopening the clinic', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id: draftId } = await doctor.notes.start({ patientId })
  await doctor.notes.saveDraft({ patientId, draftId, step: 0, title: 'Cough', body: saying('Dry cough') })

  await using again = await clinic.reopen()

  expect((await again.as('doctor').notes.openDraft({ patientId, draftId })).body).toEqual(saying('Dry cough'))
})
