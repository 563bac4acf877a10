// Immunization: a dose given, or the reason why it was not.
import { type FhirElement, joined } from '../fhir-element.ts'
import type { Columns, References } from './row.ts'
import { doseOf } from './values.ts'

export function mapImmunization(r: FhirElement, refs: References): Columns<'immunization'> {
  const vaccine = r.coded('vaccineCode')
  if (!vaccine) throw r.fault('vaccineCode')
  const primary = r.flag('primarySource')
  const performers = refs.within(r, 'performer', 'actor')
  const names = performers.flatMap((p) => p.display ?? [])
  refs.link('encounter_id', refs.one(r, 'encounter', 'Encounter'))
  return {
    status: r.requiredCode('status', ['completed', 'entered-in-error', 'not-done']),
    status_reason: r.coded('statusReason')?.display ?? null,
    vaccine_system: vaccine.system,
    vaccine_code: vaccine.code,
    vaccine_display: vaccine.display,
    occurrence: r.timeText('occurrenceDateTime') ?? r.line('occurrenceString'),
    lot_number: r.line('lotNumber', 200),
    expiration_date: r.timeText('expirationDate'),
    site_display: r.coded('site')?.display ?? null,
    route_display: r.coded('route')?.display ?? null,
    ...doseOf(r.one('doseQuantity')),
    primary_source: primary === null ? null : primary ? 1 : 0,
    note: r.notes(),
    performer_display: joined(names) ?? refs.words('performer_display', performers[0]),
    location_display: refs.words('location_display', refs.one(r, 'location')),
  }
}
