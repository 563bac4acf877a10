// A fee schedule for tests: an exempt visit, a taxed certificate, and a way to charge and pay in one line.
import type { PatientId } from '#shared/ids.ts'
import type { Fee } from '#modules/billing/shared/shapes.ts'
import type { TestClinic } from './clinic.ts'

export interface FeeSchedule {
  /** 50.00, exempt. */
  readonly visit: Fee
  /** 10.05 and 19 % tax: 11.96 (1.9095 is rounded to 1.91). */
  readonly letter: Fee
  /** Nothing at all. */
  readonly free: Fee
}

export async function withFees(clinic: TestClinic): Promise<FeeSchedule> {
  const billing = clinic.as('billing').billing
  const validFrom = '2026-01-01'
  await billing.setTaxRate({ code: 'exempt', name: 'Exempt', basisPoints: 0, validFrom })
  await billing.setTaxRate({ code: 'standard', name: 'VAT', basisPoints: 1900, validFrom })
  const add = (code: string, title: string, amountMinor: number, taxCode: string) =>
    billing.addFee({ code, title, category: 'visit', amountMinor, taxCode, validFrom })
  return {
    visit: await add('VISIT', 'Consultation', 5000, 'exempt'),
    letter: await add('LETTER', 'Letter for an insurer', 1005, 'standard'),
    free: await add('FREE', 'Second look', 0, 'exempt'),
  }
}

export async function patientOf(clinic: TestClinic, name = 'Ana Sol'): Promise<PatientId> {
  return (await clinic.as('reception').patients.register({ name, gender: 'female' })).id
}

/** An issued invoice over one visit (50.00), unpaid. */
export async function invoiced(clinic: TestClinic, patientId: PatientId, fee: Fee, quantity = 1) {
  const desk = clinic.as('reception').billing
  const charge = await desk.addCharge({ patientId, feeId: fee.id, quantity })
  return desk.issue({ patientId, chargeIds: [charge.id], expectedTotalMinor: charge.totalMinor })
}

export const cash = (amountMinor: number) => [{ method: 'cash' as const, amountMinor }]
export const card = (amountMinor: number) => [{ method: 'card' as const, amountMinor }]
