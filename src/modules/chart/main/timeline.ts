// The timeline: the newest rows of ten tables, merged. Each table gives its own newest page in id order,
// so the merge of the pages is exact however the kinds are mixed.
import type { Reader } from '#core/store/reader.ts'
import type { TimelineItem } from '../shared/contract.ts'
import { saysNoneKnown } from './allergies.ts'
import type { DocumentRow, EncounterRow, MedicineRow, NoteRow, ProblemRow, RowFrom } from './lines.ts'
import { textsOf } from './lines.ts'
import * as q from './queries.ts'

export type TimelineKind = TimelineItem['kind']
type Told = Pick<TimelineItem, 'at' | 'title' | 'detail' | 'status'>

interface Rows {
  encounter: EncounterRow
  note: NoteRow
  condition: ProblemRow
  medication: MedicineRow
  report: RowFrom<typeof q.newestReports>
  immunization: RowFrom<typeof q.newestImmunizations>
  procedure: RowFrom<typeof q.newestProcedures>
  document: DocumentRow
  'care-plan': RowFrom<typeof q.newestCarePlans>
  allergy: RowFrom<typeof q.newestAllergies>
}
interface Page {
  readonly patientId: string
  readonly before: string
  readonly limit: number
}
interface Source<K extends TimelineKind> {
  readonly page: (read: Reader, page: Page) => Rows[K][]
  readonly tell: (row: Rows[K]) => Told
}

/** Conclusions and descriptions may be long; the timeline shows how they begin. */
const detailLength = 200
const short = (text: string | null) => (text === null ? null : text.slice(0, detailLength))

/** Onsets may be words ("in childhood"): those are shown in the record, but tell no place on a timeline. */
const dated = (...times: (string | null)[]) => times.find((t) => t !== null && /^\d{4}($|-)/.test(t)) ?? null

const sources: { readonly [K in TimelineKind]: Source<K> } = {
  encounter: {
    page: (read, page) => read.all(q.newestEncounters, { ...page }),
    tell: (r) => ({
      at: r.period_start,
      title: r.type_display ?? r.reason_display ?? '',
      detail: (r.type_display === null ? null : r.reason_display) ?? r.practitioner_display,
      status: r.status,
    }),
  },
  note: {
    page: (read, page) => read.all(q.newestNotes, { ...page }),
    tell: (r) => ({ at: r.signed_at, title: r.title, detail: r.author_name, status: r.kind }),
  },
  condition: {
    page: (read, page) => read.all(q.newestProblems, { ...page }),
    tell: (r) => ({
      at: dated(r.onset, r.recorded_date),
      title: r.code_display,
      detail: r.code,
      status: r.clinical_status,
    }),
  },
  medication: {
    page: (read, page) => read.all(q.newestMedicines, { ...page }),
    tell: (r) => ({
      at: r.authored_on,
      title: r.medication_display,
      detail: short(r.dosage_text ?? r.reason_display),
      status: r.status,
    }),
  },
  report: {
    page: (read, page) => read.all(q.newestReports, { ...page }),
    tell: (r) => ({
      at: r.effective_at ?? r.issued,
      title: r.code_display,
      detail: short(r.conclusion),
      status: r.status,
    }),
  },
  immunization: {
    page: (read, page) => read.all(q.newestImmunizations, { ...page }),
    tell: (r) => ({ at: r.occurrence, title: r.vaccine_display, detail: r.status_reason, status: r.status }),
  },
  procedure: {
    page: (read, page) => read.all(q.newestProcedures, { ...page }),
    tell: (r) => ({
      at: dated(r.performed_start),
      title: r.code_display,
      detail: r.reason_display ?? r.performer_display,
      status: r.status,
    }),
  },
  document: {
    page: (read, page) => read.all(q.newestDocuments, { ...page }),
    tell: (r) => ({
      at: r.date,
      title: r.title ?? r.type_display,
      detail: short(r.description) ?? r.author_display,
      status: r.status,
    }),
  },
  'care-plan': {
    page: (read, page) => read.all(q.newestCarePlans, { ...page }),
    tell: (r) => ({ at: r.period_start, title: r.title, detail: r.category_display, status: r.status }),
  },
  allergy: {
    page: (read, page) => read.all(q.newestAllergies, { ...page }),
    tell: (r) => ({
      at: dated(r.onset, r.recorded_date),
      title: r.code_display,
      detail: textsOf(r.manifestations).join(', ') || null,
      status: saysNoneKnown(r) ? 'none-known' : r.clinical_status,
    }),
  },
}

/** Rows of some kinds, each kind newest first and complete down to its last row. */
export type TimelineRows = { readonly [K in TimelineKind]?: readonly Rows[K][] }

export function readTimelineRows(read: Reader, kinds: readonly TimelineKind[], page: Page): TimelineRows {
  return Object.fromEntries(kinds.map((kind) => [kind, sources[kind].page(read, page)]))
}

/** The newest `limit` of all rows; `lastId` is where the next page goes on, null when there is none. */
export function mergeTimeline(
  rows: TimelineRows,
  limit: number,
): { items: TimelineItem[]; lastId: string | null } {
  const found = (Object.keys(rows) as TimelineKind[]).flatMap((kind) => candidatesOf(kind, rows[kind]))
  found.sort((a, b) => (a.id < b.id ? 1 : -1))
  const page = found.slice(0, limit)
  const items = page.map((c) => c.tell()).sort((a, b) => instantOf(b) - instantOf(a))
  return { items, lastId: found.length > limit ? (page.at(-1)?.id ?? null) : null }
}

/**
 * The instant an id was minted from (UUIDv7: RFC 9562, 5.7). Ids know nothing before 1970, so what is older all stands
 * at zero in chance order: there the date of the record itself counts. The sort keeps the order of ids among equals.
 */
function instantOf({ id, at }: TimelineItem): number {
  const minted = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)
  if (minted > 0 || at === null) return minted
  const told = Date.parse(at)
  return Number.isNaN(told) ? minted : Math.min(told, minted)
}

interface Candidate {
  readonly id: string
  readonly tell: () => TimelineItem
}

function candidatesOf<K extends TimelineKind>(kind: K, rows: TimelineRows[K]): Candidate[] {
  const { tell } = sources[kind]
  return (rows ?? []).map((row) => ({ id: row.id, tell: () => ({ kind, id: row.id, ...tell(row) }) }))
}
