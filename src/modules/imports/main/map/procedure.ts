// Procedure: something done to or for the patient, or the reason why not.
import { type FhirElement, joined } from '../fhir-element.ts'
import { type Columns, firstCoded, type References } from './row.ts'
import { whenOf } from './values.ts'

const statuses = [
  'preparation',
  'in-progress',
  'not-done',
  'on-hold',
  'stopped',
  'completed',
  'entered-in-error',
  'unknown',
] as const

export function mapProcedure(r: FhirElement, refs: References): Columns<'procedure'> {
  const code = r.coded('code') ?? r.coded('category')
  if (!code) throw r.fault('code')
  const performers = refs.within(r, 'performer', 'actor')
  const names = performers.flatMap((p) => p.display ?? [])
  refs.link('encounter_id', refs.one(r, 'encounter', 'Encounter'))
  return {
    status: r.requiredCode('status', statuses),
    code_system: code.system,
    code: code.code,
    code_display: code.display,
    performed_start: whenOf(r, 'performed'),
    performed_end: r.one('performedPeriod')?.timeText('end') ?? null,
    reason_display:
      firstCoded(r, 'reasonCode')?.display ??
      r.coded('statusReason')?.display ??
      refs.words('reason_display', refs.many(r, 'reasonReference')[0]),
    body_site: r.words('bodySite'),
    outcome: r.coded('outcome')?.display ?? null,
    note: r.notes(),
    performer_display: joined(names) ?? refs.words('performer_display', performers[0]),
    location_display: refs.words('location_display', refs.one(r, 'location')),
  }
}
