// Names that C-CDA R2.1 gives to code systems, templates and section codes.

export interface System {
  readonly oid: string
  readonly name: string
}

export const snomed: System = { oid: '2.16.840.1.113883.6.96', name: 'SNOMED CT' }
export const loinc: System = { oid: '2.16.840.1.113883.6.1', name: 'LOINC' }
export const rxnorm: System = { oid: '2.16.840.1.113883.6.88', name: 'RxNorm' }
export const cvx: System = { oid: '2.16.840.1.113883.12.292', name: 'CVX' }
export const actCode: System = { oid: '2.16.840.1.113883.5.4', name: 'ActCode' }
export const actClass: System = { oid: '2.16.840.1.113883.5.6', name: 'ActClass' }
export const observationValue: System = { oid: '2.16.840.1.113883.5.1063', name: 'ObservationValue' }
export const interpretation: System = {
  oid: '2.16.840.1.113883.5.83',
  name: 'ObservationInterpretation',
}

/** By the address FHIR has for them. */
const systems: Readonly<Record<string, System>> = {
  'http://snomed.info/sct': snomed,
  'http://loinc.org': loinc,
  'http://www.nlm.nih.gov/research/umls/rxnorm': rxnorm,
  'http://hl7.org/fhir/sid/cvx': cvx,
  'http://hl7.org/fhir/sid/icd-10-cm': { oid: '2.16.840.1.113883.6.90', name: 'ICD-10-CM' },
  'http://hl7.org/fhir/sid/icd-10': { oid: '2.16.840.1.113883.6.3', name: 'ICD-10' },
  'http://hl7.org/fhir/sid/icd-9-cm': { oid: '2.16.840.1.113883.6.103', name: 'ICD-9-CM' },
  'http://id.who.int/icd/release/11/mms': { oid: '2.16.840.1.113883.6.347', name: 'ICD-11' },
  'http://www.cms.gov/Medicare/Coding/ICD10': { oid: '2.16.840.1.113883.6.4', name: 'ICD-10-PCS' },
  'http://www.ama-assn.org/go/cpt': { oid: '2.16.840.1.113883.6.12', name: 'CPT' },
  'http://hl7.org/fhir/sid/ndc': { oid: '2.16.840.1.113883.6.69', name: 'NDC' },
  'http://fdasis.nlm.nih.gov': { oid: '2.16.840.1.113883.4.9', name: 'UNII' },
  'http://www.whocc.no/atc': { oid: '2.16.840.1.113883.6.73', name: 'ATC' },
  'http://terminology.hl7.org/CodeSystem/v3-ActCode': actCode,
}

export function systemOf(address: string | undefined): System | undefined {
  if (address === undefined) return undefined
  const oid = /^urn:oid:([0-2](?:\.(?:0|[1-9]\d*))+)$/.exec(address)?.[1]
  return systems[address] ?? (oid === undefined ? undefined : { oid, name: address })
}

export type Template = readonly [root: string, extension?: string]
const t = (part: string, extension?: string): Template => {
  const root = `2.16.840.1.113883.10.20.22.${part}`
  return extension === undefined ? [root] : [root, extension]
}

export const templates = {
  header: t('1.1', '2015-08-01'),
  document: t('1.2', '2015-08-01'),
  allergyConcern: t('4.30', '2015-08-01'),
  allergy: t('4.7', '2014-06-09'),
  allergyStatus: t('4.28'),
  criticality: t('4.145'),
  reaction: t('4.9', '2014-06-09'),
  severity: t('4.8', '2014-06-09'),
  problemConcern: t('4.3', '2015-08-01'),
  problem: t('4.4', '2015-08-01'),
  problemStatus: t('4.6'),
  medication: t('4.16', '2014-06-09'),
  medicineProduct: t('4.23', '2014-06-09'),
  directions: t('4.147'),
  supply: t('4.17', '2014-06-09'),
  precondition: t('4.25', '2014-06-09'),
  indication: t('4.19', '2014-06-09'),
  vitalSigns: t('4.26', '2015-08-01'),
  vitalSign: t('4.27', '2014-06-09'),
  results: t('4.1', '2015-08-01'),
  result: t('4.2', '2015-08-01'),
  smoking: t('4.78', '2014-06-09'),
  social: t('4.38', '2015-08-01'),
  immunization: t('4.52', '2015-08-01'),
  vaccine: t('4.54', '2014-06-09'),
  procedure: t('4.14', '2014-06-09'),
  encounter: t('4.49', '2015-08-01'),
  place: t('4.32'),
  note: t('4.202', '2016-11-01'),
  author: t('4.119'),
  comment: t('4.64'),
  entryReference: t('4.122'),
} as const

export interface SectionCode {
  readonly templates: readonly Template[]
  readonly code: string
  readonly display: string
}

export const sectionCodes = {
  allergies: {
    templates: [t('2.6.1', '2015-08-01')],
    code: '48765-2',
    display: 'Allergies and adverse reactions Document',
  },
  medications: {
    templates: [t('2.1.1', '2014-06-09')],
    code: '10160-0',
    display: 'History of Medication use Narrative',
  },
  problems: {
    templates: [t('2.5.1', '2015-08-01')],
    code: '11450-4',
    display: 'Problem list - Reported',
  },
  results: {
    templates: [t('2.3.1', '2015-08-01')],
    code: '30954-2',
    display: 'Relevant diagnostic tests and/or laboratory data',
  },
  socialHistory: { templates: [t('2.17', '2015-08-01')], code: '29762-2', display: 'Social history' },
  vitalSigns: { templates: [t('2.4.1', '2015-08-01')], code: '8716-3', display: 'Vital signs' },
  encounters: {
    templates: [t('2.22.1', '2015-08-01')],
    code: '46240-8',
    display: 'History of Hospitalizations+Outpatient visits Narrative',
  },
  immunizations: {
    templates: [t('2.2.1', '2015-08-01')],
    code: '11369-6',
    display: 'History of Immunization Narrative',
  },
  procedures: {
    templates: [t('2.7.1', '2014-06-09')],
    code: '47519-4',
    display: 'History of Procedures Document',
  },
  notes: { templates: [t('2.65', '2016-11-01')], code: '11506-3', display: 'Progress note' },
} as const satisfies Readonly<Record<string, SectionCode>>
