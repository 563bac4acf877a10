// The close of day: counted by method, differences explained, nothing entered into a closed day.
import { expect, test } from 'vitest'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { card, cash, invoiced, patientOf, withFees } from '#testkit/billing.ts'

const hours = 3_600_000
const reason = 'the terminal was counted twice'

async function dayWithMoney() {
  const clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const patientId = await patientOf(clinic)
  await invoiced(clinic, patientId, visit, 4)
  const desk = clinic.as('reception').billing
  await desk.openDrawer({ floatMinor: 10_000 })
  await desk.takePayment({ patientId, tenders: [...cash(3000), ...card(2000)] })
  await desk.takePayment({ patientId, tenders: cash(1000) })
  return { clinic, patientId, desk }
}

const counted = (cashMinor: number, cardMinor = 2000) => [
  { method: 'cash' as const, countedMinor: cashMinor, expectedMinor: 14_000 },
  { method: 'card' as const, countedMinor: cardMinor, expectedMinor: 2000 },
]
const date = '2026-03-02'

test('W12: the day shows what should be there, is counted, closed and locked', async () => {
  const { clinic, desk } = await dayWithMoney()
  await using _ = clinic
  const open = await desk.day({})
  expect(open).toMatchObject({ date, state: 'open', openedBy: 'Test reception', openingFloatMinor: 10_000 })
  expect(open.tenders).toEqual([
    { method: 'cash', inMinor: 4000, outMinor: 0, expectedMinor: 14_000 },
    { method: 'card', inMinor: 2000, outMinor: 0, expectedMinor: 2000 },
  ])
  expect(open.totals).toMatchObject({ invoicedMinor: 20_000, receivedMinor: 6000 })

  const closed = await desk.closeDay({ date, counted: counted(14_000), floatMinor: 10_000 })
  expect(closed).toMatchObject({
    state: 'closed',
    lockedUntil: date,
    closes: [{ closedBy: 'Test reception' }],
  })
  expect(clinic.auditOf('day.close')).toHaveLength(1)
})

test('a difference needs its explanation, a float not more than what was counted, and figures of now', async () => {
  const { clinic, desk, patientId } = await dayWithMoney()
  await using _ = clinic
  const close = (cashMinor: number, more = {}) =>
    desk.closeDay({ date, counted: counted(cashMinor), floatMinor: 0, ...more })
  await expect(close(13_990)).rejects.toMatchObject({ code: 'REASON_NEEDED' })
  await expect(close(14_000, { floatMinor: 14_001 })).rejects.toMatchObject({ code: 'TOO_MUCH' })
  await expect(
    desk.closeDay({ date, counted: counted(14_000).slice(0, 1), floatMinor: 0 }),
  ).rejects.toMatchObject({ code: 'CONFLICT' })
  await desk.takePayment({ patientId, tenders: cash(500) })
  await expect(close(14_000)).rejects.toMatchObject({ code: 'CONFLICT', details: { method: 'cash' } })
  await expect(desk.closeDay({ date: '2026-03-03', counted: [], floatMinor: 0 })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
})

test('nothing is entered into a closed day; what comes after it counts for the next', async () => {
  const { clinic, desk, patientId } = await dayWithMoney()
  await using _ = clinic
  await desk.closeDay({ date, counted: counted(13_990), floatMinor: 9000, explanation: reason })
  await expect(desk.takePayment({ patientId, tenders: cash(500), businessDate: date })).rejects.toMatchObject(
    { code: 'PERIOD_LOCKED' },
  )
  await expect(desk.closeDay({ date, counted: [], floatMinor: 0 })).rejects.toMatchObject({
    code: 'PERIOD_LOCKED',
  })
  await expect(desk.openDrawer({ floatMinor: 0 })).rejects.toMatchObject({ code: 'PERIOD_LOCKED' })

  expect(await desk.takePayment({ patientId, tenders: cash(500) })).toMatchObject({
    businessDate: '2026-03-03',
  })
  clinic.tick(24 * hours)
  const tomorrow = await clinic.as('reception').billing.day({})
  expect(tomorrow).toMatchObject({ date: '2026-03-03', openingFloatMinor: 9000, openedBy: null })
  expect(tomorrow.tenders).toEqual([{ method: 'cash', inMinor: 500, outMinor: 0, expectedMinor: 9500 }])
})

test('days nobody closed are counted and closed together with the next', async () => {
  const { clinic, patientId } = await dayWithMoney()
  await using _ = clinic
  clinic.tick(24 * hours)
  const desk = clinic.as('reception').billing
  await desk.takePayment({ patientId, tenders: cash(100) })
  const day = await desk.day({})
  expect(day).toMatchObject({ date: '2026-03-03', earlierOpen: [date] })
  expect(day.tenders.map((t) => t.expectedMinor)).toEqual([14_100, 2000])
  expect(await desk.takePayment({ patientId, tenders: cash(50), businessDate: date })).toMatchObject({
    businessDate: date,
  })
  const fresh = await desk.day({})
  await desk.closeDay({
    date: fresh.date,
    counted: fresh.tenders.map((t) => ({
      method: t.method,
      countedMinor: t.expectedMinor,
      expectedMinor: t.expectedMinor,
    })),
    floatMinor: 0,
  })
  await expect(desk.takePayment({ patientId, tenders: cash(1), businessDate: date })).rejects.toMatchObject({
    code: 'PERIOD_LOCKED',
  })
})

test('billing reopens the day closed last, with a reason; its count stays on record', async () => {
  const { clinic, desk, patientId } = await dayWithMoney()
  await using _ = clinic
  await desk.closeDay({ date, counted: counted(14_000), floatMinor: 0 })
  const office = clinic.as('billing').billing
  await expect(office.reopenDay({ date: '2026-03-01', reason })).rejects.toMatchObject({
    code: 'WRONG_STATE',
  })
  const open = await office.reopenDay({ date, reason })
  expect(open).toMatchObject({ state: 'open', lockedUntil: null, openingFloatMinor: 10_000 })
  expect(open.closes).toHaveLength(1)
  expect(open.reopenings).toMatchObject([{ by: 'Test billing', reason }])
  await desk.takePayment({ patientId, tenders: card(10) })
  const again = await desk.day({})
  expect(again.tenders.map((t) => t.expectedMinor)).toEqual([14_000, 2010])
  await expect(office.reopenDay({ date, reason })).rejects.toMatchObject({ code: 'WRONG_STATE' })
})

test('the day ends in the clinic’s zone: half past midnight in Berlin is the next day', async () => {
  await using clinic = await testClinic({ startAt: Date.UTC(2026, 2, 2, 22, 59) })
  const at = async () => (await clinic.as('billing').billing.day({})).date
  expect(await at()).toBe('2026-03-02')
  clinic.tick(60_000)
  expect(await at()).toBe('2026-03-03')
})

test('R7: loose ends name unsigned notes, visits without a charge, visits still open and charges not invoiced', async () => {
  await using clinic = await testClinic()
  const { visit } = await withFees(clinic)
  const [ana, bo] = [await patientOf(clinic), await patientOf(clinic, 'Bo Lind')]
  await clinic.as('doctor').notes.start({ patientId: ana, title: 'Cough' })
  await clinic.as('doctor').billing.addCharge({ patientId: bo, feeId: visit.id })
  const { looseEnds: ends } = await clinic.as('reception').billing.day({})
  expect(ends?.counts).toEqual({ unsignedNotes: 1, unbilledVisits: 0, openVisits: 1, openCharges: 1 })
  expect(ends).toMatchObject({
    unsignedNotes: [{ patientName: 'Ana Sol', author: 'Test doctor' }],
    openVisits: [{ patientName: 'Ana Sol' }],
    openCharges: [{ patientName: 'Bo Lind', count: 1, totalMinor: 5000 }],
  })
  // AUTHZ-05: what a note is about is not the desk's or billing's to know.
  expect(JSON.stringify(ends)).not.toContain('Cough')
  clinic.tick(24 * hours)
  expect(await endsOn(clinic, '2026-03-03')).toMatchObject({
    unsignedNotes: 1,
    unbilledVisits: 0,
    openVisits: 0,
  })
})

async function endsOn(clinic: TestClinic, on: string) {
  return (await clinic.as('reception').billing.day({ date: on })).looseEnds?.counts
}
