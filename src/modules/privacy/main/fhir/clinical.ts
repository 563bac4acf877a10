// Rows of the chart as FHIR R4 resources: each column that the import fills has its element here.
import {
  codeable,
  codeOrWords,
  concept,
  type Json,
  list,
  named,
  notes,
  num,
  parsedList,
  period,
  reference,
  type Resource,
  type Row,
  str,
  when,
  words,
} from './elements.ts'
import { unit, valueElement } from './values.ts'

const hl7 = 'http://terminology.hl7.org/CodeSystem'
type Mapper = (row: Row, id: string, subject: Json) => Resource

const encounterOf = (row: Row) => reference('Encounter', str(row, 'encounter_id'))

export const clinicalMappers: Readonly<Record<string, Mapper>> = {
  encounter: (row, id, subject) => {
    const person = reference('Practitioner', str(row, 'practitioner_id'), str(row, 'practitioner_display'))
    const place = named(str(row, 'location_display'))
    return {
      resourceType: 'Encounter',
      id,
      status: str(row, 'status'),
      class: { system: `${hl7}/v3-ActCode`, code: str(row, 'class_code') },
      type: list(concept(row, 'type')),
      reasonCode: list(concept(row, 'reason')),
      subject,
      period: period(str(row, 'period_start'), str(row, 'period_end')),
      participant: person ? [{ individual: person }] : undefined,
      serviceProvider: reference(
        'Organization',
        str(row, 'organization_id'),
        str(row, 'organization_display'),
      ),
      location: place ? [{ location: place }] : undefined,
    }
  },
  condition: (row, id, subject) => ({
    resourceType: 'Condition',
    id,
    clinicalStatus: codeOrWords(str(row, 'clinical_status'), `${hl7}/condition-clinical`),
    verificationStatus: codeOrWords(str(row, 'verification_status'), `${hl7}/condition-ver-status`),
    category: list(codeOrWords(str(row, 'category'))),
    severity: words(str(row, 'severity_display')),
    code: concept(row, 'code'),
    subject,
    encounter: encounterOf(row),
    ...when('onset', str(row, 'onset')),
    ...when('abatement', str(row, 'abatement')),
    recordedDate: str(row, 'recorded_date'),
    note: notes(str(row, 'note')),
  }),
  allergy_intolerance: (row, id, subject) => {
    const manifestations = parsedList(str(row, 'manifestations'))
    const severity = str(row, 'severity')
    const hasReaction = manifestations.length > 0 || severity !== undefined
    return {
      resourceType: 'AllergyIntolerance',
      id,
      clinicalStatus: codeOrWords(str(row, 'clinical_status'), `${hl7}/allergyintolerance-clinical`),
      verificationStatus: codeOrWords(
        str(row, 'verification_status'),
        `${hl7}/allergyintolerance-verification`,
      ),
      type: str(row, 'type'),
      category: str(row, 'category')?.split(', '),
      criticality: str(row, 'criticality'),
      code: concept(row, 'code'),
      patient: subject,
      ...when('onset', str(row, 'onset')),
      recordedDate: str(row, 'recorded_date'),
      lastOccurrence: str(row, 'last_occurrence'),
      note: notes(str(row, 'note')),
      reaction: hasReaction
        ? [{ manifestation: manifestations.map((text) => ({ text })), severity }]
        : undefined,
    }
  },
  medication_request: (row, id, subject) => ({
    resourceType: 'MedicationRequest',
    id,
    status: str(row, 'status'),
    statusReason: words(str(row, 'status_reason')),
    intent: str(row, 'intent'),
    reportedBoolean: num(row, 'is_reported') === 1 ? true : undefined,
    medicationCodeableConcept: concept(row, 'medication'),
    subject,
    encounter: encounterOf(row),
    authoredOn: str(row, 'authored_on'),
    requester: reference('Practitioner', str(row, 'requester_id'), str(row, 'requester_display')),
    reasonCode: list(words(str(row, 'reason_display'))),
    note: notes(str(row, 'note')),
    dosageInstruction: dosage(row),
    dispenseRequest: supply(row),
    priorPrescription: reference('MedicationRequest', str(row, 'prior_id')),
  }),
  observation: (row, id, subject) => ({
    resourceType: 'Observation',
    id,
    status: str(row, 'status'),
    category: list(codeOrWords(str(row, 'category'), `${hl7}/observation-category`)),
    code: concept(row, 'code'),
    subject,
    encounter: encounterOf(row),
    effectiveDateTime: str(row, 'effective_at'),
    performer: list(named(str(row, 'performer_display'))),
    ...valueElement(row),
    dataAbsentReason: codeOrWords(str(row, 'absent_reason'), `${hl7}/data-absent-reason`),
    interpretation: interpretation(str(row, 'interpretation')),
    bodySite: words(str(row, 'body_site')),
    method: words(str(row, 'method')),
    note: notes(str(row, 'note')),
    referenceRange: referenceRange(row),
    component: components(str(row, 'components')),
  }),
  diagnostic_report: (row, id, subject) => ({
    resourceType: 'DiagnosticReport',
    id,
    status: str(row, 'status'),
    category: list(codeOrWords(str(row, 'category'))),
    code: concept(row, 'code'),
    subject,
    encounter: encounterOf(row),
    effectiveDateTime: str(row, 'effective_at'),
    issued: str(row, 'issued'),
    performer: list(named(str(row, 'performer_display'))),
    result: parsedList(str(row, 'result_ids')).map((result) => ({ reference: `Observation/${result}` })),
    conclusion: str(row, 'conclusion'),
  }),
  immunization: (row, id, subject) => {
    const performer = named(str(row, 'performer_display'))
    const primary = num(row, 'primary_source')
    return {
      resourceType: 'Immunization',
      id,
      status: str(row, 'status'),
      statusReason: words(str(row, 'status_reason')),
      vaccineCode: concept(row, 'vaccine'),
      patient: subject,
      encounter: encounterOf(row),
      ...when('occurrence', str(row, 'occurrence')),
      lotNumber: str(row, 'lot_number'),
      expirationDate: str(row, 'expiration_date'),
      site: words(str(row, 'site_display')),
      route: words(str(row, 'route_display')),
      doseQuantity: dose(row),
      primarySource: primary === undefined ? undefined : primary === 1,
      note: notes(str(row, 'note')),
      performer: performer ? [{ actor: performer }] : undefined,
      location: named(str(row, 'location_display')),
    }
  },
  procedure: (row, id, subject) => {
    const performer = named(str(row, 'performer_display'))
    const [start, end] = [str(row, 'performed_start'), str(row, 'performed_end')]
    return {
      resourceType: 'Procedure',
      id,
      status: str(row, 'status'),
      code: concept(row, 'code'),
      subject,
      encounter: encounterOf(row),
      ...(end === undefined ? when('performed', start) : { performedPeriod: period(start, end) }),
      reasonCode: list(words(str(row, 'reason_display'))),
      bodySite: list(words(str(row, 'body_site'))),
      outcome: words(str(row, 'outcome')),
      note: notes(str(row, 'note')),
      performer: performer ? [{ actor: performer }] : undefined,
      location: named(str(row, 'location_display')),
    }
  },
  document_reference: (row, id, subject) => {
    const visit = encounterOf(row)
    return {
      resourceType: 'DocumentReference',
      id,
      status: str(row, 'status'),
      type: codeable(str(row, 'type_system'), str(row, 'type_code'), str(row, 'type_display')),
      category: list(words(str(row, 'category_display'))),
      subject,
      date: str(row, 'date'),
      description: str(row, 'description'),
      author: list(named(str(row, 'author_display'))),
      content: [
        {
          attachment: {
            contentType: str(row, 'content_type'),
            title: str(row, 'title'),
            url: str(row, 'url'),
            size: num(row, 'size'),
          },
        },
      ],
      context: visit ? { encounter: [visit] } : undefined,
    }
  },
  care_plan: (row, id, subject) => ({
    resourceType: 'CarePlan',
    id,
    status: str(row, 'status'),
    intent: str(row, 'intent'),
    title: str(row, 'title'),
    category: list(words(str(row, 'category_display'))),
    description: str(row, 'description'),
    subject,
    encounter: encounterOf(row),
    period: period(str(row, 'period_start'), str(row, 'period_end')),
    activity: parsedList(str(row, 'activities')).map((description) => ({
      detail: { status: 'unknown', description },
    })),
    addresses: parsedList(str(row, 'addresses')).map((display) => ({ display })),
  }),
}

function dose(row: Row): Json | undefined {
  const value = num(row, 'dose_value')
  return value === undefined ? undefined : { value, unit: str(row, 'dose_unit') }
}

function dosage(row: Row): Json | undefined {
  const [text, route, frequency, end] = ['dosage_text', 'route_display', 'frequency_text', 'ended_on'].map(
    (c) => str(row, c),
  )
  const amount = dose(row)
  const asNeeded = num(row, 'as_needed')
  if ([text, route, frequency, end, amount, asNeeded].every((part) => part === undefined)) return undefined
  const hasTiming = frequency !== undefined || end !== undefined
  return [
    {
      text,
      timing: hasTiming
        ? { code: words(frequency), repeat: end === undefined ? undefined : { boundsPeriod: { end } } }
        : undefined,
      asNeededBoolean: asNeeded === undefined ? undefined : asNeeded === 1,
      route: words(route),
      doseAndRate: amount === undefined ? undefined : [{ doseQuantity: amount }],
    },
  ]
}

function supply(row: Row): Json | undefined {
  const [value, refills] = [num(row, 'quantity_value'), num(row, 'refills_allowed')]
  if (value === undefined && refills === undefined) return undefined
  return {
    quantity: value === undefined ? undefined : { value, unit: str(row, 'quantity_unit') },
    numberOfRepeatsAllowed: refills,
  }
}

const interpretation = (text: string | undefined): Json | undefined =>
  text?.split(', ').map((part) => codeOrWords(part, `${hl7}/v3-ObservationInterpretation`) ?? {})

/** Limits carry the unit of the value, else they would be read as of another one. */
function referenceRange(row: Row): Json | undefined {
  const [low, high, text] = [num(row, 'range_low'), num(row, 'range_high'), str(row, 'range_text')]
  if (low === undefined && high === undefined && text === undefined) return undefined
  const units = str(row, 'value_kind') === 'quantity' ? unit(row) : {}
  const limit = (value: number | undefined) => (value === undefined ? undefined : { value, ...units })
  return [{ low: limit(low), high: limit(high), text }]
}

function components(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined
  return (JSON.parse(text) as Row[]).map((part) => ({
    code: concept(part, 'code'),
    ...valueElement(part),
    interpretation: interpretation(str(part, 'interpretation')),
    dataAbsentReason: codeOrWords(str(part, 'absent_reason')),
  }))
}
