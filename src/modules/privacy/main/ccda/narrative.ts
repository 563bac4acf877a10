// What people read of a row: its words, its time and every other filled column by name, each where entries can point to it.
import { ccdaWords, type Fact } from '#modules/privacy/shared/ccda-words.ts'
import { num, parsedList, type Row, str } from '../fhir/elements.ts'
import { codeWords, codingOf } from './data-types.ts'
import { el, type Element, type Inside } from './xml.ts'

export interface Reading {
  readonly language: 'en' | 'ar'
  /** A time with its zone, or a date, for people. */
  readonly when: (value: string) => string
}

/** The place of a row's words, or of one fact of it; also the target of references. */
export const placeOf = (row: Row, fact?: Fact | 'what' | 'body' | number): string =>
  fact === undefined ? `r${String(row.id)}` : `r${String(row.id)}.${fact}`

type Told = readonly [Fact, (row: Row, reading: Reading) => string | readonly string[] | undefined]

const text =
  (column: string): Told[1] =>
  (row) =>
    str(row, column)
const at =
  (column: string): Told[1] =>
  (row, { when }) => {
    const value = str(row, column)
    return value === undefined ? undefined : when(value)
  }
const flag =
  (column: string): Told[1] =>
  (row, { language }) => {
    const value = num(row, column)
    return value === undefined ? undefined : ccdaWords[language][value === 1 ? 'yes' : 'no']
  }
const pair =
  (value: string, unit: string): Told[1] =>
  (row) =>
    [num(row, value), str(row, unit)].filter((part) => part !== undefined).join(' ') || undefined
const items =
  (column: string): Told[1] =>
  (row) =>
    parsedList(str(row, column))
const withCode =
  (prefix: string): Told[1] =>
  (row) => {
    const coding = codingOf(row, prefix)
    const code = codeWords(coding)
    if (coding.display === undefined) return code
    return code === undefined ? coding.display : `${coding.display} (${code})`
  }

const note: Told = ['note', text('note')]
const observed: readonly Told[] = [
  ['value', valueWords],
  ['components', (row) => componentsOf(row).map(componentWords)],
  ['interpretation', text('interpretation')],
  ['range', rangeWords],
  ['absentReason', text('absent_reason')],
  ['bodySite', text('body_site')],
  ['method', text('method')],
  ['performer', text('performer_display')],
  ['status', text('status')],
  ['category', text('category')],
  note,
]

/** Title, time and the facts of a row, by table. The code of the title stands below it. */
interface Shape {
  readonly title: string
  readonly code: string
  readonly at: string
  readonly told: readonly Told[]
}
export const shapes: Readonly<Record<string, Shape>> = {
  allergy_intolerance: {
    title: 'code_display',
    code: 'code',
    at: 'onset',
    told: [
      ['status', text('clinical_status')],
      ['certainty', text('verification_status')],
      ['type', text('type')],
      ['category', text('category')],
      ['criticality', text('criticality')],
      ['reactions', items('manifestations')],
      ['severity', text('severity')],
      ['recorded', at('recorded_date')],
      ['lastOccurrence', at('last_occurrence')],
      note,
    ],
  },
  condition: {
    title: 'code_display',
    code: 'code',
    at: 'onset',
    told: [
      ['status', text('clinical_status')],
      ['certainty', text('verification_status')],
      ['category', text('category')],
      ['severity', text('severity_display')],
      ['ended', at('abatement')],
      ['recorded', at('recorded_date')],
      note,
    ],
  },
  medication_request: {
    title: 'medication_display',
    code: 'medication',
    at: 'authored_on',
    told: [
      ['status', text('status')],
      ['statusReason', text('status_reason')],
      ['intent', text('intent')],
      ['directions', text('dosage_text')],
      ['dose', pair('dose_value', 'dose_unit')],
      ['route', text('route_display')],
      ['frequency', text('frequency_text')],
      ['asNeeded', flag('as_needed')],
      ['ended', at('ended_on')],
      ['prescriber', text('requester_display')],
      ['reason', text('reason_display')],
      ['quantity', pair('quantity_value', 'quantity_unit')],
      ['refills', (row) => num(row, 'refills_allowed')?.toString()],
      ['reported', flag('is_reported')],
      ['longTerm', flag('is_long_term')],
      note,
    ],
  },
  observation: { title: 'code_display', code: 'code', at: 'effective_at', told: observed },
  diagnostic_report: {
    title: 'code_display',
    code: 'code',
    at: 'effective_at',
    told: [
      ['status', text('status')],
      ['category', text('category')],
      ['issued', at('issued')],
      ['performer', text('performer_display')],
      ['conclusion', text('conclusion')],
    ],
  },
  encounter: {
    title: 'type_display',
    code: 'type',
    at: 'period_start',
    told: [
      ['status', text('status')],
      ['class', text('class_code')],
      ['reason', withCode('reason')],
      ['ended', at('period_end')],
      ['performer', text('practitioner_display')],
      ['organization', text('organization_display')],
      ['place', text('location_display')],
    ],
  },
  immunization: {
    title: 'vaccine_display',
    code: 'vaccine',
    at: 'occurrence',
    told: [
      ['status', text('status')],
      ['statusReason', text('status_reason')],
      ['dose', pair('dose_value', 'dose_unit')],
      ['lot', text('lot_number')],
      ['expires', at('expiration_date')],
      ['site', text('site_display')],
      ['route', text('route_display')],
      ['performer', text('performer_display')],
      ['place', text('location_display')],
      ['primarySource', flag('primary_source')],
      note,
    ],
  },
  procedure: {
    title: 'code_display',
    code: 'code',
    at: 'performed_start',
    told: [
      ['status', text('status')],
      ['ended', at('performed_end')],
      ['reason', text('reason_display')],
      ['bodySite', text('body_site')],
      ['outcome', text('outcome')],
      ['performer', text('performer_display')],
      ['place', text('location_display')],
      note,
    ],
  },
  composition: {
    title: 'title',
    code: '',
    at: 'signed_at',
    told: [
      ['author', text('author_name')],
      ['role', text('author_role')],
      ['kind', text('kind')],
      ['status', text('status')],
      ['correctedFor', text('reason')],
    ],
  },
}

/** Lines as they are, each end of a line shown as one. */
export function lines(words: string): Inside[] {
  return words
    .split(/(\r\n|\n|\r)/)
    .map((part, n) => (n % 2 === 0 ? part : [part, el('br')]))
    .filter((part) => part !== '')
}

export function titleOf(row: Row, table: string): Element[] {
  const shape = shapes[table]
  const title = str(row, shape?.title ?? '')
  const code = shape === undefined || shape.code === '' ? undefined : codeWords(codingOf(row, shape.code))
  return [
    el('content', { ID: placeOf(row, 'what') }, lines(title ?? '')),
    ...(code === undefined ? [] : [el('br'), el('content', { styleCode: 'Italics' }, code)]),
  ]
}

export function whenOf(row: Row, table: string, reading: Reading): string {
  const value = str(row, shapes[table]?.at ?? '')
  return value === undefined ? '' : reading.when(value)
}

/** Every fact of a row that is known, a line each; a list has a place for each of its items. */
export function factsOf(row: Row, table: string, marked: readonly string[], reading: Reading): Element[] {
  const words = ccdaWords[reading.language].facts
  const told = (shapes[table]?.told ?? []).flatMap(([fact, say]): Element[] => {
    const said = say(row, reading)
    if (said === undefined) return []
    if (typeof said === 'string') return line(words[fact], placeOf(row, fact), said)
    return said.flatMap((item, n) => line(words[fact], `${placeOf(row, fact)}.${n}`, item))
  })
  return marked.length === 0
    ? told
    : [...told, ...line(words.marked, placeOf(row, 'marked'), marked.join(', '))]
}

const line = (label: string, place: string, words: string): Element[] => [
  el('content', { styleCode: 'Bold' }, `${label}: `),
  el('content', { ID: place }, lines(words)),
  el('br'),
]

export const tableRow = (row: Row, table: string, marked: readonly string[], reading: Reading): Element =>
  el(
    'tr',
    { ID: placeOf(row) },
    el('td', {}, titleOf(row, table)),
    el('td', {}, whenOf(row, table, reading)),
    el('td', {}, factsOf(row, table, marked, reading)),
  )

export function componentsOf(row: Row): readonly Row[] {
  const value = str(row, 'components')
  if (value === undefined) return []
  const parsed: unknown = JSON.parse(value)
  return Array.isArray(parsed) ? (parsed as Row[]) : []
}

function componentWords(part: Row): string {
  const coding = codingOf(part, 'code')
  const code = codeWords(coding)
  const name = [coding.display, code === undefined ? undefined : `(${code})`].filter(Boolean).join(' ')
  const reading = str(part, 'interpretation')
  return `${name}: ${valueWords(part) ?? ''}${reading === undefined ? '' : ` [${reading}]`}`
}

function valueWords(row: Row): string | undefined {
  const said = [
    str(row, 'value_comparator'),
    str(row, 'value_text') ?? num(row, 'value_number')?.toString(),
    str(row, 'value_unit') ?? str(row, 'value_ucum'),
  ].filter((part) => part !== undefined)
  const code = codeWords({
    system: str(row, 'value_system'),
    code: str(row, 'value_code'),
    display: undefined,
  })
  if (code !== undefined) said.push(`(${code})`)
  return said.length === 0 ? str(row, 'absent_reason') : said.join(' ')
}

function rangeWords(row: Row): string | undefined {
  const [low, high, words] = [num(row, 'range_low'), num(row, 'range_high'), str(row, 'range_text')]
  const limits = low === undefined && high === undefined ? undefined : `${low ?? ''} – ${high ?? ''}`.trim()
  return [limits, words].filter((part) => part !== undefined).join('; ') || undefined
}
