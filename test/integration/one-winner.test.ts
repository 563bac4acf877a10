// REL-05: acts that may happen once happen once, however many try: 200 at the same moment, by one retrying window or by many.
import { expect, test } from 'vitest'
import type { Reply } from '#shared/errors.ts'
import { mintId } from '#core/store/mint.ts'
import { cash, invoiced, patientOf, withFees } from '#testkit/billing.ts'
import { testClinic, type TestClinic } from '#testkit/clinic.ts'
import { scratchFolder } from '#testkit/scratch.ts'

const night = process.env.OSLER_NIGHT === '1'
const rounds = night ? 50 : 3
const rivals = 200

const won = (replies: readonly Reply[]) => replies.filter((reply) => reply.ok)
const codes = (replies: readonly Reply[]) => [
  ...new Set(replies.flatMap((reply) => (reply.ok ? [] : [reply.error.code]))),
]

/** All at once through dispatch; `same` gives every try the same id, as a window does that got no answer. */
function tryAll(clinic: TestClinic, procedure: string, input: unknown, same: boolean): Promise<Reply[]> {
  const token = clinic.tokenOf('reception')
  const opId = mintId(clinic.now())
  return Promise.all(
    Array.from({ length: rivals }, () =>
      clinic.call(procedure, input, { token, opId: same ? opId : mintId(clinic.now()) }),
    ),
  )
}

const count = (clinic: TestClinic, table: 'payment' | 'invoice' | 'appointment') =>
  clinic.read((r) => r.list((db) => db.selectFrom(table).select('id'))).length

test(
  `REL-05: ${rivals} tries at once, ${rounds} rounds: one payment, one invoice, one booking each`,
  async () => {
    await using clinic = await testClinic({ dir: scratchFolder() })
    const fees = await withFees(clinic)
    const { id: providerId } = await clinic
      .as('admin')
      .scheduling.saveProvider({ id: null, rev: null, name: 'Dr Weber', colour: 'blue' })
    for (let round = 1; round <= rounds; round++) {
      const patientId = await patientOf(clinic, `Round ${round}`)
      const desk = clinic.as('reception').billing

      // One window repeats a payment it got no answer to: all hear of the same one.
      await invoiced(clinic, patientId, fees.visit)
      const pay = { patientId, tenders: cash(5_000), excess: 'credit' }
      const paid = await tryAll(clinic, 'billing.takePayment', pay, true)
      expect(won(paid)).toHaveLength(rivals)
      expect(new Set(won(paid).map((r) => r.ok && (r.value as { id: string }).id)).size).toBe(1)
      expect(count(clinic, 'payment')).toBe(round)

      // Many desks put the same charge on an invoice: one number is drawn.
      const charge = await desk.addCharge({ patientId, feeId: fees.visit.id, quantity: 1 })
      const issue = { patientId, chargeIds: [charge.id], expectedTotalMinor: charge.totalMinor }
      const before = count(clinic, 'invoice')
      const issued = await tryAll(clinic, 'billing.issue', issue, false)
      expect(won(issued)).toHaveLength(1)
      expect(codes(issued)).toEqual([expect.stringMatching(/CONFLICT|WRONG_STATE|NOTHING_TO_BILL/)])
      expect(count(clinic, 'invoice')).toBe(before + 1)

      // Many desks book the same half hour.
      const date = new Date(Date.UTC(2026, 2, 3 + round)).toISOString().slice(0, 10)
      const book = { patientId, date, start: 600, minutes: 30, providerId, visitTypeId: null }
      const booked = await tryAll(clinic, 'scheduling.book', book, false)
      expect(won(booked)).toHaveLength(1)
      expect(codes(booked)).toEqual(['SLOT_TAKEN'])
      expect(count(clinic, 'appointment')).toBe(round)
    }
    expect(clinic.clinic.verify()).toMatchObject({ ok: true })
  },
  night ? 900_000 : 120_000,
)
