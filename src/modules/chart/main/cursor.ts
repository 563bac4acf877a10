// Page positions: opaque to callers, the id of the last line shown to us. Ids are in clinical order, so no more is needed.
import { AppError } from '#shared/errors.ts'
import { Id } from '#shared/ids.ts'
import { lastId } from './queries.ts'

export function cursorAfter(id: string): string {
  return Buffer.from(id, 'latin1').toString('base64url')
}

/** The exclusive upper bound of ids for a page. */
export function beforeOf(cursor: string | null): string {
  if (cursor === null) return lastId
  const id = Buffer.from(cursor, 'base64url').toString('latin1')
  if (!Id.safeParse(id).success) throw new AppError('INVALID_INPUT', { path: 'cursor' })
  return id
}

/** `rows` were asked for one more than the page holds. */
export function pageFrom<R extends { id: string }, T>(
  rows: readonly R[],
  limit: number,
  toItem: (row: R) => T,
): { items: T[]; next: string | null } {
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return { items: shown.map(toItem), next: rows.length > limit && last ? cursorAfter(last.id) : null }
}
