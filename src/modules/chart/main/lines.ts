// Rows to the lines of a chart: the one place where columns turn into fields and JSON columns are parsed.
import type * as z from 'zod'
import type { OutputOf } from '#shared/contract.ts'
import type {
  chart,
  DocumentLine,
  EncounterLine,
  MedicineLine,
  NoteLine,
  ObservationLine,
  ProblemLine,
} from '../shared/contract.ts'
import type { ObservationRow } from './observation-queries.ts'
import type {
  newestDocuments,
  newestEncounters,
  newestMedicines,
  newestNotes,
  newestProblems,
} from './queries.ts'

/** The row type of a prepared query. */
export type RowFrom<Q> = Q extends { readonly types?: { readonly row: infer R } } ? R : never
type Line<S extends z.ZodType> = z.infer<S>
type Id<S extends z.ZodType, K extends keyof z.infer<S>> = z.infer<S>[K]

export type ProblemRow = RowFrom<typeof newestProblems>
export type MedicineRow = RowFrom<typeof newestMedicines>
export type EncounterRow = RowFrom<typeof newestEncounters>
export type DocumentRow = RowFrom<typeof newestDocuments>
export type NoteRow = RowFrom<typeof newestNotes>

export function rowToProblem(r: ProblemRow): Line<typeof ProblemLine> {
  return {
    id: r.id,
    rev: r.rev,
    display: r.code_display,
    codeSystem: r.code_system,
    code: r.code,
    clinicalStatus: r.clinical_status,
    verificationStatus: r.verification_status,
    onset: r.onset,
    abatement: r.abatement,
  }
}

export function rowToMedicine(r: MedicineRow): Line<typeof MedicineLine> {
  return {
    id: r.id,
    rev: r.rev,
    display: r.medication_display,
    dosageText: r.dosage_text,
    status: r.status,
    authoredOn: r.authored_on,
    reason: r.reason_display,
  }
}

export function rowToEncounter(r: EncounterRow, notes: number): Line<typeof EncounterLine> {
  return {
    id: r.id,
    rev: r.rev,
    status: r.status,
    classCode: r.class_code,
    typeDisplay: r.type_display,
    reasonDisplay: r.reason_display,
    start: r.period_start,
    end: r.period_end,
    practitioner: r.practitioner_display,
    place: r.location_display ?? r.organization_display,
    notes,
  }
}

export function rowToDocument(r: DocumentRow): Line<typeof DocumentLine> {
  return {
    id: r.id,
    typeDisplay: r.type_display,
    title: r.title,
    description: r.description,
    date: r.date,
    author: r.author_display,
    contentType: r.content_type,
    size: r.size,
  }
}

export function rowToNote(r: NoteRow): Line<typeof NoteLine> {
  return {
    id: r.id,
    kind: r.kind as Id<typeof NoteLine, 'kind'>,
    title: r.title,
    encounterId: r.encounter_id,
    relatesTo: r.relates_to,
    authorName: r.author_name,
    signedAt: r.signed_at,
  }
}

export function rowToObservation(r: ObservationRow): ObservationLine {
  return {
    id: r.id,
    codeSystem: r.code_system,
    code: r.code,
    display: r.code_display,
    valueKind: r.value_kind,
    valueNumber: r.value_number,
    valueText: r.value_text,
    comparator: r.value_comparator,
    unit: r.value_unit,
    ucum: r.value_ucum,
    status: r.status,
    category: r.category,
    effectiveAt: r.effective_at,
    components: r.components === null ? [] : componentsOf(r.components),
    interpretation: r.interpretation,
    rangeLow: r.range_low,
    rangeHigh: r.range_high,
    rangeText: r.range_text,
    reportId: r.report_id,
    note: r.note,
  }
}

/** As stored in `observation.components`; absent keys mean null. */
interface StoredComponent {
  readonly code_system?: string | null
  readonly code?: string | null
  readonly code_display?: string | null
  readonly value_kind?: string | null
  readonly value_number?: number | null
  readonly value_text?: string | null
  readonly value_comparator?: string | null
  readonly value_unit?: string | null
  readonly value_ucum?: string | null
}

export function componentsOf(json: string): ObservationLine['components'] {
  return (JSON.parse(json) as StoredComponent[]).map((c) => ({
    codeSystem: c.code_system ?? null,
    code: c.code ?? null,
    display: c.code_display ?? '',
    valueKind: c.value_kind ?? null,
    valueNumber: c.value_number ?? null,
    valueText: c.value_text ?? null,
    comparator: c.value_comparator ?? null,
    unit: c.value_unit ?? null,
    ucum: c.value_ucum ?? null,
  }))
}

/** JSON array of texts; an empty list where the column is null. */
export function textsOf(json: string | null): string[] {
  return json === null ? [] : (JSON.parse(json) as string[])
}

export type Chart = OutputOf<(typeof chart)['procedures']['open']>
