// Which LOINC codes are which vital sign, and in which order they are shown. Labels live in the renderer.
// Codes: LOINC; the panel and its parts as in the FHIR R4 vital signs profiles (hl7.org/fhir/R4/observation-vitalsigns.html).

export const vitalKeys = [
  'blood-pressure',
  'systolic',
  'diastolic',
  'heart-rate',
  'respiratory-rate',
  'temperature',
  'oxygen-saturation',
  'weight',
  'height',
  'bmi',
  'head-circumference',
  'pain',
] as const
export type VitalKey = (typeof vitalKeys)[number]

export const systolicCode = '8480-6'
export const diastolicCode = '8462-4'

const keyByLoinc: Readonly<Record<string, VitalKey>> = {
  '85354-9': 'blood-pressure',
  '55284-4': 'blood-pressure',
  [systolicCode]: 'systolic',
  [diastolicCode]: 'diastolic',
  '8867-4': 'heart-rate',
  '9279-1': 'respiratory-rate',
  '8310-5': 'temperature',
  '8331-1': 'temperature',
  '59408-5': 'oxygen-saturation',
  '2708-6': 'oxygen-saturation',
  '29463-7': 'weight',
  '3141-9': 'weight',
  '8302-2': 'height',
  '8306-3': 'height',
  '39156-5': 'bmi',
  '9843-4': 'head-circumference',
  '8287-5': 'head-circumference',
  '72514-3': 'pain',
}

/** Systolic, then diastolic, of the parts of a blood pressure. */
export function bloodPressureParts<P extends { readonly code: string | null }>(
  parts: readonly P[],
): [P | undefined, P | undefined] {
  const part = (code: string) => parts.find((c) => c.code === code)
  return [part(systolicCode), part(diastolicCode)]
}

/** Signs the table does not know are shown too, under their own code or words. */
export function vitalKeyOf(code: string | null, display: string): string {
  if (code === null) return `other:${display}`
  return keyByLoinc[code] ?? `other:${code}`
}

/** Known signs in the order above, then the others by name of their key. */
export function compareVitalKeys(a: string, b: string): number {
  const [ia, ib] = [rank(a), rank(b)]
  if (ia !== ib) return ia - ib
  return a < b ? -1 : a > b ? 1 : 0
}

function rank(key: string): number {
  const at = (vitalKeys as readonly string[]).indexOf(key)
  return at < 0 ? vitalKeys.length : at
}
