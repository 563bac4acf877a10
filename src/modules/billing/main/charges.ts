// Charges: what was done and is to be paid. Proposed by a visit or added by hand, draft until an invoice carries them.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { localDateIn } from '#shared/time.ts'
import { requirePatient, visitOf } from '#modules/chart/main/api.ts'
import { visitTypeOfEncounter } from '#modules/scheduling/main/api.ts'
import { lineAmounts } from '../shared/amounts.ts'
import type { billing } from '../shared/contract.ts'
import type { Charge } from '../shared/shapes.ts'
import { booksOf } from './business-date.ts'
import * as q from './charge-queries.ts'
import { feeIdOfCode, type PricedService, priceOn, standardLevel } from './fees.ts'
import { chargeItem } from './tables.ts'

type Procedures = (typeof billing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>

export function addCharge(ctx: CommandContext, input: In<'addCharge'>): Charge {
  requirePatient(ctx.read, input.patientId)
  if (input.encounterId !== null && !visitOf(ctx.read, input.patientId, input.encounterId))
    throw new AppError('NOT_FOUND')
  const { currency, today } = booksOf(ctx)
  const date = input.serviceDate ?? today
  if (date > today) throw new AppError('INVALID_INPUT', { fields: ['serviceDate'] })
  const service = priceOn(ctx.read, input.feeId, { date, level: input.level, currency })
  if (!service) throw new AppError('NOT_FOUND')
  const id = insertCharge(ctx, service, {
    patientId: input.patientId,
    encounterId: input.encounterId,
    quantity: input.quantity,
    date,
    source: 'hand',
  })
  return chargeOf(ctx.read, input.patientId, id)
}

export interface VisitToCharge {
  readonly patientId: string
  readonly encounterId: string
  /** Fee code of the visit's type; null where it has none: nothing is charged then. */
  readonly feeCode: string | null
  /** Instant of the visit: its price is the one of that day. */
  readonly at: string
}

/**
 * Drafts the charge of a visit, once: a second call, a charge already invoiced and one that was taken out on purpose
 * leave things as they are. Without a fee or a price of that day nothing is charged; the day's loose ends show the visit.
 * Returns the id of the charge now made.
 */
export function chargeVisit(ctx: CommandContext, visit: VisitToCharge): string | null {
  const { patientId, encounterId } = visit
  if (visit.feeCode === null || ctx.read.get(q.visitCharge, { patientId, encounterId })) return null
  const feeId = feeIdOfCode(ctx.read, visit.feeCode)
  const { currency, timeZone } = booksOf(ctx)
  const date = localDateIn(timeZone, Date.parse(visit.at))
  const service = feeId && priceOn(ctx.read, feeId, { date, level: standardLevel, currency })
  if (!service) return null
  return insertCharge(ctx, service, { patientId, encounterId, quantity: 1, date, source: 'visit' })
}

/** The same for a visit of the schedule: what it costs is known from the kind of visit that was booked. */
export function chargeEncounter(ctx: CommandContext, patientId: string, encounterId: string): string | null {
  const visit = visitOf(ctx.read, patientId, encounterId)
  if (!visit) return null
  const feeCode = visitTypeOfEncounter(ctx.read, patientId, encounterId)?.feeCode ?? null
  return chargeVisit(ctx, { patientId, encounterId, feeCode, at: visit.startedAt ?? ctx.now })
}

interface NewCharge {
  readonly patientId: string
  readonly encounterId: string | null
  readonly quantity: number
  readonly date: string
  readonly source: Charge['source']
}

function insertCharge(ctx: CommandContext, service: PricedService, charge: NewCharge): string {
  const { netMinor, taxMinor } = lineAmounts({ ...service, quantity: charge.quantity })
  return ctx.write.insert(chargeItem, {
    patient_id: charge.patientId,
    status: 'draft',
    definition_id: service.feeId,
    code: service.code,
    title: service.title,
    category: service.category,
    price_level: service.level,
    quantity: charge.quantity,
    unit_minor: service.unitMinor,
    currency: service.currency,
    tax_code: service.taxCode,
    tax_basis_points: service.taxBasisPoints,
    net_minor: netMinor,
    tax_minor: taxMinor,
    service_date: charge.date,
    source: charge.source,
    encounter_id: charge.encounterId,
    entered_at: ctx.now,
    entered_by: ctx.actor?.userId ?? null,
    entered_by_name: ctx.actor?.userName ?? '',
  })
}

export function removeCharge(ctx: CommandContext, input: In<'removeCharge'>) {
  const row = draftFor(ctx, input.patientId, input.chargeId)
  requireOwnOrBilling(ctx, row)
  ctx.write.void(chargeItem, row.id, input.rev, input.reason ?? 'removed')
  return { id: row.id }
}

export function restoreCharge(ctx: CommandContext, input: In<'restoreCharge'>): Charge {
  const row = ctx.read.get(q.chargeById, { patientId: input.patientId, id: input.chargeId })
  if (!row) throw new AppError('NOT_FOUND')
  requireOwnOrBilling(ctx, row)
  if (row.voided_at !== null) ctx.write.restore(chargeItem, row.id, 'any')
  return chargeOf(ctx.read, input.patientId, row.id)
}

export function changeCharge(ctx: CommandContext, input: In<'changeCharge'>): Charge {
  const row = draftFor(ctx, input.patientId, input.chargeId)
  const { netMinor, taxMinor } = lineAmounts({
    quantity: input.quantity,
    unitMinor: input.unitMinor,
    taxBasisPoints: row.tax_basis_points,
  })
  ctx.write.update(chargeItem, row.id, input.rev, {
    quantity: input.quantity,
    unit_minor: input.unitMinor,
    net_minor: netMinor,
    tax_minor: taxMinor,
  })
  return chargeOf(ctx.read, input.patientId, row.id)
}

/** Who entered a charge may take it back; billing may any, also one that a visit proposed. */
function requireOwnOrBilling(ctx: CommandContext, row: { entered_by: string | null; source: string }): void {
  if (ctx.actor.role === 'billing') return
  if (row.source !== 'hand' || row.entered_by !== ctx.actor.userId) throw new AppError('NOT_AUTHOR')
}

function draftFor(ctx: CommandContext, patientId: string, id: string) {
  const row = ctx.read.get(q.chargeById, { patientId, id })
  if (!row || row.voided_at !== null) throw new AppError('NOT_FOUND')
  if (row.status !== 'draft') throw new AppError('ALREADY_ISSUED')
  return row
}

export function draftChargesOf(read: Reader, patientId: string): Charge[] {
  return read.all(q.draftCharges, { patientId }).map(toCharge)
}

function chargeOf(read: Reader, patientId: string, id: string): Charge {
  const row = read.get(q.chargeById, { patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  return toCharge(row)
}

type ChargeRow = NonNullable<ReturnType<typeof rowType>>
const rowType = (read: Reader) => read.get(q.chargeById, { patientId: '', id: '' })

function toCharge(row: ChargeRow): Charge {
  return {
    id: row.id,
    rev: row.rev,
    patientId: row.patient_id as Charge['patientId'],
    encounterId: row.encounter_id as Charge['encounterId'],
    serviceDate: row.service_date,
    code: row.code,
    title: row.title,
    category: row.category,
    quantity: row.quantity,
    unitMinor: row.unit_minor,
    taxCode: row.tax_code,
    taxBasisPoints: row.tax_basis_points,
    netMinor: row.net_minor,
    taxMinor: row.tax_minor,
    totalMinor: row.net_minor + row.tax_minor,
    status: row.status as Charge['status'],
    source: row.source as Charge['source'],
    enteredBy: row.entered_by_name,
  }
}
