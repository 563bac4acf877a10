// Signing: from then on the words stand, everybody can see whose they are, and changes are added beside them.
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { CompositionId, PatientId } from '#shared/ids.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { syncedTableNamed } from '#testkit/tables.ts'
import type { Client } from '#testkit/client.ts'
import type { NoteDocument } from '../shared/document.ts'

const saying = (text: string): NoteDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
})
const reason = 'Wrong side written down'

async function registered(clinic: TestClinic): Promise<PatientId> {
  return (await clinic.as('doctor').patients.register({ name: 'Ana Sol', gender: 'female' })).id
}

async function write(
  author: Client,
  patientId: PatientId,
  draft: { id: string; step: number },
  text: string,
) {
  const { step } = await author.notes.saveDraft({
    patientId,
    draftId: draft.id,
    step: draft.step,
    title: 'Visit',
    body: saying(text),
  })
  return author.notes.sign({ patientId, draftId: draft.id, step })
}

const writeNote = async (author: Client, patientId: PatientId, text: string) =>
  write(author, patientId, await author.notes.start({ patientId }), text)

test('a signed note carries its author, reads valid, ends the visit and leaves no draft', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')

  const note = await writeNote(doctor, patientId, 'Dry cough')
  const chart = await doctor.chart.open({ patientId })

  expect(note).toMatchObject({
    status: 'final',
    kind: 'note',
    signature: 'valid',
    authorName: 'Test doctor',
    authorRole: 'doctor',
  })
  expect(await clinic.as('nurse').notes.get({ patientId, id: note.id })).toEqual(note)
  expect(chart.encounters).toMatchObject([{ status: 'finished', notes: 1 }])
  expect(chart.encounters[0]?.end).not.toBeNull()
  expect(chart.drafts).toEqual([])
  expect(chart.notes).toMatchObject([{ id: note.id, authorName: 'Test doctor' }])
  expect(clinic.auditOf('note.sign')).toMatchObject([{ outcome: 'ok' }])
})

test('the same draft is not signed twice, nor written to afterwards', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id: draftId } = await doctor.notes.start({ patientId })
  const save = { patientId, draftId, step: 0, title: 'T', body: saying('words') }
  await doctor.notes.saveDraft(save)
  const note = await doctor.notes.sign({ patientId, draftId, step: 1 })

  const refused = { code: 'ALREADY_SIGNED', details: { noteId: note.id } }
  await expect(doctor.notes.sign({ patientId, draftId, step: 1 })).rejects.toMatchObject(refused)
  await expect(doctor.notes.saveDraft({ ...save, step: 1 })).rejects.toMatchObject(refused)
})

test('a signature covers the words the person saw: a draft that moved on is not signed', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id: draftId } = await doctor.notes.start({ patientId })
  await doctor.notes.saveDraft({
    patientId,
    draftId,
    step: 0,
    title: 'T',
    body: saying('from another window'),
  })

  await expect(doctor.notes.sign({ patientId, draftId, step: 0 })).rejects.toMatchObject({
    code: 'DRAFT_MOVED_ON',
    details: { step: 1 },
  })
  expect((await doctor.chart.open({ patientId })).notes).toEqual([])
})

test('an empty note is not signed', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id: draftId, step } = await doctor.notes.start({ patientId })

  await expect(doctor.notes.sign({ patientId, draftId, step })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
})

test('without an unlocked signing key nothing is signed, and the draft stays', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const draft = await doctor.notes.start({ patientId })
  clinic.session('doctor').signingKey = null

  await expect(write(doctor, patientId, draft, 'words')).rejects.toMatchObject({ code: 'SIGNING_KEY_LOCKED' })
  await expect(doctor.notes.openDraft({ patientId, draftId: draft.id })).resolves.toMatchObject({ step: 1 })
})

test('a nurse writes and may not sign', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const nurse = clinic.as('nurse')
  const draft = await nurse.notes.start({ patientId })

  await expect(write(nurse, patientId, draft, 'words')).rejects.toMatchObject({ code: 'FORBIDDEN' })
})

test('a note changed behind the back of the program reads as broken', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { id } = await writeNote(doctor, patientId, 'Left knee')
  const db = clinic.raw()
  expect(() => db.prepare('update composition set title = title').run()).toThrow(
    /outside of a captured transaction/,
  )
  db.exec(`begin; insert into sync_ctx (one, mode) values (1, 'apply');
    update composition set body = replace(body, 'Left', 'Right'); delete from sync_ctx; commit`)
  db.close()

  expect(await doctor.notes.get({ patientId, id })).toMatchObject({
    signature: 'broken',
    body: saying('Right knee'),
  })
})

test('anybody who writes notes on the patient may add to one; the note itself stays as signed', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const note = await writeNote(doctor, patientId, 'Dry cough')
  const colleague = clinic.another('doctor')

  const draft = await colleague.notes.startAddendum({ patientId, id: note.id })
  expect(await colleague.notes.startAddendum({ patientId, id: note.id })).toEqual(draft)
  const addendum = await write(colleague, patientId, draft, 'Chest X-ray normal')
  const after = await doctor.notes.get({ patientId, id: note.id })

  expect(addendum).toMatchObject({
    kind: 'addendum',
    relatesTo: note.id,
    encounterId: note.encounterId,
    signature: 'valid',
  })
  expect(after).toEqual({ ...note, status: 'amended', addenda: [addendum.id] })
  expect((await doctor.chart.open({ patientId })).encounters).toMatchObject([{ notes: 1 }])
})

test('an addendum to an addendum belongs to the note', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const note = await writeNote(doctor, patientId, 'Dry cough')
  const first = await write(
    doctor,
    patientId,
    await doctor.notes.startAddendum({ patientId, id: note.id }),
    'one',
  )

  const second = await doctor.notes.startAddendum({ patientId, id: first.id })

  expect(second.relatesTo).toBe(note.id)
})

test('the author corrects with a reason; the original stays readable and names what replaced it', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const note = await writeNote(doctor, patientId, 'Left knee')
  await expect(doctor.notes.unlock({ patientId, id: note.id, reason: 'typo' })).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  })
  await expect(
    clinic.another('doctor').notes.unlock({ patientId, id: note.id, reason }),
  ).rejects.toMatchObject({ code: 'NOT_AUTHOR' })

  const draft = await doctor.notes.unlock({ patientId, id: note.id, reason })
  expect(draft).toMatchObject({ kind: 'correction', relatesTo: note.id, reason, body: saying('Left knee') })
  const correction = await write(doctor, patientId, draft, 'Right knee')

  expect(correction).toMatchObject({ kind: 'correction', reason, relatesTo: note.id, status: 'final' })
  expect(await doctor.notes.get({ patientId, id: note.id })).toEqual({
    ...note,
    status: 'amended',
    replacedBy: correction.id,
  })
  expect(clinic.auditOf('note.unlock').map((a) => a.outcome)).toEqual(['refused', 'refused', 'ok'])
  const replaced = { code: 'CONFLICT', details: { replacedBy: correction.id } }
  await expect(doctor.notes.unlock({ patientId, id: note.id, reason })).rejects.toMatchObject(replaced)
  await expect(doctor.notes.startAddendum({ patientId, id: note.id })).rejects.toMatchObject(replaced)
})

test("nobody corrects a colleague's note by way of a draft brought back", async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const note = await writeNote(doctor, patientId, 'Left knee')
  const draft = await doctor.notes.unlock({ patientId, id: note.id, reason })
  const dropped = await doctor.notes.dropDraft({ patientId, draftId: draft.id })

  await expect(
    clinic.another('doctor').notes.restoreDraft({ patientId, draft: dropped }),
  ).rejects.toMatchObject({ code: 'NOT_AUTHOR' })
  await expect(doctor.notes.restoreDraft({ patientId, draft: dropped })).resolves.toMatchObject({
    kind: 'correction',
    reason,
  })
})

test("a signed draft does not come back by undo, and another patient's note is not found here", async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const started = await doctor.notes.start({ patientId })
  const note = await write(doctor, patientId, started, 'words')
  const other = (await doctor.patients.register({ name: 'Bo Lind', gender: 'male' })).id

  await expect(doctor.notes.restoreDraft({ patientId, draft: started })).rejects.toMatchObject({
    code: 'ALREADY_SIGNED',
  })
  await expect(doctor.notes.get({ patientId: other, id: note.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  const nowhere = started.id as unknown as CompositionId
  await expect(doctor.notes.get({ patientId, id: nowhere })).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('authors may read what they wrote; two years later that lapses', async () => {
  await using clinic = await testClinic({ oneCareTeam: false })
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const note = await writeNote(doctor, patientId, 'words')
  const leaveTeam = () =>
    clinic.transact((ctx) => {
      const rows = ctx.read.list((db) => db.selectFrom('care_team_member').select('id'))
      for (const { id } of rows) ctx.write.void(syncedTableNamed('care_team_member'), id, 'any', 'test')
    })
  leaveTeam()

  await expect(doctor.notes.get({ patientId, id: note.id })).resolves.toMatchObject({ signature: 'valid' })
  await expect(clinic.another('doctor').notes.get({ patientId, id: note.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  clinic.tick(732 * 86_400_000)
  await expect(clinic.as('doctor').notes.get({ patientId, id: note.id })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
})

test('a key that is not the one on record signs nothing', async () => {
  await using clinic = await testClinic()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const draft = await doctor.notes.start({ patientId })
  const session = clinic.session('doctor')
  const { privateKey } = generateKeyPairSync('ed25519')
  const keyId = session.signingKey?.keyId ?? ''
  session.signingKey = { keyId, privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }) }

  await expect(write(doctor, patientId, draft, 'words')).rejects.toMatchObject({ code: 'INTERNAL' })
  expect((await doctor.chart.open({ patientId })).notes).toEqual([])
})
