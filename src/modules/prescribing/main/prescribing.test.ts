// Prescribing through the front door: finding, checking, preparing, signing, renewing, changing, stopping.
import { expect, test } from 'vitest'
import { chartTables } from '#modules/chart/main/api.ts'
import type { PatientId } from '#shared/ids.ts'
import type { Client } from '#testkit/client.ts'
import type { TestClinic } from '#testkit/clinic.ts'
import { drugFound, testPharmacy } from '#testkit/pharmacy.ts'
import { activeMedicines, prescriptionPaper } from './api.ts'
import { overridesOf } from './queries.ts'

const registered = async (clinic: TestClinic): Promise<PatientId> =>
  (await clinic.as('doctor').patients.register({ name: 'Ana Sol', gender: 'female' })).id

async function put(client: Client, patientId: PatientId, search: string, sigText: string, more: object = {}) {
  const drug = await drugFound(client, search)
  const { basket } = await client.prescribing.open({ patientId })
  return client.prescribing.putItem({ patientId, step: basket.step, drugId: drug.id, sigText, ...more })
}

async function prescribed(
  client: Client,
  patientId: PatientId,
  search: string,
  sigText: string,
  more: object = {},
) {
  const { step } = await put(client, patientId, search, sigText, more)
  return client.prescribing.sign({ patientId, step })
}

function allergicTo(clinic: TestClinic, patientId: PatientId, code_display: string, more: object = {}) {
  clinic.transact((ctx) =>
    ctx.write.insert(chartTables.allergyIntolerance, {
      patient_id: patientId,
      code_display,
      clinical_status: 'active',
      ...more,
    }),
  )
}

test('several medicines are signed into one numbered script, read back valid, and stand in the chart', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  await put(doctor, patientId, 'amox 500 cap', '1 cap po tds for 7 days')
  const basket = await put(doctor, patientId, 'ibuprofen 400', '1 tab tds prn pain with food #20')

  const script = await doctor.prescribing.sign({ patientId, step: basket.step })

  expect(script).toMatchObject({
    number: '1001',
    signature: 'valid',
    prescriberName: 'Test doctor',
    items: [
      {
        directions: '1 capsule by mouth, 3 times a day, for 7 days',
        quantity: { value: 21, unit: 'capsule' },
      },
      { directions: '1 tablet, 3 times a day, when needed for pain, with food', quantity: { value: 20 } },
    ],
  })
  expect(await clinic.as('nurse').prescribing.prescription({ patientId, id: script.id })).toEqual(script)
  const { medicines } = await doctor.chart.open({ patientId })
  expect(medicines.map((m) => [m.status, m.dosageText])).toEqual([
    ['active', '1 tab tds prn pain with food #20'],
    ['active', '1 cap po tds for 7 days'],
  ])
  expect((await doctor.prescribing.open({ patientId })).basket.items).toEqual([])
  expect(clinic.auditOf('prescription.sign')).toMatchObject([{ outcome: 'ok' }])
})

test('directions that are not understood are kept as written, with no quantity made up', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const sigText = '40 mg daily for 3 days then 20 mg daily for 3 days'
  const basket = await put(doctor, patientId, 'prednisone 20', sigText)
  expect(basket.items).toMatchObject([{ sig: null, quantity: null, sigText }])
  const script = await doctor.prescribing.sign({ patientId, step: basket.step })
  expect(script.items).toMatchObject([{ directions: sigText, quantity: null }])
})

test('a serious alert wants a reason at adding; with it, reason, alert and prescriber are kept', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  allergicTo(clinic, patientId, 'Penicillin', { criticality: 'high' })
  const drug = await drugFound(doctor, 'amox 500 cap')
  const [alert] = await doctor.prescribing.check({ patientId, drugId: drug.id })
  expect(alert).toMatchObject({ kind: 'allergy', tier: 'serious', otherLabel: 'Penicillin' })
  const input = { patientId, step: 0, drugId: drug.id, sigText: '1 cap tds' }
  await expect(doctor.prescribing.putItem(input)).rejects.toMatchObject({
    code: 'REASON_NEEDED',
    details: { alerts: [alert?.key] },
  })
  const basket = await doctor.prescribing.putItem({
    ...input,
    reasons: { [alert?.key ?? '']: 'Tolerated amoxicillin twice last year' },
  })
  const script = await doctor.prescribing.sign({ patientId, step: basket.step })
  expect(clinic.read((r) => r.all(overridesOf, { patientId }))).toMatchObject([
    {
      prescription_id: script.id,
      medication_request_id: script.items[0]?.medicineId,
      kind: 'allergy',
      tier: 'serious',
      other: 'Penicillin',
      reason: 'Tolerated amoxicillin twice last year',
      prescriber_id: clinic.userId('doctor'),
    },
  ])
})

test('what became serious after adding is asked for at signing, inside the transaction', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const { step } = await put(doctor, patientId, 'amox 500 cap', '1 cap tds')
  allergicTo(clinic, patientId, 'Amoxicillin', { severity: 'severe' })
  await expect(doctor.prescribing.sign({ patientId, step })).rejects.toMatchObject({ code: 'REASON_NEEDED' })
  expect(await doctor.prescribing.prescriptions({ patientId })).toEqual({ items: [], next: null })
  expect((await doctor.prescribing.open({ patientId })).basket.items).toHaveLength(1)
})

test('moderate interactions and duplicates are told and stop nobody; both items of a basket are checked', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  await prescribed(doctor, patientId, 'lisinopril 10', '1 tab daily')
  const basket = await put(doctor, patientId, 'spironolactone 25', '1 tab daily')
  expect(basket.items[0]?.alerts).toMatchObject([
    { kind: 'interaction', tier: 'moderate', other: 'lisinopril' },
  ])
  const twice = await put(doctor, patientId, 'lisinopril 20', '1 tab daily')
  expect(twice.items[1]?.alerts.map((a) => a.kind).toSorted()).toEqual(['duplicate', 'interaction'])
  await doctor.prescribing.sign({ patientId, step: twice.step })
})

test('imported medicines without substances are checked by their words', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  clinic.transact((ctx) =>
    ctx.write.insert(chartTables.medicationRequest, {
      patient_id: patientId,
      status: 'active',
      intent: 'order',
      medication_system: 'http://www.nlm.nih.gov/research/umls/rxnorm',
      medication_code: '855332',
      medication_display: 'Warfarin Sodium 5 MG Oral Tablet',
    }),
  )
  const drug = await drugFound(clinic.as('doctor'), 'fluconazole 150')
  expect(await clinic.as('doctor').prescribing.check({ patientId, drugId: drug.id })).toMatchObject([
    { kind: 'interaction', other: 'warfarin', otherLabel: 'Warfarin Sodium 5 MG Oral Tablet' },
  ])
})

test('a nurse prepares and may not sign; the doctor signs what the nurse prepared', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const nurse = clinic.as('nurse')
  const { step } = await put(nurse, patientId, 'amox 500 cap', '1 cap tds for 5 days')
  await expect(nurse.prescribing.sign({ patientId, step })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  for (const role of ['reception', 'billing', 'lab', 'admin'] as const) {
    await expect(clinic.as(role).prescribing.open({ patientId })).rejects.toMatchObject({ code: 'FORBIDDEN' })
  }
  const doctor = clinic.as('doctor')
  expect((await doctor.prescribing.open({ patientId })).basket.items).toMatchObject([
    { addedBy: 'Test nurse' },
  ])
  expect(await doctor.prescribing.sign({ patientId, step })).toMatchObject({ prescriberName: 'Test doctor' })
})

test('a basket belongs to its patient and its step: another window, another patient, an old step are refused', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const other = await registered(clinic)
  const doctor = clinic.as('doctor')
  const basket = await put(doctor, patientId, 'amox 500 cap', '1 cap tds')
  const itemId = basket.items[0]?.id ?? ''
  await expect(doctor.prescribing.removeItem({ patientId: other, step: 0, itemId })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await expect(doctor.prescribing.sign({ patientId: other, step: 0 })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
  await expect(doctor.prescribing.sign({ patientId, step: basket.step - 1 })).rejects.toMatchObject({
    code: 'DRAFT_MOVED_ON',
    details: { step: basket.step },
  })
  const { removed, basket: after } = await doctor.prescribing.removeItem({
    patientId,
    step: basket.step,
    itemId,
  })
  expect(after.items).toEqual([])
  expect(removed).toMatchObject({ id: itemId, sigText: '1 cap tds' })
})

test('the basket survives a restart', async () => {
  const first = await testPharmacy()
  const patientId = await registered(first)
  const basket = await put(first.as('doctor'), patientId, 'amox 500 cap', '1 cap tds')
  await using clinic = await first.reopen()
  expect((await clinic.as('doctor').prescribing.open({ patientId })).basket).toEqual(basket)
})

test('a renewal is a new row, ends the old one, and counts its quantity anew', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  await prescribed(doctor, patientId, 'metformin 500 tablet', '1 tab bd for 30 days', {
    longTerm: true,
    refills: 2,
  })
  await prescribed(doctor, patientId, 'amlodipine 5', '1 tab daily for 28 days', { longTerm: true })
  await prescribed(doctor, patientId, 'amox 500 cap', '1 cap tds for 5 days')
  const { basket: before } = await doctor.prescribing.open({ patientId })

  const basket = await doctor.prescribing.renew({ patientId, step: before.step, ids: 'long-term' })
  expect(basket.items.map((i) => [i.replaces?.how, i.quantity?.value, i.refills, i.alerts.length])).toEqual([
    ['renewed', 28, 0, 0],
    ['renewed', 60, 2, 0],
  ])
  expect(await doctor.prescribing.renew({ patientId, step: basket.step, ids: 'long-term' })).toEqual(basket)
  const script = await doctor.prescribing.sign({ patientId, step: basket.step })

  const { items } = await doctor.prescribing.medicines({ patientId, onlyCurrent: false })
  expect(items.filter((m) => m.status === 'completed').map((m) => m.statusReason)).toEqual([
    'renewed',
    'renewed',
  ])
  const current = clinic.read((r) => activeMedicines(r, patientId))
  expect(current).toHaveLength(3)
  expect(current.filter((m) => m.priorId !== null).map((m) => m.prescriptionId)).toEqual([
    script.id,
    script.id,
  ])
})

test('a change stops the old row with the reason "changed" and links the new one', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const first = await prescribed(doctor, patientId, 'amlodipine 5', '1 tab daily', { longTerm: true })
  const oldId = first.items[0]?.medicineId ?? ''
  const basket = await put(doctor, patientId, 'amlodipine 10', '1 tab daily', {
    replaces: { id: oldId, how: 'changed' },
  })
  expect(basket.items[0]?.alerts).toEqual([])
  await expect(
    put(doctor, patientId, 'amlodipine 10', '1 tab daily', { replaces: { id: oldId, how: 'changed' } }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })
  await doctor.prescribing.sign({ patientId, step: basket.step })
  const { items } = await doctor.prescribing.medicines({ patientId, onlyCurrent: false })
  expect(items.map((m) => [m.status, m.statusReason, m.priorId])).toEqual([
    ['active', null, oldId],
    ['stopped', 'changed', null],
  ])
  await expect(
    doctor.prescribing.resume({ patientId, id: oldId, rev: items[1]?.rev ?? 0 }),
  ).rejects.toMatchObject({ code: 'WRONG_STATE' })
})

test('stop, pause and resume keep their reasons; a stale view is refused; a nurse may not', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const id = (await prescribed(doctor, patientId, 'amlodipine 5', '1 tab daily')).items[0]?.medicineId ?? ''
  await expect(
    clinic.as('nurse').prescribing.stop({ patientId, id, rev: 1, reason: 'Swollen ankles' }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' })
  const held = await doctor.prescribing.hold({ patientId, id, rev: 1, reason: 'Surgery tomorrow' })
  expect(held).toMatchObject({ status: 'on-hold', statusReason: 'Surgery tomorrow' })
  await expect(
    doctor.prescribing.stop({ patientId, id, rev: 1, reason: 'Swollen ankles' }),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
  const stopped = await doctor.prescribing.stop({ patientId, id, rev: held.rev, reason: 'Swollen ankles' })
  expect(stopped).toMatchObject({ status: 'stopped', statusReason: 'Swollen ankles' })
  expect(stopped.endedOn).not.toBeNull()
  expect(await doctor.prescribing.resume({ patientId, id, rev: stopped.rev })).toMatchObject({
    status: 'active',
    statusReason: null,
    endedOn: null,
  })
})

test('a medicine stopped after it was put into the basket for renewal is not signed back to life', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const id =
    (await prescribed(doctor, patientId, 'amlodipine 5', '1 tab daily', { longTerm: true })).items[0]
      ?.medicineId ?? ''
  const { basket } = await doctor.prescribing.open({ patientId })
  const { step } = await doctor.prescribing.renew({ patientId, step: basket.step, ids: [id] })
  await doctor.prescribing.stop({ patientId, id, rev: 1, reason: 'Swollen ankles' })
  await expect(doctor.prescribing.sign({ patientId, step })).rejects.toMatchObject({
    code: 'WRONG_STATE',
    details: { medicineId: id },
  })
})

test('refills are counted down to none, can be taken back, and a renewal starts anew', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const id =
    (await prescribed(doctor, patientId, 'metformin 500 tablet', '1 tab bd for 30 days', { refills: 2 }))
      .items[0]?.medicineId ?? ''
  const nurse = clinic.as('nurse')
  expect((await nurse.prescribing.giveRefill({ patientId, id })).medicine.refillsLeft).toBe(1)
  const second = await nurse.prescribing.giveRefill({ patientId, id })
  expect(second.medicine).toMatchObject({ refillsAllowed: 2, refillsLeft: 0 })
  await expect(nurse.prescribing.giveRefill({ patientId, id })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  expect((await nurse.prescribing.takeBackRefill({ patientId, refillId: second.refillId })).refillsLeft).toBe(
    1,
  )
})

test('a medicine prescribed elsewhere is on the list and in the checks, and can be withdrawn', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const nurse = clinic.as('nurse')
  const { medicine } = await nurse.prescribing.record({
    patientId,
    label: 'Warfarin 5 mg',
    sigText: '1 tab daily',
    since: '2024-05',
  })
  expect(medicine).toMatchObject({ reported: true, status: 'active', authoredOn: '2024-05' })
  const drug = await drugFound(nurse, 'fluconazole 150')
  expect(await nurse.prescribing.check({ patientId, drugId: drug.id })).toMatchObject([{ other: 'warfarin' }])
  await nurse.prescribing.withdraw({ patientId, id: medicine.id, rev: medicine.rev, reason: 'Other patient' })
  expect(await nurse.prescribing.check({ patientId, drugId: drug.id })).toEqual([])
})

test('favourites belong to the person; own earlier directions come by how often they were written', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  for (const sig of ['1 cap tds for 5 days', '1 cap tds for 7 days', '1 cap tds for 7 days']) {
    await prescribed(doctor, patientId, 'amox 500 cap', sig)
  }
  const drug = await drugFound(doctor, 'amox 500 cap')
  expect(drug).toMatchObject({ ownUses: 3, uses: 3 })
  await doctor.prescribing.saveFavourite({
    drugId: drug.id,
    sigText: '2 caps bd',
    quantity: { value: 28, unit: 'capsule' },
  })
  const usual = await doctor.prescribing.usualDirections({ drugId: drug.id })
  expect(usual.map((d) => [d.origin, d.sigText, d.uses, d.quantity?.value])).toEqual([
    ['favourite', '2 caps bd', 0, 28],
    ['own', '1 cap tds for 7 days', 2, 21],
    ['own', '1 cap tds for 5 days', 1, 15],
  ])
  const colleague = clinic.another('doctor')
  expect(await colleague.prescribing.usualDirections({ drugId: drug.id })).toEqual([])
  const [favourite] = await doctor.prescribing.favourites({})
  const ref = { id: favourite?.id ?? '', rev: favourite?.rev ?? 0 }
  await expect(colleague.prescribing.removeFavourite(ref)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await doctor.prescribing.removeFavourite(ref)
  expect(await doctor.prescribing.favourites({})).toEqual([])
})

test('search: beginnings of words, strength, form, brand; exact strength and own use first; edition named', async () => {
  await using clinic = await testPharmacy()
  const doctor = clinic.as('doctor')
  const labels = async (text: string) =>
    (await doctor.prescribing.searchDrugs({ text })).items.map((d) => d.label)
  expect((await labels('amox 500'))[0]).toBe('Amoxicillin 500 mg capsule')
  expect((await labels('500 amox tab'))[0]).toBe('Amoxicillin 500 mg tablet')
  expect((await labels('zocor 20'))[0]).toBe('Zocor (simvastatin) 20 mg tablet')
  expect((await labels('amlodipine 5'))[0]).toBe('Amlodipine besylate 5 mg tablet')
  expect((await labels('paracetamol 500 tab'))[0]).toBe('Acetaminophen 500 mg tablet')
  expect((await labels('levothyroxine 50 mcg tab'))[0]).toBe('Levothyroxine sodium 0.05 mg tablet')
  expect(await labels('xyzzy')).toEqual([])
  expect(await labels('"*')).toEqual([])
  expect((await doctor.prescribing.searchDrugs({ text: 'a' })).edition).toMatchObject({
    title: 'FDA Orange Book',
    edition: '2024-11-08',
  })
  const patientId = await registered(clinic)
  await prescribed(doctor, patientId, 'amox 500 tab', '1 tab tds')
  expect((await labels('amox 500'))[0]).toBe('Amoxicillin 500 mg tablet')
})

test('a medicine of the clinic is found, checked by what is in it, and retired with a way back', async () => {
  await using clinic = await testPharmacy()
  const doctor = clinic.as('doctor')
  const patientId = await registered(clinic)
  allergicTo(clinic, patientId, 'Lidocaine', { criticality: 'high' })
  const input = {
    name: 'Clinic throat gel',
    ingredients: ['Lidocaine', 'Magic herb'],
    strength: '2%',
    form: 'gel',
    unit: 'application' as const,
  }
  const { drug, unknown } = await doctor.prescribing.addOwnDrug(input)
  expect(unknown).toEqual(['Magic herb'])
  await expect(doctor.prescribing.addOwnDrug(input)).rejects.toMatchObject({ code: 'DUPLICATE' })
  expect((await doctor.prescribing.searchDrugs({ text: 'throat' })).items).toMatchObject([
    { id: drug.id, legal: 'own' },
  ])
  expect(await doctor.prescribing.check({ patientId, drugId: drug.id })).toMatchObject([{ tier: 'serious' }])
  const [own] = await doctor.prescribing.ownDrugs({})
  const retired = await doctor.prescribing.retireOwnDrug({ id: drug.id, rev: own?.rev ?? 0 })
  expect((await doctor.prescribing.searchDrugs({ text: 'throat' })).items).toEqual([])
  await doctor.prescribing.restoreOwnDrug({ id: drug.id, rev: retired.rev })
  expect((await doctor.prescribing.searchDrugs({ text: 'throat' })).items).toHaveLength(1)
})

test('the paper says what was signed, with allergies and the newest weight; a script that was tampered with is not printed', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  allergicTo(clinic, patientId, 'Peanut')
  clinic.transact((ctx) =>
    ctx.write.insert(chartTables.observation, {
      patient_id: patientId,
      status: 'final',
      category: 'vital-signs',
      code: '29463-7',
      code_display: 'Weight',
      effective_at: ctx.now,
      value_number: 44,
      value_ucum: '[lb_av]',
    }),
  )
  const script = await prescribed(doctor, patientId, 'amox 500 cap', '1 cap po tds for 7 days', {
    refills: 1,
  })
  const paper = clinic.read((r) => prescriptionPaper(r, patientId, script.id))
  expect(paper).toMatchObject({
    kind: 'prescription',
    number: script.number,
    issuedOn: '2026-03-02',
    weightKg: 20,
    allergies: ['Peanut'],
    prescriber: { name: 'Test doctor' },
    items: [
      {
        drug: 'Amoxicillin 500 mg capsule',
        directions: '1 capsule by mouth, 3 times a day, for 7 days',
        quantity: '21 capsules',
        refills: 1,
      },
    ],
  })
  expect(clinic.read((r) => prescriptionPaper(r, patientId, script.id, 'ar')).items[0]?.directions).toContain(
    'كبسولة',
  )
  const db = clinic.raw()
  db.exec("insert into sync_ctx (one, mode) values (1, 'apply')")
  db.prepare(`update prescription set items = replace(items, '500 mg', '50 mg') where id = ?`).run(script.id)
  db.exec('delete from sync_ctx')
  db.close()
  expect(await doctor.prescribing.prescription({ patientId, id: script.id })).toMatchObject({
    signature: 'broken',
  })
  expect(() => clinic.read((r) => prescriptionPaper(r, patientId, script.id))).toThrow('CONFLICT')
})

test('the same act sent twice under one id signs one script', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const { step } = await put(clinic.as('doctor'), patientId, 'amox 500 cap', '1 cap tds')
  const opId = '01934b6a-0000-7000-8000-0000000000aa'
  const send = () =>
    clinic.call('prescribing.sign', { patientId, step }, { token: clinic.tokenOf('doctor'), opId })
  const [first, again] = [await send(), await send()]
  expect(again).toEqual(first)
  expect((await clinic.as('doctor').prescribing.prescriptions({ patientId })).items).toHaveLength(1)
})

test('a stopped medicine that would now be a serious alert is not taken up again without a reason', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const script = await prescribed(doctor, patientId, 'amox 500 cap', '1 cap tds')
  const id = script.items[0]?.medicineId ?? ''
  const stopped = await doctor.prescribing.stop({ patientId, id, rev: 1, reason: 'Course done' })
  const again = await doctor.prescribing.resume({ patientId, id, rev: stopped.rev })
  expect(again.status).toBe('active')
  const once = await doctor.prescribing.stop({ patientId, id, rev: again.rev, reason: 'Rash' })
  allergicTo(clinic, patientId, 'Amoxicillin', { severity: 'severe' })
  await expect(doctor.prescribing.resume({ patientId, id, rev: once.rev })).rejects.toMatchObject({
    code: 'REASON_NEEDED',
  })
})

test('stopping by mistake is undone although the medicine was prescribed against an alert', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  allergicTo(clinic, patientId, 'Penicillin', { criticality: 'high' })
  const drug = await drugFound(doctor, 'amox 500 cap')
  const [alert] = await doctor.prescribing.check({ patientId, drugId: drug.id })
  const basket = await doctor.prescribing.putItem({
    patientId,
    step: 0,
    drugId: drug.id,
    sigText: '1 cap tds',
    reasons: { [alert?.key ?? '']: 'Tolerated before' },
  })
  const script = await doctor.prescribing.sign({ patientId, step: basket.step })
  const id = script.items[0]?.medicineId ?? ''
  const stopped = await doctor.prescribing.stop({ patientId, id, rev: 1, reason: 'changed' })
  expect(await doctor.prescribing.resume({ patientId, id, rev: stopped.rev })).toMatchObject({
    status: 'active',
  })
})

test('a renewal shows how many refills of the earlier script are left', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const first = await prescribed(doctor, patientId, 'metformin 500 tablet', '1 tab bd', { refills: 2 })
  const oldId = first.items[0]?.medicineId ?? ''
  await doctor.prescribing.giveRefill({ patientId, id: oldId })
  const { basket } = await doctor.prescribing.open({ patientId })
  const { step } = await doctor.prescribing.renew({ patientId, step: basket.step, ids: [oldId] })
  const script = await doctor.prescribing.sign({ patientId, step })
  const found = await doctor.prescribing.medicine({ patientId, id: script.items[0]?.medicineId ?? '' })
  expect(found.medicine).toMatchObject({ refillsAllowed: 2, refillsLeft: 2 })
  expect(found.earlier).toMatchObject([{ id: oldId, refillsLeft: 1 }])
})

test('a medicine that is no longer in the catalogue is renewed by its words, and checked', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  const id = clinic.transact((ctx) =>
    ctx.write.insert(chartTables.medicationRequest, {
      patient_id: patientId,
      status: 'active',
      intent: 'order',
      medication_display: 'Lisinopril 7 mg tablet',
      dosage_text: '1 tab daily',
      drug_id: 'gone-from-the-catalogue',
    }),
  )
  await prescribed(doctor, patientId, 'spironolactone 25', '1 tab daily')
  const { basket } = await doctor.prescribing.open({ patientId })
  const renewed = await doctor.prescribing.renew({ patientId, step: basket.step, ids: [id] })
  expect(renewed.items).toMatchObject([
    { label: 'Lisinopril 7 mg tablet', drugId: null, alerts: [{ kind: 'interaction' }] },
  ])
})

test('very large and very odd numbers are kept as written and can be signed', async () => {
  await using clinic = await testPharmacy()
  const patientId = await registered(clinic)
  const doctor = clinic.as('doctor')
  for (const sigText of ['300000 IU im monthly', '1 tab every 5000 days', '5 daily']) {
    const script = await prescribed(doctor, patientId, 'amlodipine 5', sigText)
    expect(script.items).toMatchObject([{ directions: sigText, quantity: null }])
  }
})
