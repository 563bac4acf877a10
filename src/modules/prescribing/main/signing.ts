// Signing: the basket becomes one prescription and its medicines become rows of the chart, in one transaction.
// Everything is checked once more here, since the chart may have changed since the basket was filled.
import { chartTables, requirePatient, visitOf } from '#modules/chart/main/api.ts'
import { signingKeyOf } from '#modules/people/main/api.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { nextNumber } from '#core/store/number-series.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { prescribing } from '../shared/contract.ts'
import type { Alert, Prescription } from '../shared/shapes.ts'
import { wordsEn } from '../shared/sig/index.ts'
import { unanswered } from './alerts.ts'
import { alertsOfItems, requireStep, saveBasket, type StoredItem, storedBasket } from './basket.ts'
import { countUse } from './drugs.ts'
import { isCurrent, requireMedicine } from './medicines.ts'
import { type ScriptItem, scriptFor } from './scripts.ts'
import { type SignedScript, sealScript } from './signature.ts'
import { alertOverride, prescription } from './tables.ts'

const { medicationRequest } = chartTables

export const sign =
  (services: Services) =>
  (ctx: CommandContext, input: InputOf<(typeof prescribing)['procedures']['sign']>): Prescription => {
    const { patientId } = input
    requirePatient(ctx.read, patientId)
    const basket = storedBasket(ctx.read, patientId)
    requireStep(basket, input.step)
    if (basket.items.length === 0) throw new AppError('WRONG_STATE')
    if (input.encounterId !== null && !visitOf(ctx.read, patientId, input.encounterId)) {
      throw new AppError('NOT_FOUND')
    }
    const key = ctx.session?.signingKey
    if (!key) throw new AppError('SIGNING_KEY_LOCKED')
    const alerts = alertsOfItems(services, ctx, patientId, basket.items)
    requireReasons(basket.items, alerts)
    const id = ctx.mint()
    const items = basket.items.map((item) => fileItem(ctx, patientId, id, input.encounterId, item))
    fileScript(ctx, key, {
      id,
      patient_id: patientId,
      encounter_id: input.encounterId,
      items: JSON.stringify(items),
    })
    basket.items.forEach((item, i) => {
      fileOverrides(
        ctx,
        { patientId, prescriptionId: id, medicineId: items[i]?.medicineId ?? '' },
        item,
        alerts.get(item.id) ?? [],
      )
      if (item.drugId !== null) countUse(ctx, item.drugId)
    })
    saveBasket(ctx, patientId, basket, [])
    return scriptFor(ctx.read, patientId, id)
  }

function requireReasons(items: readonly StoredItem[], alerts: ReadonlyMap<string, Alert[]>): void {
  for (const item of items) {
    if (item.sigText.trim() === '') throw new AppError('WRONG_STATE', { itemId: item.id })
    const open = unanswered(alerts.get(item.id) ?? [], item.reasons)
    if (open.length > 0) throw new AppError('REASON_NEEDED', { itemId: item.id, alerts: open })
  }
}

/** The new row, and the end of the one it takes the place of. */
function fileItem(
  ctx: CommandContext,
  patientId: string,
  prescriptionId: string,
  encounterId: string | null,
  item: StoredItem,
): ScriptItem {
  if (item.replaces) endPrior(ctx, patientId, item.replaces)
  const medicineId = ctx.write.insert(medicationRequest, {
    patient_id: patientId,
    status: 'active',
    intent: 'order',
    medication_display: item.label,
    dosage_text: item.sigText,
    ...structured(item),
    authored_on: ctx.now,
    requester_display: ctx.actor.userName,
    encounter_id: encounterId,
    note: item.note,
    quantity_value: item.quantity?.value ?? null,
    quantity_unit: item.quantity?.unit ?? null,
    refills_allowed: item.refills,
    prescriber_id: ctx.actor.userId,
    prescription_id: prescriptionId,
    prior_id: item.replaces?.id ?? null,
    is_reported: 0,
    is_long_term: item.longTerm ? 1 : 0,
    drug_id: item.drugId,
    ingredients: JSON.stringify(item.ingredients),
  })
  return {
    medicineId,
    label: item.label,
    directions: item.sig ? wordsEn({ ...item.sig, quantity: null, refills: null }) : item.sigText,
    sigText: item.sigText,
    sig: item.sig,
    quantity: item.quantity,
    refills: item.refills,
    note: item.note,
  }
}

/** The columns a chart shows beside the directions; they follow from the structure, never from the text again. */
function structured({ sig }: StoredItem) {
  if (!sig) return { sig: null, as_needed: null }
  return {
    sig: JSON.stringify(sig),
    dose_value: sig.dose && sig.dose.high === null ? sig.dose.low : null,
    dose_unit: sig.dose && sig.dose.high === null ? sig.dose.unit : null,
    route_display: sig.route,
    frequency_text: sig.frequency
      ? wordsEn({
          ...sig,
          method: null,
          dose: null,
          route: null,
          site: null,
          duration: null,
          asNeeded: false,
          reasons: [],
          max: null,
          quantity: null,
          refills: null,
          additional: [],
        })
      : null,
    as_needed: sig.asNeeded ? 1 : 0,
  }
}

function endPrior(
  ctx: CommandContext,
  patientId: string,
  { id, how }: NonNullable<StoredItem['replaces']>,
): void {
  const row = requireMedicine(ctx.read, patientId, id)
  if (!isCurrent(row.status)) throw new AppError('WRONG_STATE', { medicineId: id })
  ctx.write.update(medicationRequest, id, 'any', {
    status: how === 'changed' ? 'stopped' : 'completed',
    status_reason: how,
    ended_on: ctx.now,
  })
}

type Unsigned = Pick<SignedScript, 'encounter_id' | 'id' | 'items' | 'patient_id'>
interface SigningKey {
  readonly keyId: string
  readonly privateKey: Uint8Array
}

function fileScript(ctx: CommandContext, key: SigningKey, script: Unsigned): void {
  const fields: SignedScript = {
    ...script,
    number: nextNumber(ctx, 'prescription'),
    prescriber_id: ctx.actor.userId,
    prescriber_name: ctx.actor.userName,
    prescriber_role: ctx.actor.role,
    signed_at: ctx.now,
    clock_quality: ctx.clockQuality,
    signing_key_id: key.keyId,
  }
  const { digest, signature, publicKey } = sealScript(fields, key.privateKey)
  const row = signingKeyOf(ctx.read, key.keyId)
  // A key that is not the one of its public row would make a script nobody can trust.
  if (row?.user_id !== fields.prescriber_id || !publicKey.equals(row.public_key)) {
    throw new Error('the signing key does not match its public row')
  }
  ctx.write.insert(prescription, { ...fields, digest, signature })
}

function fileOverrides(
  ctx: CommandContext,
  ids: { patientId: string; prescriptionId: string; medicineId: string },
  item: StoredItem,
  alerts: readonly Alert[],
): void {
  for (const alert of alerts) {
    const reason = item.reasons[alert.key]
    if (reason === undefined || reason.trim() === '') continue
    ctx.write.insert(alertOverride, {
      patient_id: ids.patientId,
      prescription_id: ids.prescriptionId,
      medication_request_id: ids.medicineId,
      kind: alert.kind,
      tier: alert.tier,
      alert_key: alert.key,
      substance: alert.substance,
      other: alert.otherLabel,
      source: alert.source,
      source_date: alert.sourceDate,
      reason,
      prescriber_id: ctx.actor.userId,
      prescriber_name: ctx.actor.userName,
      at: ctx.now,
    })
  }
}
