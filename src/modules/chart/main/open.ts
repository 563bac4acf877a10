// The whole chart in one call: one range read a section, and no work that grows with the length of the history.
import { AppError } from '#shared/errors.ts'
import type { QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import { viewerOf, visibilityOf } from '#modules/access/main/api.ts'
import { bannerOf } from '#modules/patients/main/api.ts'
import { allergiesFrom } from './allergies.ts'
import { cursorAfter } from './cursor.ts'
import {
  type Chart,
  type EncounterRow,
  type MedicineRow,
  type ProblemRow,
  rowToEncounter,
  rowToMedicine,
  rowToNote,
  rowToProblem,
} from './lines.ts'
import * as q from './queries.ts'
import { mergeTimeline } from './timeline.ts'
import { vitalsOf } from './vitals.ts'

/** Shown on the open chart; the rest comes by section. */
const shown = { problems: 50, medicines: 50, encounters: 20, notes: 20, timeline: 40 } as const
/** Rows read at first. A history that fits costs no further question; a longer one is asked and counted apart. */
const firstRead = 60

export function openChart(ctx: QueryContext, { patientId }: { patientId: string }): Chart {
  const { read } = ctx
  const newest = { patientId, before: q.lastId, limit: firstRead }
  const forTimeline = { patientId, before: q.lastId, limit: shown.timeline + 1 }
  const banner = bannerFor(ctx, patientId)
  const visible = visibilityOf(read, viewerOf(ctx), patientId)
  const allergies = read.all(q.allergiesOf, { patientId })
  const problems = read.all(q.newestProblems, newest)
  const medicines = read.all(q.newestMedicines, newest)
  const encounters = read.all(q.newestEncounters, newest)
  const notes = read.all(q.newestNotes, newest)
  const documents = read.all(q.newestDocuments, newest)
  const timeline = mergeTimeline(
    {
      encounter: encounters,
      note: notes,
      condition: problems,
      medication: medicines,
      report: read.all(q.newestReports, forTimeline),
      immunization: read.all(q.newestImmunizations, forTimeline),
      procedure: read.all(q.newestProcedures, forTimeline),
      document: documents,
      'care-plan': read.all(q.newestCarePlans, forTimeline),
      allergy: allergies,
    },
    shown.timeline,
  )
  return {
    banner,
    allergies: allergiesFrom(allergies),
    problems: problemsToShow(read, patientId, problems).map(rowToProblem),
    medicines: medicinesToShow(read, patientId, medicines).map(rowToMedicine),
    vitals: vitalsOf(read, patientId, visible),
    hidden: visible.hidden,
    encounters: encountersWithNotes(read, patientId, encounters.slice(0, shown.encounters)),
    notes: notes.slice(0, shown.notes).map(rowToNote),
    drafts: draftsOf(ctx, patientId),
    timeline: timeline.items,
    timelineNext: timeline.lastId === null ? null : cursorAfter(timeline.lastId),
    totals: {
      problems: totalOf(read, q.countProblems, patientId, problems),
      medicines: totalOf(read, q.countMedicines, patientId, medicines),
      encounters: totalOf(read, q.countEncounters, patientId, encounters),
      observations: read.get(q.countObservations, { patientId })?.count ?? 0,
      documents: totalOf(read, q.countDocuments, patientId, documents),
      sources: read.get(q.countSources, { patientId })?.count ?? 0,
    },
  }
}

/** Flags and drafts stay within the clinic: the patient's own view has none of them. */
const isPatientsView = (ctx: QueryContext) => ctx.actor?.role === 'patient'

function bannerFor(ctx: QueryContext, patientId: string): Chart['banner'] {
  const banner = bannerOf(ctx.read, patientId)
  if (!banner) throw new AppError('NOT_FOUND')
  return isPatientsView(ctx) ? { ...banner, flags: [] } : banner
}

const isActive = (r: ProblemRow) =>
  (q.activeConditionStatuses as readonly (string | null)[]).includes(r.clinical_status)
const isCurrent = (r: MedicineRow) =>
  (q.currentMedicineStatuses as readonly string[]).includes(r.status) &&
  !(q.suggestedIntents as readonly string[]).includes(r.intent)

/** Active ones first, then the newest of the others. */
function problemsToShow(read: Reader, patientId: string, newest: readonly ProblemRow[]): ProblemRow[] {
  const limit = shown.problems
  const active =
    newest.length < firstRead ? newest.filter(isActive) : read.all(q.activeProblems, { patientId, limit })
  const shownProblems = [...active, ...newest.filter((r) => !isActive(r))]
  return shownProblems.filter((r) => r.verification_status !== 'entered-in-error').slice(0, limit)
}

function medicinesToShow(read: Reader, patientId: string, newest: readonly MedicineRow[]): MedicineRow[] {
  const limit = shown.medicines
  if (newest.length < firstRead) return newest.filter(isCurrent).slice(0, limit)
  return read.all(q.currentMedicines, { patientId, limit })
}

/** Shared with the page of visits: the count of signed notes comes with one question for all of them. */
export function encountersWithNotes(
  read: Reader,
  patientId: string,
  rows: readonly EncounterRow[],
): Chart['encounters'] {
  if (rows.length === 0) return []
  const counts = new Map(
    read
      .all(q.noteCounts, { patientId, ids: JSON.stringify(rows.map((r) => r.id)) })
      .map((r) => [r.encounter_id, r.count]),
  )
  return rows.map((r) => rowToEncounter(r, counts.get(r.id) ?? 0))
}

function draftsOf(ctx: QueryContext, patientId: string): Chart['drafts'] {
  if (isPatientsView(ctx)) return []
  return ctx.read.all(q.draftsOf, { patientId }).map((r) => ({
    id: r.id,
    kind: r.kind as Chart['drafts'][number]['kind'],
    title: r.title,
    encounterId: r.encounter_id,
    mine: r.author_id === ctx.actor?.userId,
    authorName: r.author_name ?? '',
    updatedAt: r.updated_at,
  }))
}

function totalOf(
  read: Reader,
  count: typeof q.countProblems,
  patientId: string,
  newest: readonly unknown[],
): number {
  if (newest.length < firstRead) return newest.length
  return read.get(count, { patientId })?.count ?? 0
}
