// Encounter: a visit or stay, with the person and place that come first.
import type { FhirElement } from '../fhir-element.ts'
import type { Resolved } from '../references.ts'
import { type Columns, firstCoded, type References } from './row.ts'

const statuses = [
  'planned',
  'arrived',
  'triaged',
  'in-progress',
  'onleave',
  'finished',
  'cancelled',
  'entered-in-error',
  'unknown',
] as const

export function mapEncounter(r: FhirElement, refs: References): Columns<'encounter'> {
  const type = firstCoded(r, 'type') ?? r.coded('serviceType')
  const reason = reasonOf(r, refs)
  const period = r.one('period')
  const who = participantOf(r, refs)
  const organization = refs.one(r, 'serviceProvider', 'Organization')
  refs.link('practitioner_id', who?.key?.[1] === 'Practitioner' ? who : null)
  refs.link('organization_id', organization)
  return {
    status: r.requiredCode('status', statuses),
    class_code: r.one('class')?.line('code', 100) ?? null,
    type_system: type?.system ?? null,
    type_code: type?.code ?? null,
    type_display: type?.display ?? null,
    ...reason,
    period_start: period?.timeText('start') ?? null,
    period_end: period?.timeText('end') ?? null,
    practitioner_display: refs.words('practitioner_display', who),
    organization_display: refs.words('organization_display', organization),
    location_display: refs.words('location_display', refs.within(r, 'location', 'location')[0]),
  }
}

function reasonOf(r: FhirElement, refs: References) {
  const coded = firstCoded(r, 'reasonCode')
  if (coded) return { reason_system: coded.system, reason_code: coded.code, reason_display: coded.display }
  return { reason_display: refs.words('reason_display', refs.many(r, 'reasonReference')[0]) }
}

/** The attending or primary performer; else the first person named. */
function participantOf(r: FhirElement, refs: References): Resolved | null {
  const people = r.many('participant').flatMap((p) => {
    const person = refs.one(p, 'individual')
    return person
      ? [{ person, codes: p.many('type').flatMap((t) => t.many('coding').map((c) => c.text('code'))) }]
      : []
  })
  for (const code of ['ATND', 'PPRF']) {
    const found = people.find((p) => p.codes.includes(code))
    if (found) return found.person
  }
  return people[0]?.person ?? null
}
