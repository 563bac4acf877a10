// The list of medicines: what is taken and was, and the acts that end, pause and take one up again.
import { chartTables, requirePatient } from '#modules/chart/main/api.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { prescribing } from '../shared/contract.ts'
import type { Alert, Medicine } from '../shared/shapes.ts'
import { Sig, isParsed, parseSig } from '../shared/sig/index.ts'
import { alertsOf, ingredientsOf } from './alerts.ts'
import { pharmacyOf } from './checks/pharmacy.ts'
import { quantityFrom } from './favourites.ts'
import { drugFor, sigContextOf } from './item.ts'
import * as q from './queries.ts'
import { medicationRefill } from './tables.ts'

type Procedures = (typeof prescribing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>
type RowFrom<Q> = Q extends { readonly types?: { readonly row: infer R } } ? R : never
export type MedicineRow = RowFrom<typeof q.medicineById>

const { medicationRequest } = chartTables

/** Sorts after every id: the cursor of a first page. */
export const afterAll = 'g'

export function rowToMedicine(row: MedicineRow, refillsGiven: number): Medicine {
  const allowed = row.refills_allowed
  return {
    id: row.id,
    rev: row.rev,
    drugId: row.drug_id,
    label: row.medication_display,
    sigText: row.dosage_text,
    sig: sigFrom(row.sig),
    status: row.status,
    statusReason: row.status_reason,
    authoredOn: row.authored_on,
    endedOn: row.ended_on,
    prescriber: row.requester_display,
    reason: row.reason_display,
    quantity: quantityFrom(row.quantity_value, row.quantity_unit),
    refillsAllowed: allowed,
    refillsLeft: allowed === null ? null : Math.max(0, allowed - refillsGiven),
    longTerm: row.is_long_term === 1,
    reported: row.is_reported === 1,
    prescriptionId: row.prescription_id,
    priorId: row.prior_id,
    note: row.note,
  }
}

/** What another version of Osler wrote may have parts unknown here: then the words stand for themselves. */
export function sigFrom(json: string | null): Medicine['sig'] {
  if (json === null) return null
  const read = Sig.safeParse(JSON.parse(json))
  return read.success ? read.data : null
}

function refillCounts(read: Reader, patientId: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const row of read.all(q.refillsOf, { patientId })) {
    counts.set(row.medication_request_id, (counts.get(row.medication_request_id) ?? 0) + 1)
  }
  return counts
}

/** What the patient takes now, newest first. Also for papers and summaries. */
export function activeMedicines(read: Reader, patientId: string): Medicine[] {
  const counts = refillCounts(read, patientId)
  return read.all(q.currentMedicines, { patientId }).map((row) => rowToMedicine(row, counts.get(row.id) ?? 0))
}

export function listMedicines({ read }: QueryContext, input: In<'medicines'>): Out<'medicines'> {
  const { patientId, limit } = input
  requirePatient(read, patientId)
  const page = { patientId, before: input.before ?? afterAll, limit: limit + 1 }
  const rows = read.all(input.onlyCurrent ? q.currentMedicinesPage : q.medicinesPage, page)
  const counts = refillCounts(read, patientId)
  const items = rows.slice(0, limit).map((row) => rowToMedicine(row, counts.get(row.id) ?? 0))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

export function requireMedicine(read: Reader, patientId: string, id: string): MedicineRow {
  const row = read.get(q.medicineById, { patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

export function medicineFor(read: Reader, patientId: string, id: string): Medicine {
  const row = requireMedicine(read, patientId, id)
  return rowToMedicine(row, refillCounts(read, patientId).get(id) ?? 0)
}

export const isCurrent = (status: string) => (q.currentStatuses as readonly string[]).includes(status)

/** A thread is as long as the renewals of some years; a circle, which sync could make, ends it. */
const longestThread = 100

export function getMedicine({ read }: QueryContext, input: In<'medicine'>): Out<'medicine'> {
  const { patientId, id } = input
  requirePatient(read, patientId)
  const medicine = medicineFor(read, patientId, id)
  const earlier: Medicine[] = []
  const counts = refillCounts(read, patientId)
  const seen = new Set([id])
  let next = medicine.priorId
  while (next !== null && !seen.has(next) && earlier.length < longestThread) {
    seen.add(next)
    const row = read.get(q.medicineById, { patientId, id: next })
    if (!row) break
    earlier.push(rowToMedicine(row, counts.get(row.id) ?? 0))
    next = row.prior_id
  }
  const overrides = read.all(q.overridesOf, { patientId }).filter((o) => seen.has(o.medication_request_id))
  return {
    medicine,
    earlier,
    overrides: overrides.map((o) => ({
      id: o.id,
      kind: o.kind as Out<'medicine'>['overrides'][number]['kind'],
      substance: o.substance,
      other: o.other,
      reason: o.reason,
      prescriberName: o.prescriber_name,
      at: o.at,
    })),
  }
}

/** A medicine told by the patient: it is on the list and in every check, and belongs to no script. */
export const recordMedicine =
  (services: Services) =>
  (ctx: CommandContext, input: In<'record'>): Out<'record'> => {
    const { patientId } = input
    requirePatient(ctx.read, patientId)
    const drug = drugFor(services, ctx.read, input)
    const alerts = alertsOf(services, ctx, patientId, drug)
    const reading = input.sigText === '' ? null : parseSig(input.sigText, sigContextOf(ctx.read, drug))
    const id = ctx.write.insert(medicationRequest, {
      patient_id: patientId,
      status: 'active',
      intent: 'plan',
      medication_display: drug.label,
      dosage_text: input.sigText === '' ? null : input.sigText,
      sig: reading && isParsed(reading) ? JSON.stringify(reading) : null,
      authored_on: input.since ?? ctx.now,
      note: input.note,
      is_reported: 1,
      is_long_term: input.longTerm ? 1 : 0,
      drug_id: drug.id,
      ingredients: JSON.stringify(drug.ingredients),
    })
    return { medicine: medicineFor(ctx.read, patientId, id), alerts }
  }

export function withdrawMedicine(ctx: CommandContext, input: In<'withdraw'>): Out<'withdraw'> {
  const row = requireMedicine(ctx.read, input.patientId, input.id)
  // What was signed is stopped, not taken back.
  if (row.is_reported !== 1) throw new AppError('WRONG_STATE', { status: row.status })
  const medicine = medicineFor(ctx.read, input.patientId, input.id)
  ctx.write.void(medicationRequest, row.id, input.rev, input.reason)
  return medicine
}

type Change = { patientId: string; id: string; rev: number }

function change(
  ctx: CommandContext,
  input: Change,
  to: { status: string; reason: string | null; from: readonly string[] },
) {
  const row = requireMedicine(ctx.read, input.patientId, input.id)
  if (!to.from.includes(row.status)) throw new AppError('WRONG_STATE', { status: row.status })
  ctx.write.update(medicationRequest, row.id, input.rev, {
    status: to.status,
    status_reason: to.reason,
    ended_on: to.status === 'stopped' ? ctx.now : null,
  })
  return medicineFor(ctx.read, input.patientId, input.id)
}

export const stopMedicine = (ctx: CommandContext, input: In<'stop'>): Out<'stop'> =>
  change(ctx, input, { status: 'stopped', reason: input.reason, from: q.currentStatuses })

export const holdMedicine = (ctx: CommandContext, input: In<'hold'>): Out<'hold'> =>
  change(ctx, input, { status: 'on-hold', reason: input.reason, from: ['active', 'unknown'] })

/**
 * Not one that was renewed or changed: its successor is the running one. While it was stopped nothing was checked against
 * it, so a serious alert that nobody answered sends it through a new prescription. One that was only told needs no reason.
 */
export const resumeMedicine =
  (services: Services) =>
  (ctx: CommandContext, input: In<'resume'>): Out<'resume'> => {
    const { patientId, id } = input
    const row = requireMedicine(ctx.read, patientId, id)
    if (ctx.read.get(q.successorOf, { patientId, id }))
      throw new AppError('WRONG_STATE', { status: row.status })
    if (row.status === 'stopped' && row.is_reported !== 1) requireAnswered(services, ctx, patientId, row)
    return change(ctx, input, { status: 'active', reason: null, from: ['on-hold', 'stopped'] })
  }

/** A reason was given with this medicine, or with the one it does not go with. */
function requireAnswered(services: Services, ctx: CommandContext, patientId: string, row: MedicineRow): void {
  const ingredients = ingredientsOf(pharmacyOf(services), row)
  const drug = { label: row.medication_display, ingredients }
  const alerts = alertsOf(services, ctx, patientId, drug, { without: new Set([row.id]) })
  const given = ctx.read.all(q.overridesOf, { patientId })
  const isAnswered = (alert: Alert) =>
    given.some(
      ({ medication_request_id, alert_key, kind, substance }) =>
        (medication_request_id === row.id && alert_key === alert.key) ||
        (medication_request_id === alert.otherId && kind === alert.kind && substance === alert.other),
    )
  const open = alerts.filter((alert) => alert.tier === 'serious' && !isAnswered(alert))
  if (open.length > 0) throw new AppError('REASON_NEEDED', { alerts: open.map((alert) => alert.key) })
}

export function setLongTerm(ctx: CommandContext, input: In<'setLongTerm'>): Out<'setLongTerm'> {
  const row = requireMedicine(ctx.read, input.patientId, input.id)
  ctx.write.update(medicationRequest, row.id, input.rev, { is_long_term: input.longTerm ? 1 : 0 })
  return medicineFor(ctx.read, input.patientId, input.id)
}

/** One refill is given: counted inside the transaction, so that two windows cannot give the last one twice. */
export function giveRefill(ctx: CommandContext, input: In<'giveRefill'>): Out<'giveRefill'> {
  const medicine = medicineFor(ctx.read, input.patientId, input.id)
  if (medicine.status !== 'active' || (medicine.refillsLeft ?? 0) < 1) {
    throw new AppError('WRONG_STATE', { status: medicine.status, left: medicine.refillsLeft ?? 0 })
  }
  const refillId = ctx.write.insert(medicationRefill, {
    patient_id: input.patientId,
    medication_request_id: input.id,
    given_at: ctx.now,
    given_by: ctx.actor.userId,
    given_by_name: ctx.actor.userName,
  })
  return { refillId, medicine: medicineFor(ctx.read, input.patientId, input.id) }
}

export function takeBackRefill(ctx: CommandContext, input: In<'takeBackRefill'>): Out<'takeBackRefill'> {
  const row = ctx.read.get(q.refillById, { patientId: input.patientId, id: input.refillId })
  if (!row) throw new AppError('NOT_FOUND')
  ctx.write.void(medicationRefill, row.id, 'any', 'not given')
  return medicineFor(ctx.read, input.patientId, row.medication_request_id)
}
