// Organization: another house, department or payer.
import { type FhirElement, joined } from '../fhir-element.ts'
import { addressLine, firstIdentifier, phoneAndEmail } from './contact.ts'
import { type Columns, firstCoded, type References } from './row.ts'

export function mapOrganization(r: FhirElement, refs: References): Columns<'organization'> {
  const identifier = firstIdentifier(r)
  const address = r.many('address')[0]
  return {
    name: r.line('name') ?? r.lines('alias')[0] ?? identifier ?? refs.id,
    active: r.flag('active') === false ? 0 : 1,
    type_display: firstCoded(r, 'type')?.display ?? null,
    phone: phoneAndEmail(r).phone,
    address: address ? joined([address.text('text') ?? addressLine(address)]) : null,
    identifier,
  }
}
