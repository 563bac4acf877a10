// DiagnosticReport: a report and the results it is made of, in its order.
import { type FhirElement, joined } from '../fhir-element.ts'
import { effectiveOf, performersOf } from './observation.ts'
import { type Columns, firstCoded, type References } from './row.ts'

const statuses = [
  'registered',
  'partial',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'appended',
  'cancelled',
  'entered-in-error',
  'unknown',
] as const

export function mapDiagnosticReport(r: FhirElement, refs: References): Columns<'diagnosticReport'> {
  const code = r.coded('code')
  if (!code) throw r.fault('code')
  const category = firstCoded(r, 'category')
  refs.link('encounter_id', refs.one(r, 'encounter', 'Encounter'))
  refs.linkAll('result_ids', refs.many(r, 'result', 'Observation'))
  const conclusions = [r.text('conclusion'), ...r.codedList('conclusionCode').map((c) => c.display)]
  return {
    status: r.requiredCode('status', statuses),
    category: category?.code ?? category?.display ?? null,
    code_system: code.system,
    code: code.code,
    code_display: code.display,
    effective_at: effectiveOf(r),
    issued: r.timeText('issued'),
    conclusion: joined(
      [...new Set(conclusions)].filter((c) => c !== null),
      '\n',
    ),
    performer_display: performersOf(r, refs),
  }
}
