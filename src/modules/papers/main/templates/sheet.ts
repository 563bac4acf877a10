// The same sheet for every paper: letterhead, title with its mark, body, foot with numbers of clinic and page.
import type { Block, PdfDocument, Span } from '#core/pdf/document-model.ts'
import type { Letterhead } from '#modules/papers/shared/settings.ts'
import { space, text } from './blocks.ts'
import type { PaperBody, PaperStyle } from './paper-style.ts'

export function sheet(style: PaperStyle, body: PaperBody): PdfDocument {
  const { letterhead, words } = style
  const clinicName = letterhead.nameLines[0] ?? ''
  const mark = markOf(style)
  return {
    page: style.page,
    language: style.locale,
    direction: letterhead.language === 'ar' ? 'rtl' : 'ltr',
    title: `${body.title} ${body.number}`,
    createdAt: style.now,
    blocks: [...head(letterhead, style.page === 'A5'), ...titleRow(body.title, mark), ...body.blocks],
    runningHead: [
      { text: clinicName, bold: true },
      { text: `  ${body.title} ${body.number}`, tone: 'soft' },
      ...(body.patientName ? [{ text: `  ${body.patientName}` }] : []),
      ...(mark ? [{ text: `  ${mark}`, tone: 'danger' as const, bold: true }] : []),
    ],
    footer: {
      start: [{ text: footText(style), tone: 'soft' }],
      end: [{ text: words.page('{page}', '{pages}'), tone: 'soft' }],
    },
  }
}

/** Phone and address of mail stand on one line where there is room for it. */
function head({ nameLines, address, phone, email, logo }: Letterhead, isNarrow: boolean): Block[] {
  const [name = '', ...below] = nameLines
  const contact = [phone, email].filter((part): part is string => part !== null)
  const side: Block[] = [
    ...address.map((line) => text(line, { align: 'end' })),
    ...(isNarrow
      ? contact.map((line) => text(line, { align: 'end' }))
      : [text(contact.flatMap(joined), { align: 'end' })]),
  ]
  const own: Block[] = [text([{ text: name, bold: true }], { size: 16 }), ...below.map((line) => text(line))]
  return [
    {
      kind: 'row',
      gap: 20,
      cells: [
        ...(logo ? [{ share: 0.42, blocks: [{ kind: 'image', data: logo.data, height: 46 } as const] }] : []),
        { share: 1, blocks: own },
        { share: 1, blocks: [space(2), ...side] },
      ],
    },
    space(9),
    { kind: 'rule', isStrong: true },
  ]
}

const joined = (part: string, n: number): Span[] =>
  n === 0 ? [{ text: part }] : [{ text: ' · ' }, { text: part }]

function titleRow(title: string, mark: string | null): Block[] {
  const heading = text([{ text: title, bold: true }], { size: 18.5, keepWithNext: true })
  if (mark === null) return [space(18), heading, space(8)]
  return [
    space(18),
    {
      kind: 'row',
      gap: 12,
      valign: 'bottom',
      cells: [
        { share: 1.4, blocks: [heading] },
        {
          share: 1,
          blocks: [
            text([{ text: mark, tone: 'danger', bold: true }], { align: 'end', size: 10.5 }),
            space(3),
          ],
        },
      ],
    },
    space(8),
  ]
}

/** The first print carries no mark; whoever holds a later one sees that there are others. */
function markOf({ mark, words, now, dateTime, number }: PaperStyle): string | null {
  if (mark.kind === 'preview') return words.preview
  if (mark.kind === 'specimen') return words.specimen
  if (mark.copy <= 1) return null
  return `${words.copy(number(mark.copy))}${words.comma}${words.printedAt(dateTime(now))}`
}

function footText({ letterhead, words }: PaperStyle): string {
  const named = (label: string, value: string | null) => (value === null ? null : `${label} ${value}`)
  const parts = [
    letterhead.footer,
    named(words.registration, letterhead.registration),
    named(words.taxNumber, letterhead.taxNumber),
    letterhead.bank,
  ]
  return parts.filter((part): part is string => part !== null).join(' · ')
}
