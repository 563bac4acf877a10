// The queue against a real print scheduler (cupsd on a socket of its own): what comes out, what is told when nothing does.
import { readFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { invoiced, patientOf, withFees } from '#testkit/billing.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { canRunCups, startCups, type TestCups } from '#testkit/cups.ts'
import { pdfText } from '#testkit/pdf.ts'
import { isBeingSent } from './print-queue.ts'

// Papers are drawn in processes of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 90_000 })

let before: string | undefined
beforeEach(() => {
  before = process.env.CUPS_SERVER
  process.env.CUPS_SERVER = '/nonexistent/cups.sock'
})
afterEach(() => {
  if (before === undefined) delete process.env.CUPS_SERVER
  else process.env.CUPS_SERVER = before
})

async function withInvoice(clinic: TestClinic) {
  const fees = await withFees(clinic)
  const patientId = await patientOf(clinic, 'Ana Sol')
  const { id } = await invoiced(clinic, patientId, fees.visit)
  return { patientId, id, target: 'printer' as const }
}
const idle = (clinic: TestClinic) => clinic.clinic.services.jobs.idle()

/** Looks again after each announcement of the queue until it is so. */
function until(clinic: TestClinic, isSo: () => Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = () => void isSo().then((yes) => yes && (stop(), resolve()), reject)
    const stop = clinic.clinic.onChanged((tables) => tables.includes('print_job') && look())
    look()
  })
}

test('without a printer set for the paper nothing is printed and no copy is counted', async () => {
  await using clinic = await testClinic()
  const order = await withInvoice(clinic)
  const { papers } = clinic.as('reception')
  await expect(papers.printInvoice(order)).rejects.toMatchObject({ code: 'NO_PRINTER' })
  expect((await papers.printInvoice({ ...order, target: 'file' })).copy).toBe(1)
})

test('without a printing system the job fails, says so, and waits for another try', async () => {
  await using clinic = await testClinic()
  const order = await withInvoice(clinic)
  const { papers } = clinic.as('reception')
  expect(await papers.findPrinters({})).toEqual({ printers: [], hasPrintSystem: false })
  const { jobId } = await papers.printInvoice({ ...order, printer: 'Front-desk' })
  await idle(clinic)
  expect(await papers.jobs({})).toMatchObject([
    { id: jobId, state: 'failed', problem: 'NO_PRINT_SYSTEM', tries: 1 },
  ])
  await papers.retryJob({ id: jobId ?? '' })
  await idle(clinic)
  expect(await papers.jobs({})).toMatchObject([{ state: 'failed', tries: 2 }])
})

test('a colleague’s job is nobody else’s to see or touch, an admin’s only; cancelled before it left, its copy never was', async () => {
  await using clinic = await testClinic()
  const order = await withInvoice(clinic)
  const desk = clinic.as('reception').papers
  const { jobId, copy } = await desk.printInvoice({ ...order, printer: 'Front-desk' })
  await idle(clinic)
  const id = jobId ?? ''
  const billing = clinic.as('billing').papers
  expect(await billing.jobs({})).toEqual([])
  await expect(billing.retryJob({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  await expect(billing.cancelJob({ id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  expect(await clinic.as('admin').papers.jobs({})).toMatchObject([{ id, isOwn: false }])
  expect(await clinic.as('admin').papers.cancelJob({ id })).toMatchObject({ state: 'cancelled' })
  await expect(desk.retryJob({ id })).rejects.toMatchObject({ code: 'WRONG_STATE' })
  expect((await desk.printInvoice({ ...order, target: 'file' })).copy).toBe(copy)
})

test('no patient’s name goes into the title of a job, which stands in the printer’s own list', async () => {
  await using clinic = await testClinic()
  const order = await withInvoice(clinic)
  const { papers } = clinic.as('reception')
  await papers.printInvoice({ ...order, printer: 'Front-desk' })
  await idle(clinic)
  expect((await papers.jobs({}))[0]?.title).toMatch(/^Invoice /)
  expect((await papers.jobs({}))[0]?.title).not.toContain('Ana')
})

test('names of printers cannot be options of a command', async () => {
  await using clinic = await testClinic()
  const order = await withInvoice(clinic)
  for (const printer of ['-o raw', '--help', 'a b', 'a/b', ''])
    await expect(clinic.as('reception').papers.printInvoice({ ...order, printer })).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    })
})

describe.runIf(canRunCups)('with a print scheduler', () => {
  let cups: TestCups
  beforeEach(async () => {
    cups = await startCups()
    process.env.CUPS_SERVER = cups.server
    cups.addPrinter('Front-desk')
  })
  afterEach(() => cups[Symbol.asyncDispose]())

  test('the paper comes out whole, and the queue knows it', async () => {
    await using clinic = await testClinic()
    const order = await withInvoice(clinic)
    const { papers } = clinic.as('reception')
    expect(await papers.findPrinters({})).toMatchObject({
      hasPrintSystem: true,
      printers: [{ name: 'Front-desk', state: 'idle' }],
    })
    await papers.printInvoice({ ...order, printer: 'Front-desk' })
    await idle(clinic)
    expect(await papers.jobs({})).toMatchObject([{ state: 'done', problem: null, tries: 1 }])
    const [file = ''] = cups.printed()
    expect(pdfText(readFileSync(file), '-layout')).toMatch(/Ana Sol[\s\S]*Total\s+€50\.00/)
    const left = clinic.read((r) => r.list((db) => db.selectFrom('print_job').select('document')))
    expect(left).toEqual([{ document: '' }])
  })

  test('a stopped printer is told as stopped; when it goes on, the paper comes out', async () => {
    await using clinic = await testClinic()
    const order = await withInvoice(clinic)
    const { papers } = clinic.as('reception')
    cups.stop('Front-desk')
    await papers.printInvoice({ ...order, printer: 'Front-desk' })
    await until(clinic, async () => (await papers.jobs({}))[0]?.problem === 'PRINTER_STOPPED')
    expect(cups.printed()).toEqual([])
    cups.resume('Front-desk')
    await idle(clinic)
    expect(await papers.jobs({})).toMatchObject([{ state: 'done', problem: null }])
    expect(cups.printed()).toHaveLength(1)
  })

  test('a job cancelled here is cancelled at the printer', async () => {
    await using clinic = await testClinic()
    const order = await withInvoice(clinic)
    const { papers } = clinic.as('reception')
    cups.stop('Front-desk')
    const { jobId } = await papers.printInvoice({ ...order, printer: 'Front-desk' })
    await until(clinic, async () => (await papers.jobs({}))[0]?.state === 'sent')
    expect(await papers.cancelJob({ id: jobId ?? '' })).toMatchObject({ state: 'cancelled' })
    await idle(clinic)
    cups.resume('Front-desk')
    expect(await papers.jobs({})).toMatchObject([{ state: 'cancelled' }])
    expect(cups.printed()).toEqual([])
  })

  test('cancelled while the paper is being drawn, it does not come out; the next one is the first copy', async () => {
    await using clinic = await testClinic()
    const order = await withInvoice(clinic)
    const { papers } = clinic.as('reception')
    const { jobId, copy } = await papers.printInvoice({ ...order, printer: 'Front-desk' })
    expect(await papers.cancelJob({ id: jobId ?? '' })).toMatchObject({ state: 'cancelled' })
    await idle(clinic)
    expect(cups.printed()).toEqual([])
    expect((await papers.printInvoice({ ...order, target: 'file' })).copy).toBe(copy)
  })

  test('cancelled while the printer is taking it, it is stopped there, and its copy number stays taken', async () => {
    await using clinic = await testClinic()
    const order = await withInvoice(clinic)
    const { papers } = clinic.as('reception')
    cups.stop('Front-desk')
    const { jobId, copy } = await papers.printInvoice({ ...order, printer: 'Front-desk' })
    const id = jobId ?? ''
    await vi.waitFor(() => expect(isBeingSent(id)).toBe(true), { interval: 1, timeout: 30_000 })
    await papers.cancelJob({ id })
    await idle(clinic)
    cups.resume('Front-desk')
    expect((await papers.printInvoice({ ...order, printer: 'Front-desk' })).copy).toBe(copy + 1)
    await idle(clinic)
    expect((await papers.jobs({})).map((job) => job.state)).toEqual(['done', 'cancelled'])
    expect(cups.printed()).toHaveLength(1)
  })

  test('an unknown printer is named as the problem; another one takes the paper over', async () => {
    await using clinic = await testClinic()
    const order = await withInvoice(clinic)
    const { papers } = clinic.as('reception')
    const { jobId } = await papers.printInvoice({ ...order, printer: 'Gone' })
    await idle(clinic)
    expect(await papers.jobs({})).toMatchObject([{ state: 'failed', problem: 'PRINTER_UNKNOWN' }])
    await papers.retryJob({ id: jobId ?? '', printer: 'Front-desk' })
    await idle(clinic)
    expect(await papers.jobs({})).toMatchObject([{ state: 'done', printer: 'Front-desk', tries: 2 }])
    expect(cups.printed()).toHaveLength(1)
  })

  test('what was queued when the program ended is printed when somebody prints again', async () => {
    await using first = await testClinic()
    const order = await withInvoice(first)
    cups.stop('Front-desk')
    await first.as('reception').papers.printInvoice({ ...order, printer: 'Front-desk' })
    await until(first, async () => (await first.as('reception').papers.jobs({}))[0]?.state === 'sent')
    await using again = await first.reopen()
    cups.resume('Front-desk')
    const { papers } = again.as('reception')
    await papers.printInvoice({ ...order, printer: 'Front-desk' })
    await idle(again)
    expect((await papers.jobs({})).map((job) => job.state)).toEqual(['done', 'done'])
  })
})
