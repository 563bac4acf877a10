// Ways to reach and identifiers, in the one-line form that practitioners and organizations carry.
import { type FhirElement, joined } from '../fhir-element.ts'

export function phoneAndEmail(r: FhirElement): { phone: string | null; email: string | null } {
  const first = (system: string) =>
    r
      .many('telecom')
      .filter((t) => t.text('system') === system && t.text('use') !== 'old')
      .map((t) => t.line('value', 300))
      .find((v) => v !== null) ?? null
  return { phone: first('phone'), email: first('email') }
}

/** `system|value`, as FHIR writes it in searches; also how a reference by identifier is resolved. */
export function firstIdentifier(r: FhirElement): string | null {
  for (const identifier of r.many('identifier')) {
    const value = identifier.line('value', 200)
    if (value === null) continue
    const system = identifier.line('system', 500)
    return system === null ? value : `${system}|${value}`
  }
  return null
}

export function addressLine(address: FhirElement): string {
  const place = [address.line('postalCode', 40), address.line('city', 200)]
    .filter((p) => p !== null)
    .join(' ')
  const parts = [...address.lines('line'), place, address.line('state', 200), address.line('country', 100)]
  return joined(parts.filter((p) => p !== null && p !== '') as string[]) ?? ''
}
