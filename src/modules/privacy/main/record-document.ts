// A whole record to read on paper: what matters first, then everything by kind, newest last, amendments and what is held back.
import type { Block, PdfDocument, Span } from '#core/pdf/document-model.ts'
import { paperSpace as space, paperText as text } from '#modules/papers/main/api.ts'
import type { NoteBlock } from '#modules/notes/shared/document.ts'
import type { Amendment } from '../shared/contract.ts'
import { exportWords } from '../shared/export-words.ts'
import { type Row, str } from './fhir/elements.ts'
import { noteText } from './fhir/other.ts'
import type { Withheld } from './gather.ts'
import { letterStyle } from './letters.ts'

export interface RecordToRead {
  readonly language: 'en' | 'ar'
  readonly country: string
  readonly timeZone: string
  readonly clinicName: string
  readonly now: string
  readonly patient: Row
  readonly rows: ReadonlyMap<string, readonly Row[]>
  readonly amendments: readonly Amendment[]
  readonly withheld: readonly Withheld[]
  readonly isRestricted: boolean
  readonly hasSubstanceUse: boolean
}

/** Which columns say when and what; the rest of the line is whatever else is known in words. */
export const readable: Readonly<
  Record<string, readonly [at: string, title: string, more: readonly string[]]>
> = {
  allergy_intolerance: [
    'recorded_date',
    'code_display',
    ['manifestations', 'severity', 'criticality', 'clinical_status', 'note'],
  ],
  condition: ['onset', 'code_display', ['clinical_status', 'severity_display', 'abatement', 'note']],
  medication_request: [
    'authored_on',
    'medication_display',
    ['dosage_text', 'status', 'reason_display', 'ended_on', 'note'],
  ],
  encounter: [
    'period_start',
    'type_display',
    ['reason_display', 'practitioner_display', 'organization_display', 'status'],
  ],
  composition: ['signed_at', 'title', ['author_name', 'body']],
  observation: [
    'effective_at',
    'code_display',
    ['value_comparator', 'value_text', 'value_unit', 'interpretation', 'range_text', 'components', 'note'],
  ],
  diagnostic_report: ['effective_at', 'code_display', ['conclusion', 'performer_display']],
  immunization: ['occurrence', 'vaccine_display', ['lot_number', 'status']],
  procedure: ['performed_start', 'code_display', ['reason_display', 'outcome', 'note']],
  document_reference: ['date', 'type_display', ['title', 'description', 'author_display']],
  care_plan: ['period_start', 'title', ['description', 'activities', 'status']],
  prescription: ['signed_at', 'number', ['prescriber_name']],
  sick_note: ['signed_at', 'number', ['from_date', 'until_date', 'diagnosis', 'author_name']],
  appointment: ['start_at', 'reason', ['status']],
  invoice: ['business_date', 'number', ['kind']],
  payment: ['business_date', 'number', ['kind']],
}

export function recordDocument(record: RecordToRead): PdfDocument {
  const words = exportWords[record.language]
  const style = letterStyle(record.language, record.country, record.timeZone)
  const name = String(record.patient.name_text)
  const heading = (title: string) =>
    text([{ text: title, bold: true }], { size: 13, before: 14, keepWithNext: true })
  const when = (value: string | undefined) =>
    value === undefined
      ? ''
      : value.length > 10 && value.endsWith('Z')
        ? style.dateTime(value)
        : style.date(value)
  const section = (table: string): Block[] => {
    const rows = record.rows.get(table) ?? []
    const shape = readable[table]
    if (rows.length === 0 || !shape) return []
    const [at, title, more] = shape
    return [
      heading(words.sections[table] ?? table),
      {
        kind: 'table',
        columns: [{ share: 0.9 }, { share: 1.3 }, { share: 2 }],
        head: [words.date, words.what, words.value],
        size: 9.5,
        rows: rows.map((row) => [
          cell(when(str(row, at))),
          cell(str(row, title) ?? ''),
          lines(more.flatMap((column) => worded(column, row) ?? [])),
        ]),
      },
    ]
  }
  const sections = Object.keys(readable).flatMap(section)
  const born = str(record.patient, 'birth_date')
  return {
    page: 'A4',
    language: record.language,
    direction: record.language === 'ar' ? 'rtl' : 'ltr',
    title: words.title,
    createdAt: record.now,
    blocks: [
      text([{ text: record.clinicName, bold: true }], { size: 15 }),
      text([{ text: words.title, tone: 'soft' }], { size: 12 }),
      { kind: 'rule', isStrong: true },
      space(10),
      text([{ text: name, bold: true }], { size: 17 }),
      text(`${words.born}: ${born === undefined ? '' : style.date(born)}`),
      text(`${words.recordNumber}: ${String(record.patient.record_number)}`),
      text(`${words.made}: ${style.dateTime(record.now)}`),
      ...(record.isRestricted ? [space(8), text([{ text: words.restriction, tone: 'danger' }])] : []),
      ...(record.hasSubstanceUse ? [space(8), text([{ text: words.substance, tone: 'danger' }])] : []),
      ...(sections.length === 0 ? [space(12), text(words.none)] : sections),
      ...amendmentBlocks(record, heading),
      heading(words.withheld),
      ...withheldLines(record.language, record.withheld).map((line) => text(line)),
      space(8),
      text([{ text: words.more, tone: 'soft' }]),
      text([{ text: words.ccda, tone: 'soft' }]),
    ],
    runningHead: [
      { text: name, bold: true },
      { text: `  ${words.title}`, tone: 'soft' },
    ],
    footer: {
      start: [{ text: record.clinicName, tone: 'soft' }],
      end: [{ text: '{page}/{pages}', tone: 'soft' }],
    },
  }
}

function amendmentBlocks({ amendments, language }: RecordToRead, heading: (title: string) => Block): Block[] {
  if (amendments.length === 0) return []
  const words = exportWords[language]
  return [
    heading(words.amendments),
    ...amendments.flatMap((a) => [
      text([{ text: a.targetTitle, bold: true }], { before: 6, keepWithNext: true }),
      text(`${words.amended.words}: ${a.words}`),
      text(`${words.amended[a.state]}${a.reason ? `: ${a.reason}` : ''}`),
      ...(a.disagreement ? [text(`${words.amended.disagreement}: ${a.disagreement}`)] : []),
    ]),
  ]
}

export function withheldLines(language: 'en' | 'ar', withheld: readonly Withheld[]): string[] {
  const words = exportWords[language]
  if (withheld.length === 0) return [words.nothingWithheld]
  return withheld.map(
    ({ table, count, why }) => `${words.sections[table] ?? table}: ${count}, ${words.why[why]}`,
  )
}

const cell = (value: string): Span[][] => [[{ text: value }]]
const lines = (values: readonly string[]): Span[][] =>
  values.length === 0 ? cell('') : values.map((v) => [{ text: v }])

function worded(column: string, row: Row): string[] | null {
  const value = row[column]
  if (typeof value !== 'string' || value === '') return null
  if (column === 'body')
    return noteText(JSON.parse(value) as NoteBlock)
      .split('\n')
      .filter((line) => line !== '')
  if (column === 'components')
    return (JSON.parse(value) as Row[]).map((c) =>
      [c.code_display, c.value_text, c.value_unit].filter((part) => typeof part === 'string').join(' '),
    )
  if (value.startsWith('['))
    return [(JSON.parse(value) as unknown[]).filter((v) => typeof v === 'string').join(', ')]
  return [value]
}
