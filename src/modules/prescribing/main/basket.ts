// The basket: what is prepared for a patient and not signed yet. One a patient, journalled in a local table, so that a
// nurse prepares what a doctor signs and nothing is lost on the way. Alerts are worked out at each reading.
import { viewerOf, visibilityOf } from '#modules/access/main/api.ts'
import { allergyStateOf, requirePatient } from '#modules/chart/main/api.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { bannerOf } from '#modules/patients/main/api.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { prescribing } from '../shared/contract.ts'
import type { Alert, Basket, BasketItem } from '../shared/shapes.ts'
import { odIsDailyIn } from '../shared/country.ts'
import { alertsOf, allergiesOf, ingredientsOf, takenBy, unanswered, unnamed } from './alerts.ts'
import { alertsFor, type Taken } from './checks/check.ts'
import { type Ingredient, pharmacyOf } from './checks/pharmacy.ts'
import { direct, drugFor, knownDrug, sigContextOf } from './item.ts'
import { activeMedicines, isCurrent, requireMedicine } from './medicines.ts'
import * as q from './queries.ts'
import { prescriptionBasket } from './tables.ts'

type Procedures = (typeof prescribing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

/** As kept: without alerts, with the substances they are worked out from. */
export type StoredItem = Omit<BasketItem, 'alerts'> & { readonly ingredients: readonly Ingredient[] }
export interface StoredBasket {
  readonly step: number
  readonly items: readonly StoredItem[]
}

export function storedBasket(read: Reader, patientId: string): StoredBasket {
  const row = read.get(q.basketOf, { patientId })
  return row ? { step: row.step, items: JSON.parse(row.items) as StoredItem[] } : { step: 0, items: [] }
}

export function requireStep(basket: StoredBasket, step: number): void {
  if (basket.step !== step) throw new AppError('DRAFT_MOVED_ON', { step: basket.step })
}

export function saveBasket(
  ctx: CommandContext,
  patientId: string,
  basket: StoredBasket,
  items: readonly StoredItem[],
): StoredBasket {
  const next = { step: basket.step + 1, items }
  ctx.write.putLocal(prescriptionBasket, {
    patient_id: patientId,
    step: next.step,
    items: JSON.stringify(items),
    updated_at: ctx.now,
  })
  return next
}

const asTaken = ({ id, label, ingredients }: StoredItem): Taken => ({ id, label, ingredients })
const replacedBy = (items: readonly StoredItem[]) => new Set(items.flatMap((i) => i.replaces?.id ?? []))

/** Each item against the chart and against the rest of the basket. */
export function alertsOfItems(
  services: Services,
  ctx: QueryContext,
  patientId: string,
  items: readonly StoredItem[],
): Map<string, Alert[]> {
  const pharmacy = pharmacyOf(services)
  const taken = takenBy(pharmacy, ctx.read, patientId, replacedBy(items))
  const allergies = allergiesOf(ctx.read, patientId)
  return new Map(
    items.map((item) => {
      const others = items.filter((other) => other.id !== item.id).map(asTaken)
      const alerts = alertsFor(pharmacy, item, [...taken, ...others], allergies)
      return [item.id, unnamed(ctx, patientId, alerts)]
    }),
  )
}

function shown(services: Services, ctx: QueryContext, patientId: string, basket: StoredBasket): Basket {
  const alerts = alertsOfItems(services, ctx, patientId, basket.items)
  return {
    patientId: patientId as Basket['patientId'],
    step: basket.step,
    items: basket.items.map(({ ingredients: _ingredients, ...item }) => ({
      ...item,
      alerts: alerts.get(item.id) ?? [],
    })),
  }
}

export const openDesk =
  (services: Services) =>
  (ctx: QueryContext, { patientId }: In<'open'>): Out<'open'> => {
    const { read } = ctx
    const { ids } = visibilityOf(read, viewerOf(ctx), patientId)
    const banner = bannerOf(read, patientId)
    if (!banner) throw new AppError('NOT_FOUND')
    return {
      patientName: banner.name,
      birthDate: banner.birthDate,
      recordNumber: banner.recordNumber,
      allergies: {
        state: allergyStateOf(read, patientId),
        items: allergiesOf(read, patientId).flatMap((a) => (ids.has(a.id) ? [] : a.display)),
      },
      medicines: activeMedicines(read, patientId),
      basket: shown(services, ctx, patientId, storedBasket(read, patientId)),
      odIsDaily: odIsDailyIn(clinicOf(read).country),
    }
  }

export const checkDrug =
  (services: Services) =>
  (ctx: QueryContext, input: In<'check'>): Out<'check'> => {
    const { read } = ctx
    const { patientId } = input
    requirePatient(read, patientId)
    const { items } = storedBasket(read, patientId)
    const without = replacedBy(items)
    if (input.replaces !== null) without.add(input.replaces)
    const also = items.filter((item) => input.replaces === null || item.replaces?.id !== input.replaces)
    return alertsOf(services, ctx, patientId, drugFor(services, read, input), {
      without,
      also: also.map(asTaken),
    })
  }

export const putItem =
  (services: Services) =>
  (ctx: CommandContext, input: In<'putItem'>): Out<'putItem'> => {
    const { patientId } = input
    requirePatient(ctx.read, patientId)
    const basket = storedBasket(ctx.read, patientId)
    requireStep(basket, input.step)
    const before = basket.items.find((item) => item.id === input.itemId)
    if (input.itemId !== null && !before) throw new AppError('NOT_FOUND')
    if (input.replaces) requireReplaceable(ctx, patientId, input.replaces.id, basket, input.itemId)
    const item = itemFrom(services, ctx, input)
    const others = basket.items.filter((other) => other.id !== item.id)
    const alerts = alertsOf(services, ctx, patientId, item, {
      without: replacedBy([...others, item]),
      also: others.map(asTaken),
    })
    const open = unanswered(alerts, item.reasons)
    if (open.length > 0) throw new AppError('REASON_NEEDED', { alerts: open })
    const items = before
      ? basket.items.map((other) => (other.id === item.id ? item : other))
      : [...others, item]
    return shown(services, ctx, patientId, saveBasket(ctx, patientId, basket, items))
  }

function itemFrom(services: Services, ctx: CommandContext, input: In<'putItem'>): StoredItem {
  const drug = drugFor(services, ctx.read, input)
  return {
    id: input.itemId ?? ctx.mint(),
    drugId: drug.id,
    label: drug.label,
    ingredients: drug.ingredients,
    sigText: input.sigText,
    ...direct(input.sigText, sigContextOf(ctx.read, drug), input.quantity, input.refills),
    note: input.note,
    longTerm: input.longTerm,
    replaces: input.replaces,
    addedBy: ctx.actor.userName,
    reasons: input.reasons,
  }
}

/** One row is renewed or changed once: a second item for it would prescribe it twice. */
function requireReplaceable(
  ctx: CommandContext,
  patientId: string,
  id: string,
  basket: StoredBasket,
  itemId: string | null,
): void {
  const row = requireMedicine(ctx.read, patientId, id)
  const isTaken = basket.items.some((item) => item.replaces?.id === id && item.id !== itemId)
  if (isTaken || !isCurrent(row.status)) throw new AppError('WRONG_STATE', { medicineId: id })
}

export const removeItem =
  (services: Services) =>
  (ctx: CommandContext, input: In<'removeItem'>): Out<'removeItem'> => {
    const { patientId } = input
    requirePatient(ctx.read, patientId)
    const basket = storedBasket(ctx.read, patientId)
    requireStep(basket, input.step)
    const before = shown(services, ctx, patientId, basket)
    const removed = before.items.find((item) => item.id === input.itemId)
    if (!removed) throw new AppError('NOT_FOUND')
    const items = basket.items.filter((item) => item.id !== input.itemId)
    return {
      basket: shown(services, ctx, patientId, saveBasket(ctx, patientId, basket, items)),
      removed,
    }
  }

/**
 * Running medicines again, as they are. Directions are read anew and quantities counted anew: only what somebody typed
 * is carried over. Serious alerts stay open until signing asks for their reasons.
 */
export const renew =
  (services: Services) =>
  (ctx: CommandContext, input: In<'renew'>): Out<'renew'> => {
    const { patientId } = input
    requirePatient(ctx.read, patientId)
    const basket = storedBasket(ctx.read, patientId)
    requireStep(basket, input.step)
    const there = replacedBy(basket.items)
    const current = ctx.read.all(q.currentMedicines, { patientId })
    const wanted =
      input.ids === 'long-term'
        ? current.filter((row) => row.is_long_term === 1 && row.status === 'active')
        : input.ids.map((id) => requireMedicine(ctx.read, patientId, id))
    if (wanted.length === 0) throw new AppError('WRONG_STATE')
    const added = wanted
      .filter((row) => !there.has(row.id))
      .map((row) => {
        if (!isCurrent(row.status)) throw new AppError('WRONG_STATE', { medicineId: row.id })
        return renewalOf(services, ctx, row)
      })
    const saved =
      added.length === 0 ? basket : saveBasket(ctx, patientId, basket, [...basket.items, ...added])
    return shown(services, ctx, patientId, saved)
  }

function renewalOf(
  services: Services,
  ctx: CommandContext,
  row: ReturnType<typeof requireMedicine>,
): StoredItem {
  // A medicine that has left the catalogue goes on under its words.
  const known = row.drug_id === null ? null : knownDrug(services, ctx.read, row.drug_id)
  const drug = known ?? {
    id: null,
    label: row.medication_display,
    ingredients: ingredientsOf(pharmacyOf(services), row),
    unit: null,
  }
  const sigText = row.dosage_text ?? ''
  const counted = direct(sigText, sigContextOf(ctx.read, drug), null, 0)
  const typed =
    row.quantity_value === null ? null : { value: row.quantity_value, unit: row.quantity_unit as never }
  const directed = counted.quantity === null && typed ? { ...counted, quantity: typed } : counted
  return {
    id: ctx.mint(),
    drugId: drug.id,
    label: drug.label,
    ingredients: drug.ingredients,
    sigText,
    ...directed,
    refills: row.refills_allowed ?? directed.refills,
    note: null,
    longTerm: row.is_long_term === 1,
    replaces: { id: row.id, how: 'renewed' },
    addedBy: ctx.actor.userName,
    reasons: {},
  }
}
