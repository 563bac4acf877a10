// An invoice, or the credit note that reverses one: lines, taxes by rate, what is paid and what is still due.
// Every amount comes from billing; nothing is summed here.
import type { Block, Span } from '#core/pdf/document-model.ts'
import type { InvoicePaper } from '#modules/papers/shared/paper-data.ts'
import { patientBox, space, text, type TotalLine, totals } from './blocks.ts'
import { labelled, type PaperBody, type PaperStyle } from './paper-style.ts'

export function invoice(style: PaperStyle, paper: InvoicePaper): PaperBody {
  const { words } = style
  const title = paper.type === 'invoice' ? words.invoice : words.creditNote
  return {
    title,
    number: paper.number,
    patientName: paper.patient.name,
    blocks: [
      ...addressee(style, paper),
      patientBox(style, paper.patient, paper.issuedOn, {
        mine: [labelled(words.recordNumber, paper.patient.recordNumber)],
        other: [
          labelled(words.number, paper.number, { bold: true }),
          labelled(words.date, style.date(paper.issuedOn)),
          ...(paper.reverses ? [labelled(words.reverses, paper.reverses)] : []),
          ...(paper.dueOn ? [labelled(words.dueOn, style.date(paper.dueOn))] : []),
        ],
      }),
      space(12),
      lines(style, paper),
      totals(sums(style, paper)),
      ...(paper.note ? [space(14), text(paper.note)] : []),
    ],
  }
}

/** Where a window envelope shows it. */
function addressee(style: PaperStyle, { payer, patient }: InvoicePaper): Block[] {
  const to = payer ?? { name: patient.name, address: patient.address }
  const label = payer ? [text([{ text: style.words.billedTo, tone: 'soft' }], { size: 9.5 })] : []
  if (!payer && to.address.length === 0) return []
  return [...label, text(to.name), ...to.address.map((line) => text(line)), space(12)]
}

function lines(style: PaperStyle, paper: InvoicePaper): Block {
  const { words } = style
  const isTaxed = paper.lines.some((line) => line.taxBasisPoints !== 0)
  const price = (minor: number) => style.money(minor, paper.currency)
  const columns = [
    { share: 1.25 },
    { share: isTaxed ? 3.3 : 3.9 },
    { share: 0.6, align: 'end' as const },
    { share: 1.25, align: 'end' as const },
    ...(isTaxed ? [{ share: 0.7, align: 'end' as const }] : []),
    { share: 1.35, align: 'end' as const },
  ]
  return {
    kind: 'table',
    size: 10,
    padding: 4.5,
    columns,
    head: [
      words.date,
      words.service,
      words.quantity,
      words.price,
      ...(isTaxed ? [words.tax] : []),
      words.amount,
    ],
    rows: paper.lines.map((line) => {
      const service: Span[][] = [[{ text: line.text }]]
      if (line.code) service.push([{ text: line.code, tone: 'soft', size: 9 }])
      return [
        [[{ text: style.date(line.date) }]],
        service,
        [[{ text: style.number(line.quantity) }]],
        [[{ text: price(line.unitMinor) }]],
        ...(isTaxed ? [[[{ text: style.percent(line.taxBasisPoints) }]]] : []),
        [[{ text: price(line.netMinor) }]],
      ]
    }),
  }
}

function sums(style: PaperStyle, paper: InvoicePaper): TotalLine[] {
  const { words } = style
  const price = (minor: number) => style.money(minor, paper.currency)
  const taxes = paper.taxes
    .filter((tax) => tax.basisPoints !== 0)
    .map((tax) => ({
      label: words.taxOn(style.percent(tax.basisPoints), price(tax.netMinor)),
      amount: price(tax.taxMinor),
    }))
  const total = {
    label: paper.type === 'invoice' ? words.total : words.credited,
    amount: price(paper.totalMinor),
    isStrong: true,
  }
  const settled =
    paper.type === 'invoice' && paper.paidMinor !== 0
      ? [
          { label: words.paid, amount: price(paper.paidMinor) },
          { label: words.stillDue, amount: price(paper.dueMinor), isStrong: true },
        ]
      : []
  return [
    ...(taxes.length > 0 ? [{ label: words.net, amount: price(paper.netMinor) }, ...taxes] : []),
    total,
    ...settled,
  ]
}
