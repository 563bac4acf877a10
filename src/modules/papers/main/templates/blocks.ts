// Blocks that papers share: the box about the patient, totals, the line to sign on.
import type { Block, Span, TextBlock } from '#core/pdf/document-model.ts'
import type { PaperPatient, PaperPerson } from '#modules/papers/shared/paper-data.ts'
import { bornText, labelled, type PaperStyle } from './paper-style.ts'

export const text = (
  spans: readonly Span[] | string,
  more: Omit<Partial<TextBlock>, 'kind' | 'spans'> = {},
): Block => ({
  kind: 'text',
  spans: typeof spans === 'string' ? [{ text: spans }] : spans,
  ...more,
})

export const space = (height: number): Block => ({ kind: 'space', height })

/** Who it is about on one side, what is particular to this paper on the other. */
export function patientBox(
  style: PaperStyle,
  patient: PaperPatient,
  on: string,
  more: { readonly mine?: readonly (readonly Span[])[]; readonly other: readonly (readonly Span[])[] },
): Block {
  const { words } = style
  const own = [
    labelled(words.patient, patient.name, { bold: true }),
    labelled(words.born, bornText(style, patient, on)),
    ...(more.mine ?? []),
  ]
  return {
    kind: 'row',
    panel: true,
    cells: [
      { share: 1.05, blocks: own.map((spans) => text(spans)) },
      { share: 0.95, blocks: more.other.map((spans) => text(spans)) },
    ],
  }
}

export interface TotalLine {
  readonly label: string
  readonly amount: string
  readonly isStrong?: boolean
}

/** Amounts under the table they sum up, on the side where amounts stand. */
export function totals(lines: readonly TotalLine[]): Block {
  const row = (line: TotalLine): Block => ({
    kind: 'row',
    gap: 8,
    cells: [
      {
        share: 1.7,
        blocks: [
          text(
            [{ text: line.label, tone: line.isStrong ? 'ink' : 'soft', bold: line.isStrong ?? false }],
            line.isStrong ? { size: 13 } : {},
          ),
        ],
      },
      {
        share: 1,
        blocks: [
          text([{ text: line.amount, bold: line.isStrong ?? false }], {
            align: 'end',
            ...(line.isStrong ? { size: 13 } : {}),
          }),
        ],
      },
    ],
  })
  const blocks = lines.flatMap((line): Block[] =>
    line.isStrong ? [space(4), { kind: 'rule', isStrong: true }, space(4), row(line)] : [row(line)],
  )
  return {
    kind: 'together',
    blocks: [
      space(8),
      {
        kind: 'row',
        gap: 0,
        cells: [
          { share: 0.9, blocks: [] },
          { share: 1.1, blocks },
        ],
      },
    ],
  }
}

/** The line to sign on, at the foot of the last page, under it who signs. */
export function signature(person: PaperPerson, beside: readonly Block[] = []): Block {
  return {
    kind: 'bottom',
    blocks: [
      space(46),
      {
        kind: 'row',
        valign: 'bottom',
        gap: 30,
        cells: [
          { share: 1.5, blocks: beside },
          {
            share: 1,
            blocks: [
              { kind: 'rule', isStrong: true },
              space(4),
              text(person.name, { align: 'center', size: 10.5 }),
              ...(person.qualification
                ? [text([{ text: person.qualification, tone: 'soft' }], { align: 'center', size: 9.5 })]
                : []),
            ],
          },
        ],
      },
    ],
  }
}
