// The day's appointments, provider by provider: for the wall, the ward round, and the day the power is out.
import type { Block, Span } from '#core/pdf/document-model.ts'
import type { DaySheetPaper } from '#modules/papers/shared/paper-data.ts'
import { space, text } from './blocks.ts'
import type { PaperBody, PaperStyle } from './paper-style.ts'

type Provider = DaySheetPaper['providers'][number]

export function daySheet(style: PaperStyle, paper: DaySheetPaper): PaperBody {
  const { words } = style
  const day = new Intl.DateTimeFormat(style.locale, { dateStyle: 'full', timeZone: 'UTC' })
  const withRows = paper.providers.filter((provider) => provider.rows.length > 0)
  return {
    title: words.daySheet,
    number: style.date(paper.date),
    patientName: null,
    blocks: [
      text(day.format(new Date(`${paper.date}T00:00:00Z`)), { size: 12.5 }),
      ...(withRows.length === 0
        ? [space(16), text(words.nobody)]
        : withRows.flatMap((p) => ofProvider(style, p))),
    ],
  }
}

function ofProvider(style: PaperStyle, provider: Provider): Block[] {
  const { words } = style
  return [
    space(16),
    text(
      [
        { text: provider.name, bold: true },
        { text: `  ${style.count(words.appointments, provider.rows.length)}`, tone: 'soft', size: 10 },
      ],
      { size: 13, keepWithNext: true },
    ),
    { kind: 'space', height: 2 },
    {
      kind: 'table',
      size: 9.5,
      padding: 3.5,
      columns: [
        { share: 0.75 },
        { share: 2.8 },
        { share: 1.75 },
        { share: 1.7 },
        { share: 0.8 },
        { share: 1.1 },
      ],
      head: [words.time, words.patient, words.phone, words.visit, words.room, words.status],
      rows: provider.rows.map((row) => [
        [[{ text: row.start, bold: true }], [{ text: `–${row.end}`, tone: 'soft' as const, size: 8.5 }]],
        [
          [{ text: row.patient, bold: true }],
          born(style, row),
          ...(row.note ? [[{ text: row.note } as Span]] : []),
        ],
        [[{ text: row.phone ?? '' }]],
        [[{ text: row.visitType ?? '' }]],
        [[{ text: row.room ?? '' }]],
        [[{ text: row.status }]],
      ]),
    },
  ]
}

function born(style: PaperStyle, row: Provider['rows'][number]): Span[] {
  const parts = [row.birthDate === null ? null : style.date(row.birthDate), row.recordNumber]
  return [{ text: parts.filter((part) => part !== null).join(' · '), tone: 'soft', size: 8.5 }]
}
