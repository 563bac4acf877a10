// One record of the chart in full: every column that has a value, under the names of shared/fields.ts.
// Longer than most files on purpose: it is one list of fields for eleven kinds, read beside the table descriptions.
import type { QueryContext } from '#core/rpc/context.ts'
import type { Database } from '#core/store/database.ts'
import { type PreparedQuery, preparedQuery, type Reader } from '#core/store/reader.ts'
import { plainTextOf } from '#modules/notes/shared/document.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { chart } from '../shared/contract.ts'
import { codeText, type FieldName } from '../shared/fields.ts'
import { componentsOf, textsOf } from './lines.ts'
import { observationsByIds } from './observation-queries.ts'
import { sourceOfRow } from './sources.ts'

type Procedure = (typeof chart)['procedures']['item']
type Kind = InputOf<Procedure>['kind']
type Value = string | number | null
type Fields = readonly (readonly [FieldName, Value | readonly string[]])[]

type Tables = {
  encounter: 'encounter'
  note: 'composition'
  condition: 'condition'
  medication: 'medication_request'
  report: 'diagnostic_report'
  immunization: 'immunization'
  procedure: 'procedure'
  document: 'document_reference'
  'care-plan': 'care_plan'
  allergy: 'allergy_intolerance'
  observation: 'observation'
}
type RowOfKind<K extends Kind> = Database[Tables[K]]

interface Shown<K extends Kind> {
  readonly query: PreparedQuery<{ patientId: string; id: string }, RowOfKind<K>>
  readonly title: (row: RowOfKind<K>) => string
  readonly fields: (row: RowOfKind<K>, read: Reader) => Fields
}

function rowIn<T extends Tables[Kind]>(
  table: T,
): PreparedQuery<{ patientId: string; id: string }, Database[T]> {
  // One statement shape for eleven tables: kysely cannot type a select over a union of them.
  const query = preparedQuery<{ patientId: string; id: string }>()((db, p) =>
    db
      .selectFrom(table as 'encounter')
      .selectAll()
      .where('patient_id', '=', p.patientId)
      .where('id', '=', p.id)
      .where('voided_at', 'is', null),
  )
  return query as unknown as PreparedQuery<{ patientId: string; id: string }, Database[T]>
}

const yesNo = (flag: number | null) => (flag === null ? null : flag === 1 ? 'yes' : 'no')
const joined = (...parts: (Value | undefined)[]) =>
  parts.filter((p) => p !== null && p !== undefined && p !== '').join(' ') || null

interface Measured {
  readonly valueNumber: number | null
  readonly valueText: string | null
  readonly comparator: string | null
  readonly unit: string | null
}
const measured = (m: Measured) => joined(m.comparator, m.valueText ?? m.valueNumber, m.unit)

export const itemKinds: { readonly [K in Kind]: Shown<K> } = {
  encounter: {
    query: rowIn('encounter'),
    title: (r) => r.type_display ?? r.reason_display ?? '',
    fields: (r) => [
      ['status', r.status],
      ['class', r.class_code],
      ['type', r.type_display],
      ['typeCode', codeText(r.type_system, r.type_code)],
      ['reason', r.reason_display],
      ['reasonCode', codeText(r.reason_system, r.reason_code)],
      ['start', r.period_start],
      ['end', r.period_end],
      ['practitioner', r.practitioner_display],
      ['organization', r.organization_display],
      ['location', r.location_display],
    ],
  },
  note: {
    query: rowIn('composition'),
    title: (r) => r.title,
    fields: (r) => [
      ['kind', r.kind],
      ['author', r.author_name],
      ['signedAt', r.signed_at],
      ['reason', r.reason],
      ['text', plainTextOf(JSON.parse(r.body))],
    ],
  },
  condition: {
    query: rowIn('condition'),
    title: (r) => r.code_display,
    fields: (r) => [
      ['code', codeText(r.code_system, r.code)],
      ['clinicalStatus', r.clinical_status],
      ['verificationStatus', r.verification_status],
      ['category', r.category],
      ['severity', r.severity_display],
      ['onset', r.onset],
      ['abatement', r.abatement],
      ['recordedDate', r.recorded_date],
      ['note', r.note],
    ],
  },
  medication: {
    query: rowIn('medication_request'),
    title: (r) => r.medication_display,
    fields: (r) => [
      ['code', codeText(r.medication_system, r.medication_code)],
      ['status', r.status],
      ['statusReason', r.status_reason],
      ['intent', r.intent],
      ['directions', r.dosage_text],
      ['dose', joined(r.dose_value, r.dose_unit)],
      ['route', r.route_display],
      ['frequency', r.frequency_text],
      ['asNeeded', yesNo(r.as_needed)],
      ['authoredOn', r.authored_on],
      ['endedOn', r.ended_on],
      ['requester', r.requester_display],
      ['reason', r.reason_display],
      ['note', r.note],
    ],
  },
  report: {
    query: rowIn('diagnostic_report'),
    title: (r) => r.code_display,
    fields: (r, read) => [
      ['code', codeText(r.code_system, r.code)],
      ['status', r.status],
      ['category', r.category],
      ['effectiveAt', r.effective_at],
      ['issued', r.issued],
      ['performer', r.performer_display],
      ['conclusion', r.conclusion],
      ['result', resultTexts(read, r)],
    ],
  },
  immunization: {
    query: rowIn('immunization'),
    title: (r) => r.vaccine_display,
    fields: (r) => [
      ['vaccineCode', codeText(r.vaccine_system, r.vaccine_code)],
      ['status', r.status],
      ['statusReason', r.status_reason],
      ['occurrence', r.occurrence],
      ['lotNumber', r.lot_number],
      ['expirationDate', r.expiration_date],
      ['dose', joined(r.dose_value, r.dose_unit)],
      ['site', r.site_display],
      ['route', r.route_display],
      ['primarySource', yesNo(r.primary_source)],
      ['performer', r.performer_display],
      ['location', r.location_display],
      ['note', r.note],
    ],
  },
  procedure: {
    query: rowIn('procedure'),
    title: (r) => r.code_display,
    fields: (r) => [
      ['code', codeText(r.code_system, r.code)],
      ['status', r.status],
      ['start', r.performed_start],
      ['end', r.performed_end],
      ['reason', r.reason_display],
      ['bodySite', r.body_site],
      ['outcome', r.outcome],
      ['performer', r.performer_display],
      ['location', r.location_display],
      ['note', r.note],
    ],
  },
  document: {
    query: rowIn('document_reference'),
    title: (r) => r.title ?? r.type_display,
    fields: (r) => [
      ['type', r.type_display],
      ['typeCode', codeText(r.type_system, r.type_code)],
      ['category', r.category_display],
      ['status', r.status],
      ['date', r.date],
      ['author', r.author_display],
      ['description', r.description],
      ['contentType', r.content_type],
      ['size', r.size],
      ['url', r.url],
    ],
  },
  'care-plan': {
    query: rowIn('care_plan'),
    title: (r) => r.title,
    fields: (r) => [
      ['status', r.status],
      ['intent', r.intent],
      ['category', r.category_display],
      ['description', r.description],
      ['activity', textsOf(r.activities)],
      ['addresses', textsOf(r.addresses)],
      ['start', r.period_start],
      ['end', r.period_end],
    ],
  },
  allergy: {
    query: rowIn('allergy_intolerance'),
    title: (r) => r.code_display,
    fields: (r) => [
      ['code', codeText(r.code_system, r.code)],
      ['clinicalStatus', r.clinical_status],
      ['verificationStatus', r.verification_status],
      ['kind', r.type],
      ['category', r.category],
      ['criticality', r.criticality],
      ['manifestation', textsOf(r.manifestations)],
      ['severity', r.severity],
      ['onset', r.onset],
      ['recordedDate', r.recorded_date],
      ['lastOccurrence', r.last_occurrence],
      ['note', r.note],
    ],
  },
  observation: {
    query: rowIn('observation'),
    title: (r) => r.code_display,
    fields: (r) => [
      ['value', joined(r.value_comparator, r.value_text ?? r.value_number, r.value_unit)],
      ['component', r.components === null ? [] : componentsOf(r.components).map(componentText)],
      ['interpretation', r.interpretation],
      ['range', r.range_text ?? rangeText(r.range_low, r.range_high)],
      ['absentReason', r.absent_reason],
      ['code', codeText(r.code_system, r.code)],
      ['status', r.status],
      ['category', r.category],
      ['effectiveAt', r.effective_at],
      ['bodySite', r.body_site],
      ['method', r.method],
      ['performer', r.performer_display],
      ['note', r.note],
    ],
  },
}

const componentText = (c: Measured & { display: string }) => joined(c.display, measured(c)) ?? c.display

function rangeText(low: number | null, high: number | null): string | null {
  if (low === null) return high === null ? null : `≤ ${high}`
  return high === null ? `≥ ${low}` : `${low} – ${high}`
}

function resultTexts(read: Reader, report: RowOfKind<'report'>): string[] {
  const ids = textsOf(report.result_ids)
  if (ids.length === 0) return []
  const rows = read.all(observationsByIds, { patientId: report.patient_id, ids: JSON.stringify(ids) })
  const byId = new Map(rows.map((r) => [r.id, r]))
  return ids.flatMap((id) => {
    const row = byId.get(id)
    if (!row) return []
    return (
      joined(row.code_display, row.value_comparator, row.value_text ?? row.value_number, row.value_unit) ?? []
    )
  })
}

export function itemInFull({ read }: QueryContext, input: InputOf<Procedure>): OutputOf<Procedure> {
  return show(itemKinds[input.kind] as Shown<Kind>, read, input)
}

function show(shown: Shown<Kind>, read: Reader, input: InputOf<Procedure>): OutputOf<Procedure> {
  const { patientId, id, kind } = input
  const row = read.get(shown.query, { patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  return {
    kind,
    id,
    title: shown.title(row),
    fields: shown.fields(row, read).flatMap(([name, value]) => asFields(name, value)),
    sourceId: read.get(sourceOfRow, { patientId, id })?.id ?? null,
  }
}

function asFields(name: FieldName, value: Value | readonly string[]): { name: string; value: string }[] {
  if (value === null || value === '') return []
  const values = typeof value === 'object' ? value : [String(value)]
  return values.map((text) => ({ name, value: text }))
}
