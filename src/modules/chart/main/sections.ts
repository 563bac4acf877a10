// Further pages of the chart, by section. Every page is a range below the cursor, newest first.
import type { QueryContext } from '#core/rpc/context.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { type chart, timelineKinds } from '../shared/contract.ts'
import { beforeOf, cursorAfter, pageFrom } from './cursor.ts'
import { rowToDocument, rowToMedicine, rowToObservation, rowToProblem } from './lines.ts'
import { newestObservations, newestOfCategory } from './observation-queries.ts'
import { encountersWithNotes } from './open.ts'
import { requirePatient } from './patient.ts'
import * as q from './queries.ts'
import { mergeTimeline, readTimelineRows } from './timeline.ts'

type Procedures = (typeof chart)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>

/** One more than shown, to know whether there is a next page. */
const pageOf = (input: { patientId: string; cursor: string | null; limit: number }) => ({
  patientId: input.patientId,
  before: beforeOf(input.cursor),
  limit: input.limit + 1,
})

export function timelinePage({ read }: QueryContext, input: In<'timeline'>): Out<'timeline'> {
  requirePatient(read, input.patientId)
  const kinds = input.kinds.length > 0 ? [...new Set(input.kinds)] : timelineKinds
  const { items, lastId } = mergeTimeline(readTimelineRows(read, kinds, pageOf(input)), input.limit)
  return { items, next: lastId === null ? null : cursorAfter(lastId) }
}

export function problemsPage({ read }: QueryContext, input: In<'problems'>): Out<'problems'> {
  requirePatient(read, input.patientId)
  return pageFrom(read.all(q.newestProblems, pageOf(input)), input.limit, rowToProblem)
}

export function medicinesPage({ read }: QueryContext, input: In<'medicines'>): Out<'medicines'> {
  requirePatient(read, input.patientId)
  return pageFrom(read.all(q.newestMedicines, pageOf(input)), input.limit, rowToMedicine)
}

export function documentsPage({ read }: QueryContext, input: In<'documents'>): Out<'documents'> {
  requirePatient(read, input.patientId)
  return pageFrom(read.all(q.newestDocuments, pageOf(input)), input.limit, rowToDocument)
}

export function encountersPage({ read }: QueryContext, input: In<'encounters'>): Out<'encounters'> {
  requirePatient(read, input.patientId)
  const { items, next } = pageFrom(read.all(q.newestEncounters, pageOf(input)), input.limit, (row) => row)
  return { items: encountersWithNotes(read, input.patientId, items), next }
}

export function observationsPage({ read }: QueryContext, input: In<'observations'>): Out<'observations'> {
  requirePatient(read, input.patientId)
  const page = pageOf(input)
  const rows =
    input.category === null
      ? read.all(newestObservations, page)
      : read.all(newestOfCategory, { ...page, category: input.category })
  return pageFrom(rows, input.limit, rowToObservation)
}
