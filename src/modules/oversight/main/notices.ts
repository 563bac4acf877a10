// Notices as the person at work sees them: to them, and to the role they work under.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import { patientNameOf } from '#modules/patients/main/api.ts'
import { userNames } from '#modules/people/main/api.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { scopeOf } from '#shared/permissions.ts'
import type { Notice, oversight } from '../shared/contract.ts'
import * as q from './queries.ts'
import { noticeSeen } from './tables.ts'

type Procedures = (typeof oversight)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

const callsForDays = 92

const unseenIds = (ctx: QueryContext): string[] => {
  const since = new Date(ctx.nowMs - callsForDays * 86_400_000).toISOString()
  return ctx.read.all(q.unseen, { user: ctx.actor.userId, role: ctx.actor.role, since }).map((n) => n.id)
}

export const unread = (ctx: QueryContext): Out<'unread'> => ({ unread: unseenIds(ctx).length })

export function notices(ctx: QueryContext, { before, limit }: In<'notices'>): Out<'notices'> {
  const page = { user: ctx.actor.userId, before: before ?? q.lastId, limit: limit + 1 }
  const rows = [
    ...ctx.read.all(q.noticesToUser, page),
    ...ctx.read.all(q.noticesToRole, { ...page, role: ctx.actor.role }),
  ].sort((a, b) => (a.id < b.id ? 1 : -1))
  const shown = rows.slice(0, limit)
  const names = userNames(
    ctx.read,
    shown.flatMap((row) => (row.about_user ? [row.about_user] : [])),
  )
  return {
    notices: shown.map((row) => ({
      id: row.id,
      kind: row.kind,
      toRole: row.to_role,
      aboutUserName: row.about_user === null ? null : (names.get(row.about_user) ?? null),
      ...patientOf(ctx, row.patient_id),
      detail: row.detail,
      at: row.created_at,
      seen: row.seen_id !== null,
    })),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  }
}

/** A notice may name a patient to those who may see any patient's name; an admin learns that there was something. */
function patientOf(ctx: QueryContext, id: string | null): Pick<Notice, 'patientId' | 'patientName'> {
  const isForPrivacy = scopeOf(ctx.actor.role, 'reviews', 'U') !== undefined
  if (id === null || !isForPrivacy) return { patientId: null, patientName: null }
  return { patientId: id as Notice['patientId'], patientName: nameOf(ctx.read, id) }
}

export const nameOf = (read: Reader, id: string): string | null => patientNameOf(read, id) ?? null

export function markSeen(ctx: CommandContext, { ids }: In<'markSeen'>): Out<'markSeen'> {
  const waiting = new Set(unseenIds(ctx))
  const chosen = ids === null ? [...waiting] : [...new Set(ids)].filter((id) => waiting.has(id))
  for (const id of chosen)
    ctx.write.insert(noticeSeen, { notice_id: id, user_id: ctx.actor.userId, seen_at: ctx.now })
  return { seen: chosen.length }
}
