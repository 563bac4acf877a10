// A receipt: what was received, how, for which invoices, and how the account stands.
import type { Block } from '#core/pdf/document-model.ts'
import { wallTimeOf } from '#shared/zoned-time.ts'
import type { ReceiptPaper } from '#modules/papers/shared/paper-data.ts'
import type { PaperWords } from '#modules/papers/shared/paper-words.ts'
import { patientBox, space, text, totals } from './blocks.ts'
import { labelled, type PaperBody, type PaperStyle } from './paper-style.ts'

export function receipt(style: PaperStyle, paper: ReceiptPaper): PaperBody {
  const { words } = style
  const price = (minor: number) => style.money(minor, paper.currency)
  return {
    title: words.receipt,
    number: paper.number,
    patientName: paper.patient.name,
    blocks: [
      patientBox(style, paper.patient, wallTimeOf(paper.at, style.timeZone).date, {
        mine: [labelled(words.recordNumber, paper.patient.recordNumber)],
        other: [
          labelled(words.number, paper.number, { bold: true }),
          labelled(words.date, style.dateTime(paper.at)),
          labelled(words.receivedBy, paper.cashier),
        ],
      }),
      space(12),
      {
        kind: 'table',
        columns: [{ share: 2 }, { share: 2 }, { share: 1.3, align: 'end' }],
        head: [words.method, words.reference, words.amount],
        rows: paper.tenders.map((tender) => [
          [[{ text: methodOf(words, tender.method) }]],
          [[{ text: tender.reference ?? '' }]],
          [[{ text: price(tender.amountMinor) }]],
        ]),
      },
      totals([{ label: words.received, amount: price(paper.totalMinor), isStrong: true }]),
      ...applied(style, paper),
      space(12),
      text(labelled(words.balance, price(paper.balanceMinor))),
      space(4),
      text([{ text: words.ownCopy, tone: 'soft' }]),
    ],
  }
}

/** Billing names a method by its account; what it does not know stands as it is. */
const methodOf = (words: PaperWords, method: string): string =>
  (words.methods as Readonly<Record<string, string>>)[method] ?? method

function applied(style: PaperStyle, paper: ReceiptPaper): Block[] {
  if (paper.appliedTo.length === 0) return []
  return [
    space(14),
    {
      kind: 'table',
      padding: 4,
      columns: [{ share: 4 }, { share: 1.3, align: 'end' }],
      head: [style.words.appliedTo, style.words.amount],
      rows: paper.appliedTo.map((part) => [
        [[{ text: part.invoiceNumber }]],
        [[{ text: style.money(part.amountMinor, paper.currency) }]],
      ]),
    },
  ]
}
