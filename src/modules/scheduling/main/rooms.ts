// Which room or device a visit takes: the one named, the one it has, the provider's own, another free one of the kind.
import type { Reader } from '#core/store/reader.ts'
import type { Resource, VisitType } from '../shared/setup-shapes.ts'
import type { Availability } from './availability.ts'
import { reachOf } from './clashes.ts'
import * as q from './queries.ts'
import { isCovered } from '../shared/spans.ts'
import { iso } from './wall-clock.ts'

export interface RoomWish {
  readonly providerId: string
  readonly type: Pick<VisitType, 'roomKind'> | null
  readonly from: number
  readonly until: number
  readonly except: ReadonlySet<string>
  /** The room the visit has now, taken again when it suits. */
  readonly current?: string | null
}

/** Rooms that suit, best first; empty where the visit needs none. */
export function suitableRooms(
  resources: readonly Resource[],
  wish: Pick<RoomWish, 'providerId' | 'type' | 'current'>,
) {
  const kind = wish.type?.roomKind ?? null
  if (kind === null) return []
  const own = resources.find((r) => r.id === wish.providerId)?.defaultRoomId ?? null
  const rank = (room: Resource) => (room.id === wish.current ? 0 : room.id === own ? 1 : 2)
  return resources
    .filter((r) => r.kind !== 'provider' && r.active && r.roomKind === kind)
    .toSorted((a, b) => rank(a) - rank(b))
}

/** The first free one; where none is, the best one, whose clash is then told. `null` where no room is needed. */
export function chooseRoom(read: Reader, at: Availability, wish: RoomWish): string | null {
  const rooms = suitableRooms(at.resources, wish)
  const free = rooms.find((room) => isRoomFree(read, at, room.id, wish))
  return (free ?? rooms[0])?.id ?? wish.current ?? null
}

function isRoomFree(
  read: Reader,
  at: Availability,
  roomId: string,
  { from, until, except }: RoomWish,
): boolean {
  const range = { reach: reachOf(from), from: iso(from), to: iso(until) }
  if (read.all(q.takenByRoom, { ...range, resourceId: roomId }).some((row) => !except.has(row.id)))
    return false
  return isRoomOpen(at, roomId, { from, until })
}

export function isRoomOpen(at: Availability, roomId: string, span: { from: number; until: number }): boolean {
  const dates = new Set([at.clock.dateOf(span.from), at.clock.dateOf(span.until - 1)])
  const open = [...dates].flatMap((date) => at.bookable(roomId, date))
  return isCovered(span, open)
}
