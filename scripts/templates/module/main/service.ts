// Decisions and writes of the __module__ module.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { AppError } from '#shared/errors.ts'
import type { Add__Pascal__Item, __Pascal__Item } from '../shared/contract.ts'
import * as q from './queries.ts'
import { __camel__Item } from './tables.ts'

export function list({ read }: QueryContext): { items: __Pascal__Item[] } {
  return { items: read.all(q.allItems, {}) }
}

export function add({ read, write }: CommandContext, input: Add__Pascal__Item): __Pascal__Item {
  const id = write.insert(__camel__Item, { name: input.name })
  const row = read.get(q.itemById, { id })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}
