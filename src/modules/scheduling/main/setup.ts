// Providers, rooms and visit types as the clinic keeps them.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { accountById } from '#modules/people/main/api.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { scheduling } from '../shared/contract.ts'
import { areHoursKnown } from '../shared/hours.ts'
import type { Resource, Setup, VisitType } from '../shared/setup-shapes.ts'
import { absencesFrom, allHours, rulesOf } from './hours.ts'
import { requireVisitType, resourceById, resourcesOf, visitTypesOf } from './resources.ts'
import { schedulable, visitType } from './tables.ts'
import { clockOf } from './wall-clock.ts'

type Procedures = (typeof scheduling)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>

export function setup({ read, nowMs }: QueryContext, _input: In<'setup'>): Setup {
  const clock = clockOf(read)
  const today = clock.dateOf(nowMs)
  return {
    timeZone: clock.timeZone,
    today,
    hoursKnown: areHoursKnown(rulesOf(read)),
    resources: resourcesOf(read),
    visitTypes: visitTypesOf(read),
    hours: allHours(read),
    absences: absencesFrom(read, today),
  }
}

export function saveProvider(ctx: CommandContext, input: In<'saveProvider'>): Resource {
  const others = resourcesOf(ctx.read).filter((r) => r.id !== input.id)
  refuseName(others, input.name)
  if (input.userId !== null) {
    if (!accountById(ctx.read, input.userId)) throw new AppError('INVALID_INPUT', { fields: ['userId'] })
    if (others.some((r) => r.userId === input.userId)) throw new AppError('DUPLICATE', { fields: ['userId'] })
  }
  const room = input.defaultRoomId
  if (room !== null && !others.some((r) => r.id === room && r.kind !== 'provider')) {
    throw new AppError('INVALID_INPUT', { fields: ['defaultRoomId'] })
  }
  return saveResource(ctx, 'provider', input, {
    user_id: input.userId,
    default_room_id: room,
    room_kind: null,
  })
}

export function saveRoom(ctx: CommandContext, input: In<'saveRoom'>): Resource {
  refuseName(
    resourcesOf(ctx.read).filter((r) => r.id !== input.id),
    input.name,
  )
  return saveResource(ctx, input.kind, input, {
    user_id: null,
    default_room_id: null,
    room_kind: input.roomKind,
  })
}

type Basics = Pick<In<'saveRoom'>, 'id' | 'rev' | 'name' | 'colour' | 'position' | 'active'>
interface Details {
  readonly user_id: string | null
  readonly default_room_id: string | null
  readonly room_kind: string | null
}

function saveResource(
  ctx: CommandContext,
  kind: Resource['kind'],
  input: Basics,
  details: Details,
): Resource {
  const columns = {
    kind,
    name: input.name,
    colour: input.colour,
    position: input.position,
    active: input.active ? 1 : 0,
    ...details,
  }
  if (input.id === null) return resourceById(ctx.read, ctx.write.insert(schedulable, columns))
  const before = resourceById(ctx.read, input.id)
  if ((before.kind === 'provider') !== (kind === 'provider')) throw new AppError('NOT_FOUND')
  ctx.write.update(schedulable, input.id, requireRev(input.rev), columns)
  return resourceById(ctx.read, input.id)
}

export function saveVisitType(ctx: CommandContext, input: In<'saveVisitType'>): VisitType {
  refuseName(
    visitTypesOf(ctx.read).filter((t) => t.id !== input.id),
    input.name,
  )
  const columns = {
    name: input.name,
    minutes: input.minutes,
    colour: input.colour,
    position: input.position,
    fee_code: input.feeCode,
    note_title: input.noteTitle,
    room_kind: input.roomKind,
    bookable_by: input.bookableBy === null ? null : JSON.stringify(input.bookableBy),
    active: input.active ? 1 : 0,
  }
  let id: string | null = input.id
  if (id === null) id = ctx.write.insert(visitType, columns)
  else ctx.write.update(visitType, id, requireRev(input.rev), columns)
  return requireVisitType(ctx.read, id)
}

/** People choose by name in lists: two of one name cannot be told apart. */
function refuseName(others: readonly { readonly name: string }[], name: string): void {
  const wanted = name.toLocaleLowerCase()
  if (others.some((other) => other.name.toLocaleLowerCase() === wanted)) throw new AppError('NAME_TAKEN')
}

function requireRev(rev: number | null): number {
  if (rev === null) throw new AppError('INVALID_INPUT', { fields: ['rev'] })
  return rev
}
