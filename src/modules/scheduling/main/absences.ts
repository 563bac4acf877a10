// Entering time off, taking it back, and how many visits lie in it.
import type { CommandContext } from '#core/rpc/context.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { scheduling } from '../shared/contract.ts'
import type { Absence } from '../shared/setup-shapes.ts'
import { displacedBy } from './displaced.ts'
import { rowToAbsence } from './hours.ts'
import { absenceById } from './setup-queries.ts'
import { resourceById } from './resources.ts'
import { absence } from './tables.ts'

type Procedures = (typeof scheduling)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Saved = OutputOf<Procedures['addAbsence']>

export function addAbsence(ctx: CommandContext, input: In<'addAbsence'>): Saved {
  if (input.resourceId !== null) resourceById(ctx.read, input.resourceId)
  const isEmpty =
    input.untilDate < input.fromDate || (input.untilDate === input.fromDate && input.until <= input.from)
  if (isEmpty) throw new AppError('INVALID_INPUT', { fields: ['until'] })
  const id = ctx.write.insert(absence, {
    resource_id: input.resourceId,
    from_date: input.fromDate,
    from_minutes: input.from,
    until_date: input.untilDate,
    until_minutes: input.until,
    kind: input.kind,
    title: input.title,
    added_at: ctx.now,
    added_by: ctx.actor.userId,
  })
  return savedAbsence(ctx, id)
}

export function removeAbsence(ctx: CommandContext, input: In<'removeAbsence'>): Absence {
  const row = ctx.read.get(absenceById, { id: input.id })
  if (!row || row.voided_at !== null) throw new AppError('NOT_FOUND')
  const rev = ctx.write.void(absence, input.id, input.rev, 'taken back')
  return { ...rowToAbsence(row), rev }
}

export function restoreAbsence(ctx: CommandContext, input: In<'restoreAbsence'>): Saved {
  ctx.write.restore(absence, input.id, 'any')
  return savedAbsence(ctx, input.id)
}

function savedAbsence(ctx: CommandContext, id: string): Saved {
  const row = ctx.read.get(absenceById, { id })
  if (!row) throw new AppError('NOT_FOUND')
  const saved = rowToAbsence(row)
  return { absence: saved, displaced: displacedBy(ctx, saved).length }
}
