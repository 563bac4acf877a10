// Who and what can be booked, and the kinds of visit, as the clinic has them: a few dozen, read as a whole.
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import type { Resource, VisitType } from '../shared/setup-shapes.ts'
import { allResources, allVisitTypes } from './setup-queries.ts'

export function resourcesOf(read: Reader): Resource[] {
  return read.all(allResources, {}).map((r) => ({
    id: r.id as Resource['id'],
    rev: r.rev,
    kind: r.kind as Resource['kind'],
    name: r.name,
    userId: r.user_id as Resource['userId'],
    colour: r.colour as Resource['colour'],
    position: r.position,
    active: r.active === 1,
    defaultRoomId: r.default_room_id as Resource['defaultRoomId'],
    roomKind: r.room_kind,
  }))
}

export function visitTypesOf(read: Reader): VisitType[] {
  return read.all(allVisitTypes, {}).map((t) => ({
    id: t.id as VisitType['id'],
    rev: t.rev,
    name: t.name,
    minutes: t.minutes,
    colour: t.colour as VisitType['colour'],
    feeCode: t.fee_code,
    noteTitle: t.note_title,
    roomKind: t.room_kind,
    bookableBy: t.bookable_by === null ? null : (JSON.parse(t.bookable_by) as VisitType['bookableBy']),
    position: t.position,
    active: t.active === 1,
  }))
}

export function resourceById(read: Reader, id: string): Resource {
  const found = resourcesOf(read).find((r) => r.id === id)
  if (!found) throw new AppError('NOT_FOUND')
  return found
}

export function requireVisitType(read: Reader, id: string): VisitType {
  const found = visitTypesOf(read).find((t) => t.id === id)
  if (!found) throw new AppError('NOT_FOUND')
  return found
}
