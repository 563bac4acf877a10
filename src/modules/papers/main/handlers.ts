// Procedure to function. Where a paper's facts come from: the module that owns them.
import { type CommandContext, implement, prepared, type QueryContext } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { invoicePaper, receiptPaper } from '#modules/billing/main/api.ts'
import { prescriptionPaper } from '#modules/prescribing/main/api.ts'
import type { InputOf } from '#shared/contract.ts'
import { papers } from '../shared/contract.ts'
import type { PaperData } from '../shared/paper-data.ts'
import { daySheetOf } from './day-sheet-source.ts'
import { erasePapers } from './erase.ts'
import { issuePaper, previewPaper } from './issue.ts'
import { cancelJob, findPrinters, listJobs, retryJob, stopAtPrinter } from './job-list.ts'
import { checkLogo, getLetterhead, letterheadOf, saveLetterhead, setLogo } from './letterhead.ts'
import { previewLetterhead } from './preview-letterhead.ts'
import { issueSickNote, revokeSickNote, sickNotePaper, sickNotes } from './sick-notes.ts'
import * as tables from './tables.ts'

type Procedures = (typeof papers)['procedures']
type Source = (read: Reader, patientId: string, id: string) => PaperData

/** The two procedures of one kind of paper about a patient. */
function ofPatient(services: Services, source: Source) {
  const what = (ctx: QueryContext, { patientId, id }: { patientId: string; id: string }) => ({
    paper: source(ctx.read, patientId, id),
    id,
    patientId,
  })
  return {
    preview: (ctx: QueryContext, input: InputOf<Procedures['previewInvoice']>) =>
      previewPaper(services, ctx, what(ctx, input)),
    print: (ctx: CommandContext, input: InputOf<Procedures['printInvoice']>) =>
      issuePaper(services, ctx, what(ctx, input), input),
  }
}

function implementation(services: Services) {
  const prescription = ofPatient(services, (read, patientId, id) =>
    prescriptionPaper(read, patientId, id, letterheadOf(read).language),
  )
  const invoice = ofPatient(services, invoicePaper)
  const receipt = ofPatient(services, receiptPaper)
  const sickNote = ofPatient(services, sickNotePaper)
  return implement(papers, {
    previewPrescription: prescription.preview,
    printPrescription: prescription.print,
    previewInvoice: invoice.preview,
    printInvoice: invoice.print,
    previewReceipt: receipt.preview,
    printReceipt: receipt.print,
    previewSickNote: sickNote.preview,
    printSickNote: sickNote.print,
    previewDaySheet: (ctx, { date }) => {
      const { paper, patientIds } = daySheetOf(services, ctx, date)
      return { file: previewPaper(services, ctx, { paper, id: date, patientId: null }), patientIds }
    },
    printDaySheet: (ctx, input) => {
      const { paper, patientIds } = daySheetOf(services, ctx, input.date)
      return { ...issuePaper(services, ctx, { paper, id: input.date, patientId: null }, input), patientIds }
    },
    sickNotes,
    issueSickNote,
    revokeSickNote,
    letterhead: getLetterhead,
    saveLetterhead,
    setLogo: prepared<Procedures['setLogo'], void>({
      prepare: (ctx, input) => checkLogo(services, ctx, input),
      run: setLogo,
    }),
    previewLetterhead: (ctx, input) => previewLetterhead(services, ctx, input),
    findPrinters: prepared<Procedures['findPrinters'], Awaited<ReturnType<typeof findPrinters>>>({
      prepare: () => findPrinters(services),
      run: (_ctx, _input, found) => found,
    }),
    jobs: listJobs,
    retryJob: (ctx, input) => retryJob(services, ctx, input),
    cancelJob: prepared<Procedures['cancelJob'], void>({
      prepare: (ctx, input) => stopAtPrinter(services, ctx, input),
      run: cancelJob,
    }),
  })
}

export const papersModule: ModuleDef = {
  name: 'papers',
  tables: Object.values(tables),
  erase: erasePapers,
  implementations: (services) => [implementation(services)],
}
