// The queue as people see it, and what they may do with a job: their own, or any for an admin.
import type { CommandContext, PrepareContext, QueryContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import type { papers, PrintJob } from '../shared/contract.ts'
import { type PrintProblem, printProblems } from '../shared/print-problems.ts'
import { isBeingSent, pump } from './print-queue.ts'
import * as q from './queries.ts'
import { paperPrint, printJob } from './tables.ts'

type Procedures = (typeof papers)['procedures']
type Row = Omit<RowOf<typeof printJob>, 'document'>

export function listJobs({ read, actor }: QueryContext): PrintJob[] {
  const rows = actor.role === 'admin' ? read.all(q.jobs, {}) : read.all(q.jobsBy, { userId: actor.userId })
  return rows.map((row) => rowToJob(row, actor.userId))
}

/** What was sent and came out is not sent again from here: a further copy is a print of its own, with its mark. */
export function retryJob(
  services: Services,
  ctx: CommandContext,
  input: InputOf<Procedures['retryJob']>,
): PrintJob {
  const job = requireOwn(ctx, input.id)
  if (job.state !== 'failed' && job.state !== 'queued')
    throw new AppError('WRONG_STATE', { state: job.state })
  const next = {
    ...job,
    state: 'queued',
    message: null,
    system_job: null,
    printer: input.printer ?? job.printer,
    updated_at: ctx.now,
  }
  ctx.write.putLocal(printJob, next)
  ctx.afterCommit(() => pump(services, ctx))
  return rowToJob(next, ctx.actor.userId)
}

/** Before the row changes, so that the printer has let go of it. */
export async function stopAtPrinter(
  services: Services,
  ctx: PrepareContext,
  input: InputOf<Procedures['cancelJob']>,
): Promise<void> {
  const job = requireOwn(ctx, input.id)
  if (job.state === 'sent' && job.system_job) await services.printing.cancel(job.system_job)
}

export function cancelJob(ctx: CommandContext, { id }: InputOf<Procedures['cancelJob']>): PrintJob {
  const job = requireOwn(ctx, id)
  if (job.state === 'done' || job.state === 'cancelled')
    throw new AppError('WRONG_STATE', { state: job.state })
  const next = { ...job, state: 'cancelled', document: '', updated_at: ctx.now }
  ctx.write.putLocal(printJob, next)
  // A job that had reached the printer may have come out in part: its copy number stays taken.
  if (job.system_job === null && !isBeingSent(id)) noteNeverPrinted(ctx, job.print_id)
  return rowToJob(next, ctx.actor.userId)
}

function noteNeverPrinted(ctx: CommandContext, printId: string): void {
  const print = ctx.read.get(q.printById, { id: printId })
  if (!print) return
  ctx.write.insert(paperPrint, {
    kind: print.kind,
    paper_id: print.paper_id,
    patient_id: print.patient_id,
    copy: print.copy,
    printed_at: ctx.now,
    printed_by: ctx.actor.userId,
    printed_by_name: ctx.actor.userName,
    target: print.target,
    printer: print.printer,
    outcome: 'cancelled',
  })
}

export async function findPrinters(services: Services): Promise<OutputOf<Procedures['findPrinters']>> {
  const printers = await services.printing.printers()
  return { printers: [...(printers ?? [])], hasPrintSystem: printers !== null }
}

function requireOwn(
  { read, actor }: Pick<QueryContext, 'read' | 'actor'>,
  id: string,
): RowOf<typeof printJob> {
  const job = read.get(q.jobById, { id })
  if (!job || (job.created_by !== actor.userId && actor.role !== 'admin')) throw new AppError('NOT_FOUND')
  return job
}

function rowToJob(row: Row, userId: string): PrintJob {
  return {
    id: row.id,
    kind: row.kind as PrintJob['kind'],
    title: row.title,
    printer: row.printer,
    state: row.state as PrintJob['state'],
    tries: row.tries,
    problem: printProblems.find((p): p is PrintProblem => p === row.message) ?? null,
    createdByName: row.created_by_name,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    isOwn: row.created_by === userId,
  }
}
