// The papers of the trail: who opened a record, what was disclosed, the log itself, the day's digest.
import type { Block } from '#core/pdf/document-model.ts'
import { labelled, paperSpace, paperText, type PaperBody, type PaperStyle } from '#modules/papers/main/api.ts'
import type * as z from 'zod'
import type { AccessReport, AuditLine, Verification } from '../shared/contract.ts'
import type { Disclosure } from '../shared/disclosure.ts'
import { actionSayings, actionText } from '../shared/action-text.ts'
import { type AuditPaperWords, auditPaperWords } from '../shared/paper-words.ts'
import { checkWords, type Digest, digestText } from './digest.ts'

const wordsOf = ({ letterhead }: PaperStyle): AuditPaperWords => auditPaperWords[letterhead.language]
type Line = (readonly { text: string; bold?: boolean; tone?: 'soft' | 'danger'; size?: number }[])[]
const one = (text: string, more: { bold?: boolean; tone?: 'soft' | 'danger' } = {}): Line => [
  [{ text, ...more }],
]

export interface Period {
  readonly from: string | null
  readonly to: string | null
}

function periodText(style: PaperStyle, w: AuditPaperWords, { from, to }: Period): string {
  if (from === null && to === null) return w.whole
  const parts = [from && `${w.from} ${style.dateTime(from)}`, to && `${w.until} ${style.dateTime(to)}`]
  return parts.filter(Boolean).join(' ')
}

function head(style: PaperStyle, w: AuditPaperWords, patientName: string, period: Period): Block {
  return {
    kind: 'row',
    panel: true,
    cells: [
      { share: 1, blocks: [paperText(labelled(w.patient, patientName, { bold: true }))] },
      { share: 1, blocks: [paperText(labelled(w.period, periodText(style, w, period)))] },
    ],
  }
}

function verified(style: PaperStyle, w: AuditPaperWords, v: z.infer<typeof Verification>): Block[] {
  const words = !v.ok
    ? w.broken
    : v.checkedAt === null
      ? w.notYetChecked
      : w.verified(style.dateTime(v.checkedAt), style.number(v.checkedEntries))
  return [paperSpace(12), paperText([{ text: words, tone: v.ok ? 'soft' : 'danger' }], { size: 9.5 })]
}

export const accessPaper =
  (report: AccessReport, period: Period) =>
  (style: PaperStyle): PaperBody => {
    const w = wordsOf(style)
    const rows = report.lines.map((line): Line[] => [
      [
        [{ text: style.date(line.date), bold: true }],
        ...(line.times > 1
          ? [[{ text: w.times(style.number(line.times)), tone: 'soft' as const, size: 8.5 }]]
          : []),
      ],
      [
        ...(line.name ? [[{ text: line.name }]] : []),
        [{ text: line.role === null ? w.nobody : (w.roles[line.role] ?? line.role) }],
      ],
      one(
        [
          ...line.categories.map((category) => w.categories[category] ?? category),
          ...(line.changed ? [w.changed] : []),
          ...(line.printed ? [w.printed] : []),
        ].join(style.words.comma),
      ),
      [
        line.emergency ? [{ text: w.emergency, bold: true, tone: 'danger' as const }] : [{ text: w.normal }],
        [{ text: w.devices[line.device] ?? line.device, tone: 'soft' as const, size: 8.5 }],
      ],
    ])
    return {
      title: w.accessTitle,
      number: style.date(style.now.slice(0, 10)),
      patientName: report.patientName,
      blocks: [
        head(style, w, report.patientName, period),
        paperSpace(8),
        paperText(w.accessIntro, { size: 10 }),
        paperSpace(8),
        ...(rows.length === 0
          ? [paperText(w.none)]
          : [
              {
                kind: 'table' as const,
                size: 9.5,
                padding: 3,
                columns: [{ share: 1 }, { share: 1.5 }, { share: 2.2 }, { share: 1.5 }],
                head: [w.day, w.who, w.what, w.how],
                rows,
              },
            ]),
        ...(report.isCut ? [paperSpace(6), paperText(w.cut)] : []),
        ...verified(style, w, report.verification),
        paperSpace(6),
        paperText(w.rights, { size: 10 }),
      ],
    }
  }

export const disclosuresPaper =
  (
    patientName: string,
    lines: readonly Disclosure[],
    withRoutine: boolean,
    period: Period,
    verification: z.infer<typeof Verification>,
  ) =>
  (style: PaperStyle): PaperBody => {
    const w = wordsOf(style)
    const rows = lines.map((d): Line[] => [
      one(style.dateTime(d.occurredAt)),
      [
        [{ text: d.recipient, bold: true }],
        ...(d.address ? [[{ text: d.address, tone: 'soft' as const }]] : []),
      ],
      one(d.what),
      [[{ text: w.bases[d.basis] ?? d.basis }], [{ text: d.purpose, tone: 'soft' as const }]],
      one(d.recordedByName),
    ])
    return {
      title: w.disclosuresTitle,
      number: style.date(style.now.slice(0, 10)),
      patientName,
      blocks: [
        head(style, w, patientName, period),
        paperSpace(8),
        paperText(w.disclosuresIntro, { size: 10 }),
        ...(withRoutine ? [paperText(w.disclosuresRoutine, { size: 10 })] : []),
        paperSpace(8),
        ...(rows.length === 0
          ? [paperText('–')]
          : [
              {
                kind: 'table' as const,
                size: 9,
                padding: 3,
                columns: [{ share: 1.1 }, { share: 1.6 }, { share: 1.7 }, { share: 1.6 }, { share: 1 }],
                head: [w.when, w.recipient, w.what, w.basis, w.by],
                rows,
              },
            ]),
        ...verified(style, w, verification),
      ],
    }
  }

export const listPaper =
  (lines: readonly AuditLine[], isCut: boolean, period: Period) =>
  (style: PaperStyle): PaperBody => {
    const w = wordsOf(style)
    const say = actionSayings[style.letterhead.language]
    return {
      title: w.listTitle,
      number: style.date(style.now.slice(0, 10)),
      patientName: null,
      blocks: [
        paperText(labelled(w.period, periodText(style, w, period))),
        paperSpace(8),
        {
          kind: 'table',
          size: 8,
          padding: 2,
          columns: [
            { share: 0.7 },
            { share: 1.3 },
            { share: 1.5 },
            { share: 1.6 },
            { share: 1.4 },
            { share: 0.8 },
          ],
          head: [w.number, w.when, w.who, w.action, w.patient, w.outcome],
          rows: lines.map((e): Line[] => [
            one(String(e.seq)),
            one(style.dateTime(e.at)),
            [
              [{ text: e.userName ?? w.nobody }],
              ...(e.role ? [[{ text: w.roles[e.role] ?? e.role, tone: 'soft' as const }]] : []),
            ],
            one(actionText(say, e.action)),
            one(e.patientName ?? ''),
            one(w.outcomes[e.outcome] ?? e.outcome),
          ]),
        },
        ...(isCut ? [paperSpace(6), paperText(w.cut)] : []),
      ],
    }
  }

/** One page: the code, and the same line to type. */
export const digestPaper =
  (digest: Digest) =>
  (style: PaperStyle): PaperBody => {
    const w = wordsOf(style)
    const line = digestText(digest)
    const fact = (label: string, value: string) => paperText(labelled(label, value), { before: 3 })
    return {
      title: w.digestTitle,
      number: style.date(digest.date),
      patientName: null,
      blocks: [
        paperText(w.digestIntro),
        paperSpace(14),
        {
          kind: 'row',
          gap: 20,
          cells: [
            { share: 0.8, blocks: [{ kind: 'qr', text: line, size: 170, align: 'start' }] },
            {
              share: 1.2,
              blocks: [
                fact(w.day, style.date(digest.date)),
                fact(w.entries, style.number(digest.entries)),
                fact(w.newest, style.number(digest.seq)),
                fact(w.checkWords, checkWords(digest)),
              ],
            },
          ],
        },
        paperSpace(14),
        paperText([{ text: w.code, tone: 'soft' }]),
        paperText(line, { size: 11, before: 3 }),
      ],
    }
  }
