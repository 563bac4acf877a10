// A record as a C-CDA R2.1 Continuity of Care Document: from the same rows as the other files of a copy, text piece by piece.
import type { Amendment } from '#modules/privacy/shared/contract.ts'
import { ccdaSections, type CcdaSection, ccdaWords } from '#modules/privacy/shared/ccda-words.ts'
import { exportWords } from '#modules/privacy/shared/export-words.ts'
import { wallTimeOf } from '#shared/zoned-time.ts'
import type { PatientParts } from '../fhir/people.ts'
import { type Row, str } from '../fhir/elements.ts'
import type { Original, Withheld } from '../gather.ts'
import { readable, withheldLines } from '../record-document.ts'
import { loincCode, template, timeStamp } from './data-types.ts'
import { type ClinicHead, confidentiality, type Confidentiality, headerOf } from './header.ts'
import { lines, type Reading, tableRow } from './narrative.ts'
import { noteItem } from './note-narrative.ts'
import { sectionCodes } from './oids.ts'
import type { Around } from './parts.ts'
import { carried, entriesOf, type Item, type Rows, rowsOf } from './sections.ts'
import { createXmlWriter, el, type Element } from './xml.ts'

export interface RecordAsCcda {
  readonly documentId: string
  readonly language: 'en' | 'ar'
  readonly country: string
  readonly timeZone: string
  readonly now: string
  readonly version: string
  readonly clinic: ClinicHead
  readonly recipient: string
  readonly person: PatientParts
  readonly rows: Rows
  readonly flagsOf: (table: string, row: Row) => readonly string[]
  readonly amendments: readonly Amendment[]
  readonly withheld: readonly Withheld[]
  readonly originals: readonly Original[]
  readonly isRestricted: boolean
  readonly hasSubstanceUse: boolean
}

const open =
  '<?xml version="1.0" encoding="UTF-8"?>\n' +
  '<ClinicalDocument xmlns="urn:hl7-org:v3" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:sdtc="urn:hl7-org:sdtc">'
const close = '</structuredBody></component></ClinicalDocument>\n'

/** Pieces of the document in order; joined they are the whole. One row is a tree at a time. */
export function* ccdaPieces(record: RecordAsCcda): Generator<string> {
  const words = ccdaWords[record.language]
  const xml = createXmlWriter()
  const reading: Reading = { language: record.language, when: whenIn(record) }
  const around = aroundOf(record)
  yield open
  const head = { ...record, title: words.title, level: levelOfRecord(record) }
  for (const element of headerOf(head)) yield xml.write(element)
  yield '<component><structuredBody>'
  const notices = noticeSection(record)
  if (notices) yield xml.write(notices)
  const leftOut: string[] = []
  for (const section of ccdaSections) {
    const { told, leftOut: count } = rowsOf(section, record.rows)
    if (count > 0) leftOut.push(words.leftOut(words.sections[section], count))
    yield* sectionPieces(section, told, record, reading, around, xml.write)
  }
  if (record.amendments.length > 0) yield xml.write(amendmentSection(record))
  for (const element of elsewhere(record, leftOut, reading, xml.hasReplaced())) yield xml.write(element)
  yield close
}

function* sectionPieces(
  section: CcdaSection,
  told: readonly Item[],
  { language, flagsOf }: RecordAsCcda,
  reading: Reading,
  around: Around,
  write: (element: Element) => string,
): Generator<string> {
  const words = ccdaWords[language]
  const { templates, code, display } = sectionCodes[section]
  const opening = [
    ...templates.flatMap((one) => template(one)),
    loincCode('code', code, display),
    el('title', {}, words.sections[section]),
  ]
  if (told.length === 0) {
    const text = el('text', {}, words.noInformation)
    yield write(el('component', {}, el('section', { nullFlavor: 'NI' }, opening, text)))
    return
  }
  yield `<component><section>${opening.map(write).join('')}<text>`
  if (section === 'notes') {
    yield '<list>'
    for (const { table, row } of told) yield write(noteItem(row, flagsOf(table, row), reading))
    yield '</list>'
  } else {
    yield `<table><thead>${write(headRow([words.what, words.when, words.details]))}</thead><tbody>`
    for (const { table, row } of told) yield write(tableRow(row, table, flagsOf(table, row), reading))
    yield '</tbody></table>'
  }
  yield '</text>'
  const level = levelOf(told.flatMap(({ table, row }) => flagsOf(table, row)))
  if (level !== 'N') yield write(confidentiality(level))
  for (const entry of entriesOf[section](told, around)) yield write(el('entry', { typeCode: 'DRIV' }, entry))
  yield '</section></component>'
}

const headRow = (titles: readonly string[]): Element =>
  el(
    'tr',
    {},
    titles.map((title) => el('th', {}, title)),
  )

const narrative = (title: string, ...text: readonly Element[]): Element =>
  el('component', {}, el('section', {}, el('title', {}, title), el('text', {}, text)))

/** First of all: what the reader must not do with it. */
function noticeSection({ language, isRestricted, hasSubstanceUse }: RecordAsCcda): Element | undefined {
  const words = exportWords[language]
  const told = [...(isRestricted ? [words.restriction] : []), ...(hasSubstanceUse ? [words.substance] : [])]
  if (told.length === 0) return undefined
  return narrative(
    ccdaWords[language].notices,
    ...told.map((notice) => el('paragraph', { styleCode: 'Bold' }, notice)),
  )
}

const amendmentPlace = ({ id }: Amendment): string => `a${id}`

function amendmentSection({ amendments, language }: RecordAsCcda): Element {
  const { amendments: title, amended } = exportWords[language]
  return el(
    'component',
    {},
    el(
      'section',
      {},
      loincCode('code', '48767-8', 'Annotation comment'),
      el('title', {}, title),
      el(
        'text',
        {},
        el(
          'list',
          {},
          amendments.map((a) =>
            el(
              'item',
              { ID: amendmentPlace(a) },
              el('paragraph', { styleCode: 'Bold' }, a.targetTitle),
              el('paragraph', {}, `${amended.words}: `, lines(a.words)),
              el('paragraph', {}, amended[a.state], a.reason ? [': ', lines(a.reason)] : undefined),
              a.disagreement
                ? el('paragraph', {}, `${amended.disagreement}: `, lines(a.disagreement))
                : undefined,
            ),
          ),
        ),
      ),
    ),
  )
}

function aroundOf({ amendments, rows }: RecordAsCcda): Around {
  const byItem = new Map<string, string[]>()
  for (const amendment of amendments) {
    const places = byItem.get(amendment.targetId) ?? []
    byItem.set(amendment.targetId, [...places, amendmentPlace(amendment)])
  }
  const ids = new Set(
    ['encounter', 'composition'].flatMap((table) => (rows.get(table) ?? []).map((row) => String(row.id))),
  )
  return { amendmentsOf: (row) => byItem.get(String(row.id)) ?? [], has: (id) => ids.has(id) }
}

/** What the copy holds beside this document, by kind, title and day, so that nobody takes this file for all of it. */
function* elsewhere(
  record: RecordAsCcda,
  leftOut: readonly string[],
  reading: Reading,
  hasReplaced: boolean,
): Generator<Element> {
  const { language, rows, originals, withheld, timeZone } = record
  const [words, more] = [ccdaWords[language], exportWords[language]]
  const counts = new Map<string, { kind: string; day: string; count: number }>()
  const count = (kind: string, at: string | undefined) => {
    const day = at === undefined ? '' : dayIn(timeZone, at)
    const known = counts.get(`${kind} ${day}`)
    if (known) known.count += 1
    else counts.set(`${kind} ${day}`, { kind, day, count: 1 })
  }
  for (const [table, own] of rows) {
    if (carried.has(table)) continue
    const kind = more.sections[table] ?? table
    for (const row of own) {
      const title = str(row, readable[table]?.[1] ?? '')
      count(title === undefined ? kind : `${kind}: ${title}`, dateOf(row, table))
    }
  }
  for (const { type, at, isMapped } of originals)
    if (!isMapped) count(`${words.originals}: ${type}`, at ?? undefined)
  const lineOf = ({ kind, day, count: n }: { kind: string; day: string; count: number }) =>
    el(
      'tr',
      {},
      [kind, day === '' ? '' : reading.when(day), String(n)].map((cell) => el('td', {}, cell)),
    )
  const told = [...counts.values()]
  yield narrative(
    words.elsewhere,
    el('paragraph', {}, words.elsewhereHint),
    ...(told.length === 0
      ? []
      : [
          el(
            'table',
            {},
            el('thead', {}, headRow([words.what, words.when, words.count])),
            el('tbody', {}, told.map(lineOf)),
          ),
        ]),
    ...[
      ...leftOut,
      words.times(timeZone),
      ...(hasReplaced ? [words.replaced] : []),
      `${more.withheld}:`,
      ...withheldLines(language, withheld),
    ].map((line) => el('paragraph', {}, line)),
  )
}

const dayIn = (timeZone: string, at: string): string =>
  at.length > 10 && timeStamp(at) !== undefined ? wallTimeOf(at, timeZone).date : at.slice(0, 10)

const dayColumns = ['created_at', 'signed_at', 'asked_at', 'received_on', 'given_at', 'since', 'at']
function dateOf(row: Row, table: string): string | undefined {
  return [readable[table]?.[0], ...dayColumns]
    .map((column) => (column === undefined ? undefined : str(row, column)))
    .find((value) => timeStamp(value) !== undefined)
}

function levelOf(flags: readonly string[]): Confidentiality {
  if (flags.some((flag) => flag === 'violence' || flag === 'psychotherapy')) return 'V'
  return flags.length > 0 ? 'R' : 'N'
}

/** The whole document is as confidential as the most confidential thing in it. */
function levelOfRecord(record: RecordAsCcda): Confidentiality {
  const flags = new Set<string>()
  for (const [table, own] of record.rows)
    for (const row of own) for (const flag of record.flagsOf(table, row)) flags.add(flag)
  const level = levelOf([...flags])
  return level === 'N' && (record.isRestricted || record.hasSubstanceUse) ? 'R' : level
}

/** Dates as the reader writes them; instants on the clock of the clinic with their distance from UTC. */
function whenIn({ language, country, timeZone }: RecordAsCcda): (value: string) => string {
  const locale = Intl.DateTimeFormat.supportedLocalesOf(`${language}-${country}`)[0] ?? language
  const day = new Intl.DateTimeFormat(locale, { calendar: 'gregory', dateStyle: 'long', timeZone: 'UTC' })
  const moment = new Intl.DateTimeFormat(locale, {
    calendar: 'gregory',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
    timeZone,
  })
  return (value) => {
    const instant = timeStamp(value) === undefined ? Number.NaN : Date.parse(value)
    if (Number.isNaN(instant) || value.length < 10) return value
    return value.length === 10 ? day.format(instant) : moment.format(instant)
  }
}
