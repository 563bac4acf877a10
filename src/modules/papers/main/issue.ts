// From a paper's facts to a file or a print job. The facts are read and arranged inside the call that was allowed and
// audited; only the drawing happens later, in the worker, from exactly that document.
import type { PdfDocument } from '#core/pdf/document-model.ts'
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { PaperFile, Printed, targets } from '../shared/contract.ts'
import type { PaperData, PaperKind } from '../shared/paper-data.ts'
import { copiesOf } from './copies.ts'
import { letterheadOf } from './letterhead.ts'
import { enqueue } from './print-queue.ts'
import { paperPrint } from './tables.ts'
import { composePaper } from './templates/compose.ts'
import type { PaperMark } from './templates/paper-style.ts'

export interface PaperToIssue {
  readonly paper: PaperData
  /** The row it shows, or the day. */
  readonly id: string
  readonly patientId: string | null
}

interface Where {
  readonly target: (typeof targets)[number]
  readonly printer: string | null
}

export function previewPaper(services: Services, ctx: QueryContext, { paper }: PaperToIssue): PaperFile {
  return fileOf(services, ctx, paper.kind, documentOf(ctx, paper, { kind: 'preview' }))
}

/** Takes the next copy number; from here on the paper counts as handed out. */
export function issuePaper(
  services: Services,
  ctx: CommandContext,
  what: PaperToIssue,
  where: Where,
): Printed {
  const { paper, id, patientId } = what
  const { kind } = paper
  const printer =
    where.target === 'printer' ? (where.printer ?? letterheadOf(ctx.read).settings[kind].printer) : null
  if (where.target === 'printer' && printer === null) throw new AppError('NO_PRINTER')
  const copy = copiesOf(ctx.read, kind, id) + 1
  const document = documentOf(ctx, paper, { kind: 'copy', copy })
  const printId = ctx.write.insert(paperPrint, {
    kind,
    paper_id: id,
    patient_id: patientId,
    copy,
    printed_at: ctx.now,
    printed_by: ctx.actor.userId,
    printed_by_name: ctx.actor.userName,
    target: where.target,
    printer,
    outcome: 'issued',
  })
  if (printer === null) return { copy, file: fileOf(services, ctx, kind, document), jobId: null }
  return { copy, file: null, jobId: enqueue(services, ctx, { printId, kind, printer, document }) }
}

function documentOf(ctx: QueryContext, paper: PaperData, mark: PaperMark): PdfDocument {
  const { country, timeZone } = clinicOf(ctx.read)
  const letterhead = letterheadOf(ctx.read)
  const { page } = letterhead.settings[paper.kind]
  return composePaper({ letterhead, page, country, timeZone, now: ctx.now, mark }, paper)
}

export function fileOf(
  services: Services,
  ctx: QueryContext,
  kind: PaperKind,
  document: PdfDocument,
): PaperFile {
  // A file name is seen in folders and lists: kind and number, no patient.
  const number = document.title.replaceAll(/[^\p{L}\p{N}-]+/gu, '-').replaceAll(/^-|-$/g, '')
  const name = `${number || kind}.pdf`
  const token = services.downloads.issue(ctx.actor, {
    type: 'application/pdf',
    name,
    open: async () => {
      const { bytes, missing } = await services.makePdf(document)
      // Code points only: they name no patient, and tell which script lacks a font.
      if (missing.length > 0) services.log.warn('characters without a font', { count: missing.length })
      return bytes
    },
  })
  return { token, name }
}
