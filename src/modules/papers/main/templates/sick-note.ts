// A sick note: who, from when until when, first or follow-up; a diagnosis only where the patient wants it on paper.
import type { Block } from '#core/pdf/document-model.ts'
import { daysBetween } from '#shared/zoned-time.ts'
import type { SickNotePaper } from '#modules/papers/shared/paper-data.ts'
import { patientBox, signature, space, text } from './blocks.ts'
import { labelled, type PaperBody, type PaperStyle } from './paper-style.ts'

export function sickNote(style: PaperStyle, paper: SickNotePaper): PaperBody {
  const { words } = style
  return {
    title: words.sickNote,
    number: paper.number,
    patientName: paper.patient.name,
    blocks: [
      patientBox(style, paper.patient, paper.issuedOn, {
        mine: paper.patient.address.map((line) => [{ text: line }]),
        other: [
          labelled(words.number, paper.number),
          labelled(words.issuedOn, style.date(paper.issuedOn)),
          [{ text: paper.isFollowUp ? words.followUpNote : words.initialNote, bold: true }],
        ],
      }),
      space(22),
      text(words.unfit, { size: 12.5, keepWithNext: true }),
      space(8),
      period(style, paper),
      ...detail(words.diagnosis, paper.diagnosis),
      ...detail(words.remarks, paper.remarks),
      signature(paper.prescriber),
    ],
  }
}

function period(style: PaperStyle, { from, until }: SickNotePaper): Block {
  const { words } = style
  const cell = (label: string, date: string) => ({
    share: 1,
    blocks: [
      text([{ text: label, tone: 'soft' }], { size: 10 }),
      text([{ text: style.date(date), bold: true }], { size: 17 }),
    ],
  })
  return {
    kind: 'row',
    cells: [
      cell(words.from, from),
      cell(words.until, until),
      {
        share: 0.6,
        blocks: [
          text(' ', { size: 10 }),
          text([{ text: style.count(words.days, daysBetween(from, until) + 1), tone: 'soft' }], {
            align: 'end',
            size: 12,
          }),
        ],
      },
    ],
  }
}

function detail(label: string, value: string | null): Block[] {
  if (value === null) return []
  return [
    space(18),
    text([{ text: label, tone: 'soft' }], { size: 10, keepWithNext: true }),
    text(value, { size: 11.5 }),
  ]
}
