// Which fields the full view of a chart record may have, and how each value is to be read.
// The renderer translates labels by name (`chart.field.<name>`) and values by form; main fills them.

/**
 * text: words of the record, shown as they are · time: partial date or UTC instant, to be formatted ·
 * code: a closed FHIR code, to be translated where the renderer knows it.
 */
export type FieldForm = 'text' | 'time' | 'code'

export const fieldForms = {
  abatement: 'time',
  absentReason: 'code',
  activity: 'text',
  addresses: 'text',
  asNeeded: 'code',
  author: 'text',
  authoredOn: 'time',
  bodySite: 'text',
  category: 'code',
  class: 'code',
  clinicalStatus: 'code',
  code: 'text',
  component: 'text',
  conclusion: 'text',
  contentType: 'text',
  criticality: 'code',
  date: 'time',
  description: 'text',
  directions: 'text',
  display: 'text',
  dose: 'text',
  effectiveAt: 'time',
  end: 'time',
  endedOn: 'time',
  expirationDate: 'time',
  frequency: 'text',
  intent: 'code',
  interpretation: 'code',
  issued: 'time',
  kind: 'code',
  lastOccurrence: 'time',
  location: 'text',
  lotNumber: 'text',
  manifestation: 'text',
  method: 'text',
  note: 'text',
  occurrence: 'time',
  onset: 'time',
  organization: 'text',
  outcome: 'text',
  performer: 'text',
  practitioner: 'text',
  primarySource: 'code',
  range: 'text',
  reason: 'text',
  reasonCode: 'text',
  recordedDate: 'time',
  requester: 'text',
  result: 'text',
  route: 'text',
  severity: 'text',
  signedAt: 'time',
  site: 'text',
  size: 'text',
  start: 'time',
  status: 'code',
  statusReason: 'text',
  text: 'text',
  title: 'text',
  type: 'text',
  typeCode: 'text',
  url: 'text',
  value: 'text',
  vaccineCode: 'text',
  verificationStatus: 'code',
} as const satisfies Record<string, FieldForm>

export type FieldName = keyof typeof fieldForms
export const fieldNames = Object.keys(fieldForms) as FieldName[]

/** Code systems by the names people know; others are shown as they stand. */
const systemNames: Readonly<Record<string, string>> = {
  'http://loinc.org': 'LOINC',
  'http://snomed.info/sct': 'SNOMED CT',
  'http://hl7.org/fhir/sid/icd-10': 'ICD-10',
  'http://hl7.org/fhir/sid/icd-10-cm': 'ICD-10-CM',
  'http://id.who.int/icd/release/11/mms': 'ICD-11',
  'http://hl7.org/fhir/sid/cvx': 'CVX',
  'http://www.nlm.nih.gov/research/umls/rxnorm': 'RxNorm',
  'http://www.whocc.no/atc': 'ATC',
}

/** "ICD-10 E11.9"; the code alone where the system is unknown. */
export function codeText(system: string | null, code: string | null): string | null {
  if (code === null) return null
  const name = system === null ? undefined : (systemNames[system] ?? system)
  return name === undefined ? code : `${name} ${code}`
}
