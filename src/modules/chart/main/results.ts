// Reports with their results, and laboratory results that came without a report.
import type { QueryContext } from '#core/rpc/context.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import type { chart } from '../shared/contract.ts'
import { beforeOf, pageFrom } from './cursor.ts'
import { type RowFrom, rowToObservation, textsOf } from './lines.ts'
import {
  newestLoneResults,
  type ObservationRow,
  observationsByIds,
  observationsOfReports,
} from './observation-queries.ts'
import { requirePatient } from './patient.ts'
import { newestReports } from './queries.ts'

type Procedure = (typeof chart)['procedures']['results']
type Panel = OutputOf<Procedure>['items'][number]
type ReportRow = RowFrom<typeof newestReports>
type Entry =
  | { readonly id: string; readonly report: ReportRow; readonly lone?: undefined }
  | { readonly id: string; readonly lone: ObservationRow; readonly report?: undefined }

export function resultsPage({ read }: QueryContext, input: InputOf<Procedure>): OutputOf<Procedure> {
  const { patientId, limit } = input
  requirePatient(read, patientId)
  const page = { patientId, before: beforeOf(input.cursor), limit: limit + 1 }
  const entries: Entry[] = [
    ...read.all(newestReports, page).map((report) => ({ id: report.id, report })),
    ...read.all(newestLoneResults, page).map((lone) => ({ id: lone.id, lone })),
  ].sort((a, b) => (a.id < b.id ? 1 : -1))
  const reports = entries.slice(0, limit).flatMap((e) => e.report ?? [])
  const listed = read.all(observationsByIds, {
    patientId,
    ids: JSON.stringify(reports.flatMap((r) => textsOf(r.result_ids))),
  })
  const naming =
    reports.length === 0
      ? []
      : read.all(observationsOfReports, { patientId, reportIds: JSON.stringify(reports.map((r) => r.id)) })
  return pageFrom(entries, limit, panelsWith(listed, naming))
}

/** In the order in which the report lists them; those that only name the report follow. */
function panelsWith(
  listed: readonly ObservationRow[],
  naming: readonly ObservationRow[],
): (entry: Entry) => Panel {
  const byId = new Map(listed.map((row) => [row.id, row]))
  const byReport = Map.groupBy(naming, (row) => row.report_id)
  return ({ report, lone }) => {
    if (lone) return loneToPanel(lone)
    const inOrder = textsOf(report.result_ids)
    const rows = inOrder.flatMap((id) => byId.get(id) ?? [])
    const later = (byReport.get(report.id) ?? []).filter((row) => !byId.has(row.id))
    return {
      id: report.id,
      display: report.code_display,
      category: report.category,
      status: report.status,
      effectiveAt: report.effective_at ?? report.issued,
      conclusion: report.conclusion,
      results: [...rows, ...later].map(rowToObservation),
    }
  }
}

function loneToPanel(row: ObservationRow): Panel {
  return {
    id: row.id,
    display: row.code_display,
    category: row.category,
    status: row.status,
    effectiveAt: row.effective_at,
    conclusion: null,
    results: [rowToObservation(row)],
  }
}
