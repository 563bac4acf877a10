// What a place in the grid means to the clinic: a day, a time, a provider, a room.
import { addMinutes, wallTimeOf } from '#shared/zoned-time.ts'
import type { Resource } from '../shared/contract.ts'
import type { Slot } from './booking/use-slots.ts'
import type { GridColumn } from './grid/grid-types.ts'
import type { Target } from './grid/move.ts'
import type { KnownVisit, MoveTo } from './visit-acts.ts'

export interface Places {
  readonly columns: readonly GridColumn[]
  readonly places: readonly { readonly date: string; readonly resource: Resource | undefined }[]
  readonly timeZone: string
}

export function instantsOf({ columns }: Places, target: Target): { from: string; to: string } | null {
  const scale = columns[target.column]?.scale
  if (!scale) return null
  const from = scale.instantAt(target.minute)
  return { from, to: addMinutes(from, target.length) }
}

/** A column of a room changes the room, one of a provider the provider; the room stays with its provider. */
export function movedTo(shown: Places, visit: KnownVisit, target: Target): MoveTo | null {
  const at = instantsOf(shown, target)
  const resource = shown.places[target.column]?.resource
  if (!at || !resource) return null
  const wall = wallTimeOf(at.from, shown.timeZone)
  const where =
    resource.kind === 'provider'
      ? {
          providerId: resource.id,
          roomId: resource.id === visit.providerId ? (visit.roomId ?? null) : null,
        }
      : { providerId: visit.providerId, roomId: resource.id }
  return { date: wall.date, start: wall.minutes, minutes: target.length, ...where }
}

/** A time that was pointed at; a room's column does not say with whom. */
export function freeSlot(shown: Places, column: number, minute: number, minutes: number): Slot | null {
  const at = instantsOf(shown, { column, minute, length: minutes })
  const resource = shown.places[column]?.resource
  if (!at || resource?.kind !== 'provider') return null
  const wall = wallTimeOf(at.from, shown.timeZone)
  return {
    date: wall.date,
    start: wall.minutes,
    minutes,
    startAt: at.from,
    endAt: at.to,
    providerId: resource.id,
    roomId: null,
  }
}
