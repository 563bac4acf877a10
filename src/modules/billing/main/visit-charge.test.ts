// I2: a visit is charged once, from its kind, when its note is signed; leaving a way open to do it by hand.
import { expect, test } from 'vitest'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { patientOf, withFees } from '#testkit/billing.ts'
import { chargeVisit } from './api.ts'

/** A patient who came without an appointment and sits with the doctor. */
async function walkedIn(clinic: TestClinic, feeCode: string | null) {
  const admin = clinic.as('admin').scheduling
  const look = { rev: null, id: null, colour: 'blue' as const }
  await admin.saveProvider({ ...look, name: 'Dr. Test', userId: clinic.userId('doctor') as never })
  const type = await admin.saveVisitType({ ...look, name: 'Check-up', minutes: 20, feeCode })
  const patientId = await patientOf(clinic)
  const visit = await clinic.as('reception').scheduling.walkIn({ patientId, visitTypeId: type.id })
  return { patientId, encounterId: visit.encounterId as NonNullable<typeof visit.encounterId> }
}

async function signNote(clinic: TestClinic, visit: Awaited<ReturnType<typeof walkedIn>>) {
  const notes = clinic.as('doctor').notes
  const draft = await notes.start({ ...visit, title: 'Check-up' })
  const body = {
    type: 'doc' as const,
    content: [{ type: 'paragraph' as const, content: [{ type: 'text' as const, text: 'Well.' }] }],
  }
  const saved = await notes.saveDraft({
    patientId: visit.patientId,
    draftId: draft.id,
    step: 0,
    title: 'Check-up',
    body,
  })
  return notes.sign({ patientId: visit.patientId, draftId: draft.id, step: saved.step })
}

test('signing the note of a visit drafts its charge, once', async () => {
  await using clinic = await testClinic()
  await withFees(clinic)
  const visit = await walkedIn(clinic, 'VISIT')
  await signNote(clinic, visit)
  const desk = clinic.as('reception').billing

  expect((await desk.account({ patientId: visit.patientId })).charges).toMatchObject([
    {
      code: 'VISIT',
      source: 'visit',
      encounterId: visit.encounterId,
      totalMinor: 5000,
      enteredBy: 'Test doctor',
    },
  ])
  expect(await desk.chargeVisit(visit)).toEqual({ chargeId: null })
  expect((await desk.account({ patientId: visit.patientId })).charges).toHaveLength(1)
  expect((await desk.day({})).looseEnds?.counts).toMatchObject({
    openVisits: 0,
    unbilledVisits: 0,
    openCharges: 1,
  })
})

test('a charge that billing took out of a visit does not come back by itself', async () => {
  await using clinic = await testClinic()
  await withFees(clinic)
  const visit = await walkedIn(clinic, 'VISIT')
  const desk = clinic.as('reception').billing
  const { chargeId } = await desk.chargeVisit(visit)
  await clinic.as('billing').billing.removeCharge({
    patientId: visit.patientId,
    chargeId: chargeId ?? '',
    rev: 1,
    reason: 'goodwill',
  })
  await signNote(clinic, visit)
  expect((await desk.account({ patientId: visit.patientId })).charges).toEqual([])
})

test('a visit without a fee is a loose end, not a free visit', async () => {
  await using clinic = await testClinic()
  await withFees(clinic)
  const visit = await walkedIn(clinic, null)
  await signNote(clinic, visit)
  const desk = clinic.as('reception').billing
  expect((await desk.account({ patientId: visit.patientId })).charges).toEqual([])
  expect((await desk.day({})).looseEnds?.unbilledVisits).toMatchObject([{ patientName: 'Ana Sol' }])
})

test('a visit costs what it cost on its day, in the clinic’s zone', async () => {
  await using clinic = await testClinic()
  const { visit: fee } = await withFees(clinic)
  const set = { feeId: fee.id, taxCode: 'exempt', validFrom: '2026-03-02', amountMinor: 7000 }
  await clinic.as('billing').billing.setPrice(set)
  const visit = await walkedIn(clinic, 'VISIT')
  const charge = (at: string) =>
    clinic.transact((ctx) => chargeVisit(ctx, { ...visit, feeCode: 'VISIT', at }))
  // Half past midnight in Berlin on 2 March is still 1 March in UTC.
  expect(charge('2026-03-01T23:30:00.000Z')).not.toBeNull()
  expect((await clinic.as('billing').billing.account({ patientId: visit.patientId })).charges).toMatchObject([
    { serviceDate: '2026-03-02', totalMinor: 7000 },
  ])
})
