// What other modules call: telling people, and asking for a review. Inside the act that gives the cause, so that neither
// is without the other.
import type { CommandContext } from '#core/rpc/context.ts'
import { preparedQuery } from '#core/store/reader.ts'
import type { Role } from '#shared/permissions.ts'
import { notice, reviewItem } from './tables.ts'

export interface NewNotice {
  readonly to: { readonly user: string } | { readonly role: Role }
  /** Lower case with dashes, as the renderer knows it: `recovery-code-used`. */
  readonly kind: string
  readonly aboutUser?: string
  readonly patientId?: string
  readonly detail?: string
}

/** Returns the notice's id. */
export function notify(ctx: CommandContext, from: NewNotice): string {
  return ctx.write.insert(notice, {
    to_user: 'user' in from.to ? from.to.user : null,
    to_role: 'role' in from.to ? from.to.role : null,
    kind: from.kind,
    about_user: from.aboutUser ?? null,
    patient_id: from.patientId ?? null,
    detail: from.detail ?? null,
    created_at: ctx.now,
  })
}

const anyHolder = preparedQuery<{ role: string }>()((db, p) =>
  db
    .selectFrom('role_grant')
    .innerJoin('user_account', 'user_account.id', 'role_grant.user_id')
    .select('role_grant.id')
    .where('role_grant.role', '=', p.role)
    .where('role_grant.voided_at', 'is', null)
    .where('user_account.voided_at', 'is', null)
    .where('user_account.active', '=', 1)
    .limit(1),
)

/** The privacy duty; where nobody holds it, the administrators, who can assign it. */
export function notifyPrivacy(ctx: CommandContext, from: Omit<NewNotice, 'to'>): string {
  const isHeld = ctx.read.get(anyHolder, { role: 'privacy' }) !== undefined
  return notify(ctx, { ...from, to: { role: isHeld ? 'privacy' : 'admin' } })
}

export interface NewReview {
  readonly kind: string
  readonly subject: string
  readonly aboutUser?: string
  readonly patientId?: string
  readonly detail?: string
  /** Hours until it shows as overdue. */
  readonly dueHours: number
}

const bySubject = preparedQuery<{ kind: string; subject: string }>()((db, p) =>
  db
    .selectFrom('review_item')
    .select('id')
    .where('kind', '=', p.kind)
    .where('subject', '=', p.subject)
    .where('voided_at', 'is', null)
    .limit(1),
)

/** Opens an item, or returns the one that is there for the same kind and subject, answered or not. */
export function openReview(ctx: CommandContext, from: NewReview): string {
  const found = ctx.read.get(bySubject, { kind: from.kind, subject: from.subject })
  if (found) return found.id
  return ctx.write.insert(reviewItem, {
    kind: from.kind,
    subject: from.subject,
    about_user: from.aboutUser ?? null,
    patient_id: from.patientId ?? null,
    detail: from.detail ?? null,
    opened_at: ctx.now,
    due_at: new Date(ctx.nowMs + from.dueHours * 3_600_000).toISOString(),
    state: 'open',
  })
}
