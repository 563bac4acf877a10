// Condition: a problem or diagnosis.
import type { FhirElement } from '../fhir-element.ts'
import { type Columns, firstCoded, type References, statusOf } from './row.ts'
import { whenOf } from './values.ts'

const clinical = ['active', 'recurrence', 'relapse', 'inactive', 'remission', 'resolved'] as const
const verification = [
  'unconfirmed',
  'provisional',
  'differential',
  'confirmed',
  'refuted',
  'entered-in-error',
] as const

export function mapCondition(r: FhirElement, refs: References): Columns<'condition'> {
  const code = r.coded('code')
  if (!code) throw r.fault('code')
  const category = firstCoded(r, 'category')
  refs.link('encounter_id', refs.one(r, 'encounter', 'Encounter'))
  return {
    code_system: code.system,
    code: code.code,
    code_display: code.display,
    clinical_status: statusOf(r, 'clinicalStatus', clinical),
    verification_status: statusOf(r, 'verificationStatus', verification),
    category: category?.code ?? category?.display ?? null,
    severity_display: r.coded('severity')?.display ?? null,
    onset: whenOf(r, 'onset'),
    abatement: whenOf(r, 'abatement'),
    recorded_date: r.timeText('recordedDate'),
    note: r.notes(),
  }
}
