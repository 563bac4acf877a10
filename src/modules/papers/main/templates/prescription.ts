// A prescription: all drugs on one paper, each with its directions, quantity and refills; allergies in words.
import type { Span, TableBlock } from '#core/pdf/document-model.ts'
import type { PrescriptionPaper } from '#modules/papers/shared/paper-data.ts'
import { patientBox, signature, space, text } from './blocks.ts'
import { labelled, type PaperBody, type PaperStyle } from './paper-style.ts'

export function prescription(style: PaperStyle, paper: PrescriptionPaper): PaperBody {
  const { words } = style
  const weight = paper.weightKg === null ? [] : [labelled(words.weight, `${style.number(paper.weightKg)} kg`)]
  const allergies = allergyLine(style, paper)
  // A long list does not fit beside the patient; below the box it may go on over the page.
  const isLong = allergies.reduce((sum, span) => sum + span.text.length, 0) > 90
  return {
    title: words.prescription,
    number: paper.number,
    patientName: paper.patient.name,
    blocks: [
      patientBox(style, paper.patient, paper.issuedOn, {
        mine: weight,
        other: [
          labelled(words.date, style.date(paper.issuedOn)),
          labelled(words.number, paper.number),
          ...(isLong ? [] : [allergies]),
        ],
      }),
      ...(isLong ? [space(8), text(allergies)] : []),
      space(10),
      items(style, paper),
      signature(paper.prescriber),
    ],
  }
}

const danger = { tone: 'danger', bold: true } as const

function allergyLine({ words }: PaperStyle, { allergies }: PrescriptionPaper): Span[] {
  if (allergies === 'none-known') return labelled(words.allergies, words.noKnownAllergies)
  if (allergies === 'not-recorded')
    return labelled(words.allergies, words.allergiesNotRecorded, { bold: true })
  return [
    { ...danger, text: `${words.allergies}: ` },
    ...allergies.flatMap((name, n): Span[] => [
      ...(n === 0 ? [] : [{ ...danger, text: words.comma }]),
      { ...danger, text: name },
    ]),
  ]
}

function items(style: PaperStyle, paper: PrescriptionPaper): TableBlock {
  const { words } = style
  return {
    kind: 'table',
    head: null,
    padding: 10,
    columns: [{ share: 0.36 }, { share: 4.9 }, { share: 1.3, align: 'end' }],
    rows: paper.items.map((item, n) => [
      [[{ text: style.number(n + 1), bold: true, tone: 'accent', size: 17 }]],
      [
        [{ text: item.drug, bold: true, size: 13.5 }],
        [{ text: item.directions, size: 11 }],
        ...(item.note ? [[{ text: item.note, tone: 'soft' as const }]] : []),
      ],
      [
        ...(item.quantity ? [[{ text: item.quantity, bold: true, size: 13.5 }]] : []),
        [
          {
            text: item.refills > 0 ? style.count(words.refills, item.refills) : words.noRefill,
            tone: 'soft' as const,
          },
        ],
      ],
    ]),
  }
}
