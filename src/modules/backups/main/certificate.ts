// A drill as a paper for the folder of the clinic: what was restored, when, from where, what was counted (BAK-05).
import type { Block, PdfDocument } from '#core/pdf/document-model.ts'
import { type PreparedHandler, prepared } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { backups as contract, Drill } from '../shared/contract.ts'
import { drillOf } from './overview.ts'
import * as q from './queries.ts'

type Def = (typeof contract)['procedures']['drillCertificate']

const words = {
  en: {
    title: 'Restore drill',
    intro: 'A backup of this clinic was restored on trial and compared with what its signed header says.',
    introPeople: 'People of this clinic restored a backup by hand, as the manual describes.',
    kind: 'Kind',
    kinds: {
      nightly: 'automatic, nightly',
      monthly: 'automatic, monthly',
      hand: 'started by hand',
      people: 'by people',
    },
    at: 'Done',
    backupAt: 'Backup of',
    outcome: 'Outcome',
    outcomes: { ok: 'whole', failed: 'failed' },
    patients: 'Patients counted',
    rows: 'Rows counted and compared',
    took: 'Took',
    seconds: (n: number) => `${n} s`,
    note: 'Note',
    sign: 'Date and signature of the person responsible',
  },
  ar: {
    title: 'تدريب على الاستعادة',
    intro: 'استُعيدت نسخة احتياطية من هذه العيادة على سبيل التجربة وقورنت بما يقوله ترويسها الموقَّع.',
    introPeople: 'استعاد عاملون في هذه العيادة نسخة احتياطية يدويًا كما يصف الدليل.',
    kind: 'النوع',
    kinds: { nightly: 'آلي ليلي', monthly: 'آلي شهري', hand: 'بدأه شخص', people: 'أجراه أشخاص' },
    at: 'أُجري في',
    backupAt: 'نسخة بتاريخ',
    outcome: 'النتيجة',
    outcomes: { ok: 'سليمة', failed: 'فشلت' },
    patients: 'عدد المرضى',
    rows: 'عدد الصفوف التي عُدّت وقورنت',
    took: 'المدة',
    seconds: (n: number) => `${n} ث`,
    note: 'ملاحظة',
    sign: 'التاريخ وتوقيع المسؤول',
  },
} as const

export function drillCertificate(services: Services): PreparedHandler<Def, { bytes: Uint8Array }> {
  return prepared<Def, { bytes: Uint8Array }>({
    async prepare({ read, now }, { id, language }) {
      const row = read.get(q.drillById, { id })
      if (!row) throw new AppError('NOT_FOUND')
      const { name, timeZone } = clinicOf(read)
      const { bytes } = await services.makePdf(paperOf(drillOf(row), { name, timeZone, language, now }))
      return { bytes }
    },
    run({ actor, now }, _input, { bytes }) {
      const name = `restore-drill-${now.slice(0, 10)}.pdf`
      const open = () => Promise.resolve(bytes)
      return { token: services.downloads.issue(actor, { type: 'application/pdf', name, open }), name }
    },
  })
}

function paperOf(
  drill: Drill,
  about: {
    readonly name: string
    readonly timeZone: string
    readonly language: 'en' | 'ar'
    readonly now: string
  },
): PdfDocument {
  const t = words[about.language]
  const time = (instant: string) =>
    new Intl.DateTimeFormat(about.language === 'ar' ? 'ar-u-nu-latn' : 'en-GB', {
      dateStyle: 'long',
      timeStyle: 'short',
      timeZone: about.timeZone,
    }).format(Date.parse(instant))
  const facts: [string, string | null][] = [
    [t.kind, t.kinds[drill.kind]],
    [t.at, time(drill.at)],
    [t.backupAt, drill.backupAt === null ? null : time(drill.backupAt)],
    [t.outcome, t.outcomes[drill.outcome]],
    [t.patients, drill.patients === null ? null : String(drill.patients)],
    [t.rows, drill.rows === null ? null : String(drill.rows)],
    [t.took, drill.tookMs === null ? null : t.seconds(Math.max(1, Math.round(drill.tookMs / 1000)))],
    [t.note, drill.note],
  ]
  const text = (words: string, more: object = {}): Block => ({
    kind: 'text',
    spans: [{ text: words }],
    ...more,
  })
  return {
    page: 'A4',
    language: about.language,
    direction: about.language === 'ar' ? 'rtl' : 'ltr',
    title: t.title,
    blocks: [
      text(about.name, { size: 12 }),
      { kind: 'text', spans: [{ text: t.title, bold: true, size: 20 }], before: 8 },
      text(drill.kind === 'people' ? t.introPeople : t.intro, { before: 12 }),
      { kind: 'space', height: 12 },
      {
        kind: 'table',
        columns: [{ share: 2 }, { share: 3 }],
        head: null,
        rows: facts.flatMap(([label, value]) =>
          value ? [[[[{ text: label, bold: true }]], [[{ text: value }]]]] : [],
        ),
      },
      { kind: 'bottom', blocks: [{ kind: 'rule' }, text(t.sign, { size: 9 })] },
    ],
    runningHead: [{ text: about.name }],
    footer: { start: [{ text: t.title }], end: [{ text: '{page}/{pages}' }] },
    createdAt: about.now,
  }
}
