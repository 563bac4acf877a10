// The print queue of this workstation: jobs wait in the database with their document, so that a paper survives a printer
// that is off and a program that ends; the printing system's own word decides what became of each.
import { setTimeout as sleep } from 'node:timers/promises'
import { PrintError, type PrintOrder } from '#core/print/print-port.ts'
import type { PdfDocument } from '#core/pdf/document-model.ts'
import type { CommandContext } from '#core/rpc/context.ts'
import type { JobContext, Services } from '#core/rpc/services.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { PaperKind } from '../shared/paper-data.ts'
import type { JobState, PrintProblem } from '../shared/print-problems.ts'
import * as q from './queries.ts'
import { printJob } from './tables.ts'

type Row = RowOf<typeof printJob>

const keepDays = 30
const pollMs = 700
/** A job the printing system no longer knows is looked for this often before it counts as lost. */
const lostAfter = 4

export interface JobToPrint {
  readonly printId: string
  readonly kind: PaperKind
  readonly printer: string
  readonly document: PdfDocument
}

export function enqueue(services: Services, ctx: CommandContext, job: JobToPrint): string {
  const id = ctx.mint()
  ctx.write.putLocal(printJob, {
    id,
    print_id: job.printId,
    kind: job.kind,
    title: job.document.title,
    printer: job.printer,
    state: 'queued',
    tries: 0,
    message: null,
    system_job: null,
    document: JSON.stringify(job.document),
    created_by: ctx.actor.userId,
    created_by_name: ctx.actor.userName,
    created_at: ctx.now,
    updated_at: ctx.now,
  })
  ctx.afterCommit(() => pump(services, ctx))
  return id
}

const pumping = new WeakSet<Services>()
/** Jobs whose bytes are going to the printing system at this moment: whether it has them is known only afterwards. */
const handing = new Set<string>()

export const isBeingSent = (id: string): boolean => handing.has(id)

/** Starts working the queue off unless that is under way; the one under way finds the new job by itself. */
export function pump(services: Services, ctx: Pick<CommandContext, 'actor' | 'door' | 'opId'>): void {
  if (pumping.has(services)) return
  pumping.add(services)
  services.jobs.start(`papers-print:${ctx.opId}`, ctx.actor, ctx.door, async (desk) => {
    try {
      await workOff(services, desk)
    } finally {
      pumping.delete(services)
    }
  })
}

async function workOff(services: Services, desk: JobContext): Promise<void> {
  forgetOld(desk)
  const unseen = new Map<string, number>()
  while (!desk.signal.aborted) {
    const queued = desk.read((read) => read.all(q.jobsIn, { state: 'queued' }))[0]
    if (queued) {
      await send(services, desk, queued.id)
      continue
    }
    const sent = desk.read((read) => read.all(q.jobsIn, { state: 'sent' }))
    if (sent.length === 0) return
    for (const job of sent) await look(services, desk, job, unseen)
    // Stopping must not wait for a printer.
    await sleep(pollMs, undefined, { signal: desk.signal }).catch(() => {})
  }
}

async function send(services: Services, desk: JobContext, id: string): Promise<void> {
  const job = desk.read((read) => read.get(q.jobById, { id }))
  if (job?.state !== 'queued') return
  try {
    const document = JSON.parse(job.document) as PdfDocument
    const { bytes } = await services.makePdf(document).catch(() => {
      throw new NotMade()
    })
    // Drawing takes a moment, in which a person may have cancelled it or chosen another printer.
    const now = desk.read((read) => read.get(q.jobById, { id }))
    if (now?.state !== job.state || now.printer !== job.printer) return
    const systemJob = await handOver(services, job, { page: document.page, bytes })
    const isStill = change(desk, id, 'queued', {
      state: 'sent',
      message: null,
      system_job: systemJob,
      tries: job.tries + 1,
    })
    if (!isStill) await services.printing.cancel(systemJob)
  } catch (error) {
    const message: PrintProblem = error instanceof PrintError ? error.code : 'NOT_MADE'
    if (!(error instanceof PrintError || error instanceof NotMade))
      services.log.error('printing failed', { error })
    change(desk, id, 'queued', { state: 'failed', message, tries: job.tries + 1 })
  }
}

class NotMade extends Error {}

async function handOver(
  services: Services,
  { id, printer, title }: Pick<Row, 'id' | 'printer' | 'title'>,
  paper: Pick<PrintOrder, 'page' | 'bytes'>,
): Promise<string> {
  handing.add(id)
  try {
    return await services.printing.send({ printer, title, ...paper })
  } finally {
    handing.delete(id)
  }
}

async function look(
  services: Services,
  desk: JobContext,
  job: Pick<Row, 'id' | 'printer' | 'system_job' | 'message'>,
  unseen: Map<string, number>,
): Promise<void> {
  const state = await services.printing.stateOf(job.system_job ?? '')
  if (state === 'printing') return note(desk, job, null)
  if (state === 'waiting')
    return note(desk, job, (await isStopped(services, job.printer)) ? 'PRINTER_STOPPED' : null)
  if (state === 'lost') {
    const times = (unseen.get(job.id) ?? 0) + 1
    unseen.set(job.id, times)
    if (times >= lostAfter) change(desk, job.id, 'sent', { state: 'failed', message: 'LOST' })
    return
  }
  if (state === 'done') return void change(desk, job.id, 'sent', { state, message: null, document: '' })
  change(desk, job.id, 'sent', {
    state: 'failed',
    message: state === 'cancelled' ? 'INTERRUPTED' : 'REFUSED',
  })
}

async function isStopped(services: Services, printer: string): Promise<boolean> {
  const printers = (await services.printing.printers()) ?? []
  return printers.some((p) => p.name === printer && p.state === 'stopped')
}

function note(desk: JobContext, job: Pick<Row, 'id' | 'message'>, message: PrintProblem | null): void {
  if (job.message !== message) change(desk, job.id, 'sent', { message })
}

/** Only while the job is as it was read: a person may have cancelled it meanwhile. Tells whether it was. */
function change(
  desk: JobContext,
  id: string,
  from: JobState,
  changes: Partial<Pick<Row, 'state' | 'message' | 'system_job' | 'tries' | 'document'>>,
): boolean {
  const detail = changes.state ? `${changes.state}${changes.message ? ` ${changes.message}` : ''}` : 'waiting'
  return desk.transact({ action: 'print-job.progress', category: 'none', detail }, (ctx) => {
    const job = ctx.read.get(q.jobById, { id })
    if (job?.state !== from) return false
    ctx.write.putLocal(printJob, { ...job, ...changes, updated_at: ctx.now })
    return true
  })
}

function forgetOld(desk: JobContext): void {
  const before = new Date(desk.now() - keepDays * 86_400_000).toISOString()
  const old = desk
    .read((read) => read.all(q.jobsUntil, { before }))
    .filter((job) => job.state !== 'queued' && job.state !== 'sent')
  if (old.length === 0) return
  desk.transact({ action: 'print-job.forget', category: 'none', detail: `${old.length} jobs` }, (ctx) => {
    for (const { id } of old) ctx.write.deleteLocal(printJob, { id })
  })
}
