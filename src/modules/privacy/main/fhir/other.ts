// Rows that FHIR has a resource for but the import does not read back: signed notes and appointments; and every other row
// of a patient, column by column, so that nothing is left out because nobody thought of it.
import type { NoteBlock } from '#modules/notes/shared/document.ts'
import { type Json, reference, type Resource, type Row, str } from './elements.ts'

export const columnExtension = 'urn:osler:column'

export function compositionResource(row: Row, id: string, subject: Json): Resource {
  const relates = str(row, 'relates_to')
  const text = noteText(JSON.parse(String(row.body)) as NoteBlock)
  return {
    resourceType: 'Composition',
    id,
    status: str(row, 'status'),
    type: { text: str(row, 'kind') },
    subject,
    encounter: reference('Encounter', str(row, 'encounter_id')),
    date: str(row, 'signed_at'),
    author: [{ display: str(row, 'author_name') }],
    title: str(row, 'title'),
    relatesTo:
      relates === undefined
        ? undefined
        : [{ code: str(row, 'relates_code'), targetReference: { reference: `Composition/${relates}` } }],
    section: [
      {
        text: {
          status: 'generated',
          div: `<div xmlns="http://www.w3.org/1999/xhtml"><p>${escaped(text)}</p></div>`,
        },
      },
    ],
    extension: columns(row, [
      'id',
      'patient_id',
      'status',
      'title',
      'encounter_id',
      'relates_to',
      'relates_code',
    ]),
  }
}

export const appointmentResource = (row: Row, id: string, subject: Json): Resource => ({
  resourceType: 'Appointment',
  id,
  status: statuses[String(row.status)] ?? 'booked',
  description: str(row, 'reason'),
  start: str(row, 'start_at'),
  end: str(row, 'end_at'),
  created: str(row, 'booked_at'),
  participant: [{ actor: subject, status: 'accepted' }],
  extension: columns(row, ['id', 'patient_id', 'reason', 'start_at', 'end_at', 'booked_at']),
})
const statuses: Readonly<Record<string, string>> = {
  booked: 'booked',
  arrived: 'arrived',
  cancelled: 'cancelled',
  'no-show': 'noshow',
  done: 'fulfilled',
  left: 'fulfilled',
}

export const basicResource = (table: string, row: Row, id: string, subject: Json): Resource => ({
  resourceType: 'Basic',
  id,
  code: { coding: [{ system: 'urn:osler:table', code: table }], text: table },
  subject,
  extension: columns(row, ['id', 'patient_id']),
})

const managed = new Set(['rev', 'ins_writer', 'ins_seq', 'voided_at', 'void_reason'])

function columns(row: Row, without: readonly string[]): Json {
  return Object.entries(row).flatMap(([column, value]) => {
    if (value === null || managed.has(column) || without.includes(column)) return []
    return [{ url: `${columnExtension}:${column}`, ...valueOf(value) }]
  })
}

function valueOf(value: unknown): Record<string, Json> {
  if (value instanceof Uint8Array) return { valueBase64Binary: Buffer.from(value).toString('base64') }
  if (typeof value === 'number')
    return Number.isInteger(value) ? { valueInteger: value } : { valueDecimal: value }
  return { valueString: String(value) }
}

/** Paragraphs and list items of a note, one a line; headings by the key of their section. */
export function noteText(block: NoteBlock | { text?: string }): string {
  if ('text' in block && typeof block.text === 'string') return block.text
  const { type, content = [], attrs } = block as NoteBlock
  if (type === 'sectionHeading')
    return `${typeof attrs?.section === 'string' ? attrs.section.toUpperCase() : ''}\n`
  if (type === 'hardBreak') return '\n'
  const inner = (content as NoteBlock[]).map(noteText)
  return type === 'paragraph' ? `${inner.join('')}\n` : inner.join('')
}

const escaped = (text: string) =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .trim()
    .replaceAll('\n', '<br/>')
