// One prepared medicine: found or named, its directions read here (never believed from a screen), its quantity counted.
import { clinicOf } from '#modules/clinic/main/api.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import {
  isParsed,
  parseSig,
  type Quantity,
  quantityOf,
  type Sig,
  type SigContext,
} from '../shared/sig/index.ts'
import type { Ingredient } from './checks/pharmacy.ts'
import { pharmacyOf } from './checks/pharmacy.ts'
import { findDrug } from './drugs.ts'
import { sigContextFor } from '../shared/country.ts'

export interface ItemDrug {
  readonly id: string | null
  readonly label: string
  readonly ingredients: readonly Ingredient[]
  readonly unit: SigContext['unit']
}

export const knownDrug = (services: Services, read: Reader, id: string): ItemDrug | null =>
  findDrug(services, read, id)

/** From the catalogue, or by words alone: then its substances are those its words name. */
export function drugFor(
  services: Services,
  read: Reader,
  input: { drugId: string | null; label: string | null },
): ItemDrug {
  if (input.drugId !== null) {
    const drug = findDrug(services, read, input.drugId)
    if (!drug) throw new AppError('NOT_FOUND')
    return drug
  }
  if (input.label === null) throw new AppError('NOT_FOUND')
  return {
    id: null,
    label: input.label,
    ingredients: pharmacyOf(services).ingredientsIn(input.label),
    unit: null,
  }
}

export const sigContextOf = (read: Reader, drug: Pick<ItemDrug, 'unit'>): SigContext =>
  sigContextFor(clinicOf(read).country, drug.unit ?? null)

export interface Directed {
  readonly sig: Sig | null
  readonly quantity: Quantity | null
  readonly quantityCounted: boolean
  readonly refills: number
}

/**
 * What the directions say and how many that takes. A quantity that was typed stands; else the one written into the
 * directions; else it is counted. Called on every path, so that a renewal never carries a stale number.
 */
export function direct(text: string, context: SigContext, typed: Quantity | null, refills: number): Directed {
  const reading = parseSig(text, context)
  if (!isParsed(reading)) return { sig: null, quantity: typed, quantityCounted: false, refills }
  const written = reading.quantity
  const quantity = typed ?? written ?? quantityOf(reading)
  return {
    sig: reading,
    quantity,
    quantityCounted: typed === null && written === null && quantity !== null,
    refills: refills === 0 ? (reading.refills ?? 0) : refills,
  }
}
