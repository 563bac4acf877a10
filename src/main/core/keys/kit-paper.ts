// The recovery kit on paper: the groups, the same as a QR code, whose it is, and what to do in plain words.
// It is drawn in memory and handed to a printer or a person; no file of it is made here (KEY-04).
import type { KitPaperLanguage, KitSheet } from '#shared/bootstrap.ts'
import type { Block, PdfDocument, Span } from '../pdf/document-model.ts'
import { kitWords } from './kit-paper-words.ts'

export interface KitPaperInput {
  readonly sheet: KitSheet
  readonly clinicName: string
  readonly language: KitPaperLanguage
}

const perRow = 3

export function kitPaper({ sheet, clinicName, language }: KitPaperInput): {
  document: PdfDocument
  name: string
} {
  const words = kitWords[language]
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(sheet.madeAt),
  )
  const text = (
    spans: readonly Span[] | string,
    more: Partial<Extract<Block, { kind: 'text' }>> = {},
  ): Block => ({
    kind: 'text',
    spans: typeof spans === 'string' ? [{ text: spans }] : spans,
    ...more,
  })
  const fact = (label: string, value: string): Block =>
    text([
      { text: `${label}: `, tone: 'soft' },
      { text: value, bold: true },
    ])
  const rows = Array.from({ length: Math.ceil(sheet.groups.length / perRow) }, (_, row) =>
    sheet.groups
      .slice(row * perRow, (row + 1) * perRow)
      .map((group, at) => [
        [
          { text: `${row * perRow + at + 1}.  `, tone: 'soft', size: 10 } as const,
          { text: group, bold: true, size: 17 },
        ],
      ]),
  )
  const blocks: Block[] = [
    text([{ text: words.title, bold: true, size: 22 }]),
    text([{ text: words.secret, bold: true, tone: 'danger' }], { before: 4 }),
    { kind: 'space', height: 10 },
    {
      kind: 'row',
      panel: true,
      valign: 'top',
      cells: [
        {
          share: 1.6,
          blocks: [
            fact(words.clinic, clinicName),
            fact(words.id, sheet.id),
            fact(words.date, day),
            text(words.opens, { before: 6 }),
          ],
        },
        { share: 1, blocks: [{ kind: 'qr', text: sheet.groups.join('-'), size: 130, align: 'end' }] },
      ],
    },
    { kind: 'space', height: 12 },
    {
      kind: 'table',
      columns: Array.from({ length: perRow }, () => ({ share: 1 })),
      head: null,
      rows,
      padding: 7,
    },
    text([{ text: words.readingOrder, tone: 'soft' }], { size: 9, before: 4 }),
    text([{ text: words.useTitle, bold: true, size: 13 }], { before: 14, keepWithNext: true }),
    ...words.use.map((step, at) => text(`${at + 1}.  ${step}`, { before: 3 })),
    text([{ text: words.keepTitle, bold: true, size: 13 }], { before: 12, keepWithNext: true }),
    ...words.keep.map((line) => text(`–  ${line}`, { before: 3 })),
  ]
  const document: PdfDocument = {
    page: 'A4',
    language,
    direction: language === 'ar' ? 'rtl' : 'ltr',
    title: words.title,
    blocks,
    runningHead: [{ text: words.title }],
    footer: { start: [{ text: `${words.id} ${sheet.id}` }], end: [{ text: '{page} / {pages}' }] },
    createdAt: sheet.madeAt,
  }
  return { document, name: `osler-kit-${sheet.id}.pdf` }
}
