// For tests: which fields of a patient's rows did not arrive in a C-CDA document. It knows the columns by itself: one that
// nobody named here counts as lost, so that a new column is looked at.
import type { PatientId } from '#shared/ids.ts'
import { entryOf, placeIn } from './ccda.ts'
import type { TestClinic } from './clinic.ts'
import { at, everyNode, textOf, type XmlNode } from './xml.ts'

type Row = Readonly<Record<string, string | number | null>>
interface Found {
  readonly entry: XmlNode | undefined
  /** What a problem stands in. */
  readonly concern: XmlNode | undefined
  readonly says: (place: string) => string | undefined
}
type Check = (value: string, found: Found, row: Row) => boolean

const oids: Readonly<Record<string, string>> = {
  'http://snomed.info/sct': '2.16.840.1.113883.6.96',
  'http://loinc.org': '2.16.840.1.113883.6.1',
  'http://www.nlm.nih.gov/research/umls/rxnorm': '2.16.840.1.113883.6.88',
  'http://hl7.org/fhir/sid/icd-10-cm': '2.16.840.1.113883.6.90',
}

const some = (node: XmlNode | undefined, is: (node: XmlNode) => boolean): boolean =>
  node !== undefined && [...everyNode(node)].some(is)
const hasValue = (node: XmlNode | undefined, attribute: string, value: string): boolean =>
  some(node, ({ attributes }) => attributes[attribute] === value)

/** Words that stand in a place of the narrative exactly as they are in the row. */
const words =
  (fact: string): Check =>
  (value, { says }) =>
    says(fact) === value
const within =
  (fact: string): Check =>
  (value, { says }) =>
    says(fact)?.includes(value) === true

/** The instant or the date, by the time stamp of an entry. */
const stamped =
  (...path: readonly string[]): Check =>
  (value, { entry, says }) => {
    const stamp = at(entry, ...path)?.attributes.value
    if (!/^\d{4}/.test(value)) return says('') !== undefined && stamp === undefined
    return stamp !== undefined && sameTime(stamp, value)
  }
function sameTime(stamp: string, value: string): boolean {
  if (value.length <= 10) return stamp === value.replaceAll('-', '')
  const m = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d(?:\.\d+)?)([+-]\d\d)(\d\d)$/.exec(stamp)
  if (!m) return false
  const [, year, month, day, hour, minute, second, zone, zoneMinutes] = m
  const read = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}:${zoneMinutes}`)
  return read === Date.parse(value)
}

const ofConcern: Check = (value, { concern }) =>
  sameTime(at(concern, 'effectiveTime', 'low')?.attributes.value ?? '', value)

/** A date told in words only: its year and day in either language's digits. */
const toldDay =
  (fact: string): Check =>
  (value, { says }) => {
    const text = (says(fact) ?? '').replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660))
    return text.includes(value.slice(0, 4)) && text.includes(String(Number(value.slice(8, 10))))
  }
const is =
  (test: (entry: XmlNode | undefined, value: string, row: Row) => boolean): Check =>
  (value, { entry }, row) =>
    test(entry, value, row)

const code: Check = (value, { entry, says }) =>
  hasValue(entry, 'code', value) || says('')?.includes(value) === true
const system: Check = (value, { entry, says }) =>
  hasValue(entry, 'codeSystem', oids[value] ?? '-') || says('')?.includes(value) === true
/** The visit an item belongs to is pointed to by its id. */
const visit: Check = (value, { entry }) => hasValue(entry, 'root', value)
const flag =
  (fact: string): Check =>
  (value, { says }) =>
    ['yes', 'نعم'].includes(says(fact) ?? '') === (value === '1')
const number =
  (fact: string): Check =>
  (value, { says }) =>
    says(fact)?.split(' ')[0] === value
const list =
  (fact: string): Check =>
  (value, { says }) =>
    (JSON.parse(value) as string[]).every((item, n) => says(`${fact}.${n}`) === item)
/** A remark is words, and a comment of the entry that points to them. */
const remark: Check = (value, { entry, says }, row) =>
  says('note') === value && hasValue(entry, 'value', `#r${String(row.id)}.note`)

const components: Check = (value, { entry, says }) =>
  (JSON.parse(value) as Row[]).every((part, n) => {
    const told = says(`components.${n}`) ?? ''
    const wanted = [
      part.code,
      part.code_display,
      part.value_text,
      part.value_unit,
      part.interpretation,
      part.absent_reason,
    ]
    return (
      wanted.every((item) => item === null || item === undefined || told.includes(String(item))) &&
      entry !== undefined
    )
  })

/** Every line of a note's text, in its order. */
const body: Check = (value, { says }) => {
  const told = says('') ?? ''
  let from = 0
  const walk = (node: { text?: string; content?: unknown[] }): boolean => {
    if (typeof node.text === 'string') {
      const found = told.indexOf(node.text, from)
      from = found + node.text.length
      return found >= 0
    }
    return (node.content ?? []).every((inner) => walk(inner as { text?: string }))
  }
  return walk(JSON.parse(value) as { content?: unknown[] })
}

/** Not the record's: keys, counters, and what the FHIR file alone carries (signatures, links to rows of this clinic). */
const ignored = new Set([
  'id',
  'rev',
  'ins_writer',
  'ins_seq',
  'voided_at',
  'void_reason',
  'patient_id',
  'value_kind',
])
const ignoredOf: Readonly<Record<string, readonly string[]>> = {
  encounter: ['practitioner_id', 'user_id', 'organization_id'],
  medication_request: [
    'sig',
    'requester_id',
    'prescriber_id',
    'prescription_id',
    'prior_id',
    'drug_id',
    'ingredients',
  ],
  observation: ['report_id'],
  composition: [
    'draft_id',
    'author_id',
    'clock_quality',
    'signing_key_id',
    'digest',
    'signature',
    'relates_code',
    'relates_to',
  ],
}

const fields: Readonly<Record<string, Readonly<Record<string, Check>>>> = {
  allergy_intolerance: {
    code_system: system,
    code,
    code_display: words('what'),
    clinical_status: words('status'),
    verification_status: words('certainty'),
    type: words('type'),
    category: words('category'),
    criticality: words('criticality'),
    manifestations: list('reactions'),
    severity: words('severity'),
    onset: stamped('effectiveTime', 'low'),
    recorded_date: ofConcern,
    last_occurrence: toldDay('lastOccurrence'),
    note: remark,
  },
  condition: {
    code_system: system,
    code,
    code_display: words('what'),
    clinical_status: words('status'),
    verification_status: words('certainty'),
    category: words('category'),
    severity_display: words('severity'),
    onset: stamped('effectiveTime', 'low'),
    abatement: stamped('effectiveTime', 'high'),
    recorded_date: ofConcern,
    encounter_id: visit,
    note: remark,
  },
  medication_request: {
    status: words('status'),
    status_reason: words('statusReason'),
    intent: words('intent'),
    medication_system: system,
    medication_code: code,
    medication_display: words('what'),
    dosage_text: words('directions'),
    dose_value: number('dose'),
    dose_unit: within('dose'),
    route_display: words('route'),
    frequency_text: words('frequency'),
    as_needed: flag('asNeeded'),
    authored_on: stamped('effectiveTime', 'low'),
    ended_on: stamped('effectiveTime', 'high'),
    requester_display: words('prescriber'),
    encounter_id: visit,
    reason_display: words('reason'),
    note: remark,
    quantity_value: number('quantity'),
    quantity_unit: within('quantity'),
    refills_allowed: is((entry, value) => hasValue(entry, 'value', String(Number(value) + 1))),
    is_reported: flag('reported'),
    is_long_term: flag('longTerm'),
  },
  observation: {
    status: words('status'),
    category: words('category'),
    code_system: system,
    code,
    code_display: words('what'),
    effective_at: stamped('effectiveTime'),
    value_number: within('value'),
    value_text: is((entry, value, row) => row.value_kind !== 'quantity' || hasValue(entry, 'value', value)),
    value_comparator: within('value'),
    value_unit: within('value'),
    value_ucum: is((entry, value) => hasValue(entry, 'unit', value)),
    value_system: system,
    value_code: code,
    components,
    interpretation: words('interpretation'),
    range_low: within('range'),
    range_high: within('range'),
    range_text: within('range'),
    absent_reason: words('absentReason'),
    body_site: words('bodySite'),
    method: words('method'),
    note: remark,
    encounter_id: visit,
    performer_display: words('performer'),
  },
  encounter: {
    status: words('status'),
    class_code: words('class'),
    type_system: system,
    type_code: code,
    type_display: words('what'),
    reason_system: system,
    reason_code: code,
    reason_display: within('reason'),
    period_start: stamped('effectiveTime', 'low'),
    period_end: stamped('effectiveTime', 'high'),
    practitioner_display: words('performer'),
    organization_display: words('organization'),
    location_display: words('place'),
  },
  composition: {
    status: words('status'),
    kind: words('kind'),
    title: words('what'),
    encounter_id: visit,
    author_name: words('author'),
    author_role: words('role'),
    signed_at: stamped('effectiveTime'),
    reason: words('correctedFor'),
    body,
  },
}

/** What of a row is nowhere in the document, by table and column, and how many fields were looked at. */
export function lostInCcda(
  clinic: TestClinic,
  patientId: PatientId,
  document: XmlNode,
): { lost: string[]; fields: number } {
  const place = placeIn(document)
  const lost: string[] = []
  let looked = 0
  const db = clinic.raw()
  try {
    for (const [table, checks] of Object.entries(fields)) {
      const rows = db
        .prepare(`select * from ${table} where patient_id = ? and voided_at is null`)
        .all(patientId) as Row[]
      const notOurs = ignoredOf[table] ?? []
      for (const row of rows) {
        if (table === 'observation' && row.category !== 'vital-signs') continue
        const id = String(row.id)
        const told = place(`r${id}`)
        const entry = entryOf(document, id) ?? panelOf(document, id)
        const concern = entryOf(document, id, 'concern')
        const says = (fact: string) => {
          const node = fact === '' ? told : place(`r${id}.${fact}`)
          return node === undefined ? undefined : textOf(node)
        }
        for (const [column, value] of Object.entries(row)) {
          if (value === null || value === '' || ignored.has(column) || notOurs.includes(column)) continue
          looked += 1
          const check = checks[column]
          if (!check?.(String(value), { entry, concern, says }, row))
            lost.push(`${table}.${column}: ${String(value).slice(0, 200)} of ${id}`)
        }
      }
    }
  } finally {
    db.close()
  }
  return { lost, fields: looked }
}

/** What was only measured together is a set of its own. */
const panelOf = (document: XmlNode, id: string): XmlNode | undefined =>
  [...everyNode(document)].find(
    (node) =>
      node.name === 'organizer' &&
      at(node, 'id')?.attributes.root === id &&
      at(node, 'id')?.attributes.extension === 'set' &&
      !some(
        node,
        (inner) =>
          inner.name === 'id' && inner.attributes.root === id && inner.attributes.extension === undefined,
      ),
  )
