// What other modules ask before an item of a record leaves them.
import { preparedQuery, type Reader } from '#core/store/reader.ts'

/** Who looks: a person, or nobody in particular (a paper, an export, a job), for whom everything marked is hidden. */
export type Viewer = { readonly userId: string } | null

export interface Visibility {
  /** False when the patient as a whole is marked and the viewer is not on the list. */
  readonly patient: boolean
  /** True for a marked row, and for rows of a marked visit. `encounterId` is the visit the row belongs to, if any. */
  readonly hides: (table: string, rowId: string, encounterId?: string | null) => boolean
  /** How many marks hide something from this viewer: for "item hidden". */
  readonly hidden: number
}

const labelsOf = preparedQuery<{ patient: string }>()((db, p) =>
  db
    .selectFrom('sensitivity_label')
    .select(['id', 'target_table', 'target_id', 'set_by'])
    .where('patient_id', '=', p.patient)
    .where('voided_at', 'is', null),
)
const readersOf = preparedQuery<{ patient: string; user: string }>()((db, p) =>
  db
    .selectFrom('sensitivity_reader')
    .select('label_id')
    .where('patient_id', '=', p.patient)
    .where('user_id', '=', p.user)
    .where('voided_at', 'is', null),
)
const open: Visibility = { patient: true, hides: () => false, hidden: 0 }

/** One look at the marks of a patient; ask once a call, then `hides` for each row. */
export function visibilityOf(read: Reader, viewer: Viewer, patientId: string): Visibility {
  const labels = read.all(labelsOf, { patient: patientId })
  if (labels.length === 0) return open
  const mine = new Set(
    viewer ? read.all(readersOf, { patient: patientId, user: viewer.userId }).map((r) => r.label_id) : [],
  )
  const closed = labels.filter((label) => label.set_by !== viewer?.userId && !mine.has(label.id))
  const targets = new Set(closed.map((label) => `${label.target_table}:${label.target_id}`))
  const isPatientOpen = !targets.has(`patient:${patientId}`)
  return {
    patient: isPatientOpen,
    hidden: closed.length,
    hides: (table, rowId, encounterId) =>
      !isPatientOpen ||
      targets.has(`${table}:${rowId}`) ||
      (encounterId != null && targets.has(`encounter:${encounterId}`)),
  }
}
