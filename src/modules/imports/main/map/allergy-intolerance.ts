// AllergyIntolerance. "No known allergies" comes as a code like any other; the chart knows the codes that say so.
import type { Coded } from '#shared/coded.ts'
import { type FhirElement, joined } from '../fhir-element.ts'
import { type Columns, statusOf } from './row.ts'
import { whenOf } from './values.ts'

const clinical = ['active', 'inactive', 'resolved'] as const
const verification = ['unconfirmed', 'presumed', 'confirmed', 'refuted', 'entered-in-error'] as const
const severities = ['severe', 'moderate', 'mild'] as const

export function mapAllergyIntolerance(r: FhirElement): Columns<'allergyIntolerance'> {
  const substance = substanceOf(r)
  const reactions = r.many('reaction')
  const manifestations = reactions.flatMap((x) => x.codedList('manifestation').map((m) => m.display))
  const severity = reactions.map((x) => x.code('severity', severities))
  return {
    code_system: substance.system,
    code: substance.code,
    code_display: substance.display,
    clinical_status: statusOf(r, 'clinicalStatus', clinical),
    verification_status: statusOf(r, 'verificationStatus', verification),
    type: r.code('type', ['allergy', 'intolerance']),
    category: joined(r.lines('category')),
    criticality: r.code('criticality', ['low', 'high', 'unable-to-assess']),
    manifestations: manifestations.length === 0 ? null : JSON.stringify(manifestations),
    severity: severities.find((s) => severity.includes(s)) ?? null,
    onset: whenOf(r, 'onset'),
    recorded_date: r.timeText('recordedDate'),
    last_occurrence: r.timeText('lastOccurrence'),
    note: r.notes(),
  }
}

/** The resource may name the substance only with the reaction. */
function substanceOf(r: FhirElement): Coded {
  const own = r.coded('code')
  if (own) return own
  for (const reaction of r.many('reaction')) {
    const found = reaction.coded('substance')
    if (found) return found
  }
  throw r.fault('code')
}
