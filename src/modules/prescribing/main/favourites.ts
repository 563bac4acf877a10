// Directions a person uses again: favourites kept on purpose, and what the person prescribed before.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { prescribing } from '../shared/contract.ts'
import type { Favourite } from '../shared/shapes.ts'
import type { DoseUnit, Quantity } from '../shared/sig/index.ts'
import { findDrug } from './drugs.ts'
import * as q from './queries.ts'
import { sigFavourite } from './tables.ts'

type Procedures = (typeof prescribing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

export function quantityFrom(value: number | null, unit: string | null): Quantity | null {
  return value === null ? null : { value, unit: unit as DoseUnit | null }
}

function rowToFavourite(services: Services, read: Reader, row: RowOf<typeof sigFavourite>): Favourite {
  return {
    id: row.id,
    rev: row.rev,
    drugId: row.drug_id,
    label: row.label,
    unit: findDrug(services, read, row.drug_id)?.unit ?? null,
    sigText: row.sig_text,
    quantity: quantityFrom(row.quantity_value, row.quantity_unit),
    refills: row.refills,
  }
}

export const listFavourites =
  (services: Services) =>
  ({ read, actor }: QueryContext, _input: In<'favourites'>): Out<'favourites'> =>
    read.all(q.favouritesOf, { userId: actor.userId }).map((row) => rowToFavourite(services, read, row))

/** The same medicine with the same words is one favourite: saving it again brings it up to date. */
export const saveFavourite =
  (services: Services) =>
  (ctx: CommandContext, input: In<'saveFavourite'>): Out<'saveFavourite'> => {
    const drug = findDrug(services, ctx.read, input.drugId)
    if (!drug) throw new AppError('NOT_FOUND')
    const userId = ctx.actor.userId
    const own = ctx.read.all(q.favouritesOf, { userId })
    const same = own.find((f) => f.drug_id === drug.id && f.sig_text === input.sigText)
    const columns = {
      label: drug.label,
      quantity_value: input.quantity?.value ?? null,
      quantity_unit: input.quantity?.unit ?? null,
      refills: input.refills,
    }
    if (same) ctx.write.update(sigFavourite, same.id, 'any', columns)
    const id =
      same?.id ??
      ctx.write.insert(sigFavourite, {
        user_id: userId,
        drug_id: drug.id,
        sig_text: input.sigText,
        ...columns,
      })
    return rowToFavourite(services, ctx.read, requireFavourite(ctx, id))
  }

export const removeFavourite =
  (services: Services) =>
  (ctx: CommandContext, input: In<'removeFavourite'>): Out<'removeFavourite'> => {
    const row = requireFavourite(ctx, input.id)
    ctx.write.void(sigFavourite, row.id, input.rev, 'removed')
    return rowToFavourite(services, ctx.read, row)
  }

function requireFavourite(ctx: CommandContext, id: string) {
  const row = ctx.read.get(q.favouriteById, { id, userId: ctx.actor.userId })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

/** As many of the newest scripts as say what somebody usually writes. */
const earlierScripts = 200
const shownDirections = 8

export function usualDirections(
  { read, actor }: QueryContext,
  input: In<'usualDirections'>,
): Out<'usualDirections'> {
  const { userId } = actor
  const favourites = read
    .all(q.favouritesOf, { userId })
    .filter((f) => f.drug_id === input.drugId)
    .map((f) => ({
      sigText: f.sig_text,
      quantity: quantityFrom(f.quantity_value, f.quantity_unit),
      refills: f.refills,
      origin: 'favourite' as const,
      uses: 0,
    }))
  const own = new Map<string, Out<'usualDirections'>[number]>()
  for (const row of read.all(q.ownEarlier, { userId, drugId: input.drugId, limit: earlierScripts })) {
    if (row.dosage_text === null) continue
    const there = own.get(row.dosage_text)
    if (there) there.uses += 1
    else {
      own.set(row.dosage_text, {
        sigText: row.dosage_text,
        quantity: quantityFrom(row.quantity_value, row.quantity_unit),
        refills: row.refills_allowed ?? 0,
        origin: 'own',
        uses: 1,
      })
    }
  }
  const kept = new Set(favourites.map((f) => f.sigText))
  const earlier = [...own.values()].filter((d) => !kept.has(d.sigText)).toSorted((a, b) => b.uses - a.uses)
  return [...favourites, ...earlier].slice(0, shownDirections)
}
