// Procedure to function: the trail, reports for patients, disclosures, the chain.
import { implement, prepared, type QueryContext } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import type { Services } from '#core/rpc/services.ts'
import { preparedQuery } from '#core/store/reader.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { reportFile } from '#modules/papers/main/api.ts'
import { localDateIn } from '#shared/time.ts'
import { dayRange } from '#shared/zoned-time.ts'
import { audit } from '../shared/contract.ts'
import { accessReport, question, saveSettings, settings } from './access-report.ts'
import { chainState, checkChain, nightlyCheck, verificationOf } from './chain.ts'
import { type Digest, digestText, judgeDigest } from './digest.ts'
import {
  accountingOf,
  disclosures,
  endSuspension,
  enterDisclosure,
  suspend,
  voidDisclosure,
} from './disclosures.ts'
import { type MadeExport, makeExport } from './export.ts'
import { entriesPage, judged, liner, list } from './list.ts'
import { accessPaper, digestPaper, disclosuresPaper, listPaper } from './papers.ts'
import { snoopingJob } from './snooping.ts'
import * as tables from './tables.ts'

type Procedures = (typeof audit)['procedures']

const mostPrinted = 1_000
export const entriesOn = preparedQuery<{ from: string; to: string }>()((db, p) =>
  db
    .selectFrom('audit_log')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('at', '>=', p.from)
    .where('at', '<', p.to),
)

function digestOf(services: Services, ctx: QueryContext): Digest {
  const { timeZone } = clinicOf(ctx.read)
  const date = localDateIn(timeZone, ctx.nowMs)
  const { head } = services.audit.state()
  return {
    clinic: services.audit.clinicMark,
    date,
    entries: ctx.read.get(entriesOn, dayRange(date, timeZone))?.n ?? 0,
    seq: head.seq,
    mac: Buffer.from(head.mac.subarray(0, 16)).toString('hex'),
  }
}

const implementation = (services: Services) =>
  implement(audit, {
    list,
    export: prepared<Procedures['export'], MadeExport>({
      prepare: (ctx, input) => makeExport(ctx, services.audit, judged(ctx, input)),
      run: (ctx, _input, { bytes, entries, sha256 }) => {
        const name = `audit-${localDateIn(clinicOf(ctx.read).timeZone, ctx.nowMs)}.zip`
        const open = () => Promise.resolve(bytes)
        const token = services.downloads.issue(ctx.actor, { type: 'application/zip', name, open })
        return { file: { token, name }, entries, sha256 }
      },
    }),
    print: (ctx, { language, ...filters }) => {
      const { rows, next } = entriesPage(ctx.read, {
        filters: judged(ctx, filters),
        sort: 'seq',
        direction: 'desc',
        after: null,
        limit: mostPrinted,
      })
      const lines = rows.map(liner(ctx.read, ctx.scope === 'a'))
      return { file: reportFile(services, ctx, language, listPaper(lines, next !== null, filters)) }
    },
    chain: (ctx) => chainState(services, ctx),
    checkChain: (ctx) => checkChain(services, ctx),
    digest: (ctx, { language }) => {
      const digest = digestOf(services, ctx)
      return { file: reportFile(services, ctx, language, digestPaper(digest)), text: digestText(digest) }
    },
    checkDigest: (_ctx, { text }) => {
      const { verdict, digest } = judgeDigest(services.audit, text)
      return { verdict, date: digest?.date ?? null, seq: digest?.seq ?? null }
    },
    accessReport: (ctx, input) => accessReport(services, ctx, input),
    printAccessReport: (ctx, { language, ...input }) => {
      const report = accessReport(services, ctx, input)
      return { file: reportFile(services, ctx, language, accessPaper(report, input)) }
    },
    question,
    settings,
    saveSettings,
    disclosures,
    recordDisclosure: (ctx, input) => enterDisclosure(ctx, input) as never,
    recordOwnDisclosure: (ctx, input) => enterDisclosure(ctx, input) as never,
    voidDisclosure,
    suspend,
    endSuspension,
    printDisclosures: (ctx, { patientId, withRoutine, language }) => {
      const { patientName, lines } = accountingOf(ctx, patientId, withRoutine)
      const period = { from: null, to: ctx.now }
      const verification = verificationOf(services, ctx.read)
      const paper = disclosuresPaper(patientName, lines, withRoutine, period, verification)
      return { file: reportFile(services, ctx, language, paper) }
    },
  })

export const auditModule: ModuleDef = {
  name: 'audit',
  tables: Object.values(tables),
  implementations: (services) => [implementation(services)],
  schedule: (services) => [snoopingJob, nightlyCheck(services)],
}
