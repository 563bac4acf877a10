// Measurements as entries: vital signs of one moment together, results by report, social history by itself.
import { num, type Row, str } from '../fhir/elements.ts'
import {
  coded,
  codingOf,
  fixedCode,
  idOf,
  interval,
  loincCode,
  status,
  template,
  textAt,
  time,
} from './data-types.ts'
import { rangeOf, readings, valueOf } from './measured-values.ts'
import { componentsOf, placeOf } from './narrative.ts'
import { snomed, type Template, templates } from './oids.ts'
import { type Around, connections, performer, related, saidOnly } from './parts.ts'
import { el, type Element } from './xml.ts'

const statuses: Readonly<Record<string, string>> = {
  final: 'completed',
  amended: 'completed',
  corrected: 'completed',
  appended: 'completed',
  partial: 'active',
  preliminary: 'active',
  registered: 'active',
  cancelled: 'aborted',
}
const statusOf = (row: Row): Element => status(statuses[str(row, 'status') ?? ''])

/** A vital sign is a quantity, also one that is not there. */
const absentType = (kind: Template) => (kind === templates.vitalSign ? 'PQ' : 'ST')

const asObservation = { classCode: 'OBS', moodCode: 'EVN' }

export function observationEntry(row: Row, kind: Template, around: Around): Element {
  const parts = kind === templates.social || kind === templates.smoking ? componentsOf(row) : []
  return el(
    'observation',
    asObservation,
    template(kind),
    idOf(String(row.id)),
    coded('code', codingOf(row, 'code'), placeOf(row, 'what')),
    textAt(placeOf(row)),
    statusOf(row),
    time('effectiveTime', str(row, 'effective_at')),
    valueOf(row, placeOf(row, 'value'), absentType(kind)),
    readings(row, placeOf(row, 'interpretation')),
    saidOnly(row, 'method', 'methodCode', 'method'),
    saidOnly(row, 'bodySite', 'targetSiteCode', 'body_site'),
    performer(str(row, 'performer_display')),
    parts.map((_, n) => related('COMP', partEntry(row, n, kind))),
    connections(row, around),
    rangeOf(row),
  )
}

/** One of the values that were measured together: systolic and diastolic, questions of a form. */
function partEntry(row: Row, n: number, kind: Template): Element {
  const part = componentsOf(row)[n] ?? {}
  const words = `${placeOf(row, 'components')}.${n}`
  return el(
    'observation',
    asObservation,
    template(kind),
    idOf(String(row.id), `component-${n}`),
    coded('code', codingOf(part, 'code'), words),
    textAt(words),
    statusOf(row),
    time('effectiveTime', str(row, 'effective_at')),
    valueOf(part, words, absentType(kind)),
    readings(part, words),
  )
}

/** The values of a row: its own, unless all it has are those measured together. */
function measured(row: Row, kind: Template, around: Around): Element[] {
  const parts = componentsOf(row).map((_, n) => partEntry(row, n, kind))
  const own = parts.length === 0 || str(row, 'value_kind') !== undefined || hasMore(row)
  return own ? [observationEntry(row, kind, around), ...parts] : parts
}
const hasMore = (row: Row): boolean =>
  ['note', 'interpretation', 'body_site', 'method', 'performer_display', 'range_text'].some(
    (column) => str(row, column) !== undefined,
  ) ||
  num(row, 'range_low') !== undefined ||
  num(row, 'range_high') !== undefined

const links = (row: Row, around: Around): Element[] =>
  connections(row, around).map((link) => el('component', {}, link.inside))

/** What was measured at the same moment of the same visit is one set; what was measured together is one by itself. */
export function* vitalSignEntries(rows: readonly Row[], around: Around): Generator<Element> {
  const sets = new Map<string, Row[]>()
  for (const row of rows) {
    const at = str(row, 'effective_at')
    const isAlone = at === undefined || componentsOf(row).length > 0
    const key = isAlone ? String(row.id) : `${at} ${str(row, 'encounter_id') ?? ''}`
    const set = sets.get(key)
    if (set) set.push(row)
    else sets.set(key, [row])
  }
  for (const [key, set] of sets) {
    const [first] = set
    if (first === undefined) continue
    const isPanel = key === String(first.id) && componentsOf(first).length > 0
    yield el(
      'organizer',
      { classCode: 'CLUSTER', moodCode: 'EVN' },
      template(templates.vitalSigns),
      idOf(String(first.id), 'set'),
      fixedCode(
        'code',
        '46680005',
        snomed,
        'Vital signs',
        loincCode('translation', '74728-7', 'Vital signs panel'),
        isPanel ? coded('translation', codingOf(first, 'code'), placeOf(first, 'what')) : undefined,
      ),
      status('completed'),
      time('effectiveTime', str(first, 'effective_at')),
      set.flatMap((row) => measured(row, templates.vitalSign, around)).map((one) => el('component', {}, one)),
      isPanel && !hasMore(first) ? links(first, around) : [],
    )
  }
}

export function* resultEntries(
  reports: readonly Row[],
  results: readonly Row[],
  around: Around,
): Generator<Element> {
  const byId = new Map(results.map((row) => [String(row.id), row]))
  const ofReport = new Map<string, Row[]>()
  for (const row of results) {
    const id = str(row, 'report_id')
    if (id !== undefined) ofReport.set(id, [...(ofReport.get(id) ?? []), row])
  }
  const done = new Set<string>()
  const claim = (row: Row): boolean => !done.has(String(row.id)) && Boolean(done.add(String(row.id)))
  for (const report of reports) {
    const listed = idsIn(str(report, 'result_ids')).flatMap((id): Row[] => {
      const row = byId.get(id)
      return row === undefined ? [] : [row]
    })
    const own = [...listed, ...(ofReport.get(String(report.id)) ?? [])].filter(claim)
    yield organizer(report, [
      ...own.flatMap((row) => measured(row, templates.result, around)).map((one) => el('component', {}, one)),
      ...(own.length === 0 || str(report, 'conclusion') !== undefined
        ? [el('component', {}, conclusion(report))]
        : []),
      ...links(report, around),
    ])
  }
  for (const row of results) {
    if (!claim(row)) continue
    const values = measured(row, templates.result, around)
    const isPanel = componentsOf(row).length > 0 && !hasMore(row) && str(row, 'value_kind') === undefined
    yield organizer(row, [
      ...values.map((one) => el('component', {}, one)),
      ...(isPanel ? links(row, around) : []),
    ])
  }
}

function idsIn(text: string | undefined): string[] {
  if (text === undefined) return []
  const parsed: unknown = JSON.parse(text)
  return Array.isArray(parsed) ? parsed.filter((id) => typeof id === 'string') : []
}

function organizer(row: Row, components: readonly Element[]): Element {
  const at = str(row, 'effective_at')
  return el(
    'organizer',
    { classCode: 'BATTERY', moodCode: 'EVN' },
    template(templates.results),
    idOf(String(row.id), 'set'),
    coded('code', codingOf(row, 'code'), placeOf(row, 'what')),
    statusOf(row),
    at === undefined ? undefined : interval(time('low', at), time('high', at)),
    components,
  )
}

const conclusion = (report: Row): Element =>
  el(
    'observation',
    asObservation,
    template(templates.result),
    idOf(String(report.id)),
    coded('code', codingOf(report, 'code'), placeOf(report, 'what')),
    textAt(placeOf(report)),
    statusOf(report),
    time('effectiveTime', str(report, 'effective_at')),
    str(report, 'conclusion') === undefined
      ? el('value', { 'xsi:type': 'ST', nullFlavor: 'NI' })
      : el('value', { 'xsi:type': 'ST' }, str(report, 'conclusion')),
    performer(str(report, 'performer_display')),
  )
