// Practitioner: a person of another house or of this one, as far as letters and lists need them.
import { nameOf } from '../describe.ts'
import { type FhirElement, joined } from '../fhir-element.ts'
import { phoneAndEmail, firstIdentifier } from './contact.ts'
import type { Columns, References } from './row.ts'

export function mapPractitioner(r: FhirElement, refs: References): Columns<'practitioner'> {
  const name = r.many('name')[0]
  const qualifications = r.many('qualification').flatMap((q) => q.coded('code')?.display ?? [])
  const identifier = firstIdentifier(r)
  return {
    // A name is optional in FHIR; a row is found by something that can be read.
    name_text: nameOf(r.raw.name) ?? identifier ?? refs.id,
    family: name?.line('family', 200) ?? null,
    given: joined(name?.lines('given') ?? [], ' '),
    active: r.flag('active') === false ? 0 : 1,
    qualification: joined(qualifications),
    ...phoneAndEmail(r),
    identifier,
  }
}
