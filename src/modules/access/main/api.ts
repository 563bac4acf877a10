// What other modules ask before an item of a record leaves them in a form that shows no ids: a paper, a curve, a text.
// What leaves with its ids is judged by visibility-gate.ts for every call alike.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import { stepUpSeconds } from '#core/rpc/session.ts'
import type { Reader } from '#core/store/reader.ts'
import { notifyPrivacy } from '#modules/oversight/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { bulkLimits } from '../shared/policy.ts'
import { hiddenRows } from './hidden-rows.ts'
import * as q from './marks-queries.ts'
import { openEmergency } from './emergency-queries.ts'

/**
 * Who looks: a person, or nobody in particular (a paper, an export, a job), for whom everything marked is hidden.
 * With `now` an emergency access of the person counts (SECURITY 4.2).
 */
export type Viewer = { readonly userId: string; readonly now?: string } | null

export interface Visibility {
  /** False when the patient as a whole is marked and the viewer is not on the list. */
  readonly patient: boolean
  /** True for a marked row, and for rows of a marked visit. `encounterId` is the visit the row belongs to, if any. */
  readonly hides: (table: string, rowId: string, encounterId?: string | null) => boolean
  /** How many marks hide something from this viewer: for "item hidden". */
  readonly hidden: number
  /** Ids of everything that is hidden with the marked items: rows of visits, results of reports, originals. */
  readonly ids: ReadonlySet<string>
}

const open: Visibility = { patient: true, hides: () => false, hidden: 0, ids: new Set() }

export const viewerOf = (ctx: Pick<QueryContext, 'actor' | 'now'>): Viewer => ({
  userId: ctx.actor.userId,
  now: ctx.now,
})

/** One look at the marks of a patient; ask once a call, then `hides` for each row. */
export function visibilityOf(read: Reader, viewer: Viewer, patientId: string): Visibility {
  const labels = read.all(q.labelsOf, { patient: patientId })
  if (labels.length === 0) return open
  const closed = closedTo(read, viewer, patientId, labels)
  if (closed.length === 0) return open
  const isPatientOpen = !closed.some((label) => label.target_table === 'patient')
  const ids = hiddenRows(read, patientId, closed, viewer?.userId ?? null)
  return {
    patient: isPatientOpen,
    hidden: closed.length,
    ids,
    hides: (_table, rowId, encounterId) =>
      !isPatientOpen || ids.has(rowId) || (encounterId != null && ids.has(encounterId)),
  }
}

/** For lists of many patients: each is looked at once. */
export function hiderFor(read: Reader, viewer: Viewer): (patientId: string, rowId: string) => boolean {
  if (!read.get(q.anyLabel, {})) return () => false
  const known = new Map<string, Visibility>()
  return (patientId, rowId) => {
    let visible = known.get(patientId)
    if (!visible) known.set(patientId, (visible = visibilityOf(read, viewer, patientId)))
    return !visible.patient || visible.ids.has(rowId)
  }
}

type Label = { id: string; target_table: string; target_id: string; flag: string; set_by: string }

/** Who set a mark, wrote the note, or is on the list sees the item; in an emergency everybody does, but for psychotherapy. */
function closedTo(read: Reader, viewer: Viewer, patientId: string, labels: readonly Label[]): Label[] {
  if (!viewer) return [...labels]
  const user = viewer.userId
  const listed = new Set(read.all(q.readersOf, { patient: patientId, user }).map((r) => r.label_id))
  const closed = labels.filter(
    (label) => label.set_by !== user && !listed.has(label.id) && !isAuthor(read, patientId, user, label),
  )
  if (closed.length === 0 || viewer.now === undefined) return closed
  const emergency = read.get(openEmergency, { patient: patientId, user, now: viewer.now })
  return emergency ? closed.filter((label) => label.flag === 'psychotherapy') : closed
}

/** Authors may read what they wrote (SECURITY 4.1 rule 3). */
const isAuthor = (read: Reader, patient: string, user: string, label: Label): boolean =>
  label.target_table === 'composition' &&
  read.get(q.noteAuthor, { patient, id: label.target_id })?.author_id === user

/**
 * To be called by whatever lets many rows out of the clinic at once, inside the act (AUTHZ-09): more than 500 rows want a
 * fresh proof of who asks, and are told to the privacy duty.
 */
export function meterExport(ctx: CommandContext, rows: number): void {
  if (rows <= bulkLimits.exportedRows) return
  if (!ctx.session || ctx.nowMs - ctx.session.provenAt > stepUpSeconds * 1000) {
    throw new AppError('STEP_UP_NEEDED', { why: 'bulk-export' })
  }
  notifyPrivacy(ctx, { kind: 'bulk-export', aboutUser: ctx.actor.userId, detail: String(rows) })
}
