// Which procedure shows and prints which paper, and the bytes behind a token.
import { callProcedure, client } from '#renderer/api/hooks.ts'
import { newOpId } from '#renderer/api/client.ts'
import type { PatientId } from '#shared/ids.ts'
import { type PaperFile, papers, type Printed } from '../shared/contract.ts'
import type { PaperRef } from '../shared/paper-data.ts'

export type Where = { readonly target: 'browser' | 'file' | 'printer'; readonly printer?: string | null }

export async function askPreview({ kind, patientId, id }: PaperRef): Promise<PaperFile> {
  const input = { patientId: patientId as PatientId, id }
  switch (kind) {
    case 'prescription':
      return callProcedure(papers, 'previewPrescription', input)
    case 'invoice':
      return callProcedure(papers, 'previewInvoice', input)
    case 'receipt':
      return callProcedure(papers, 'previewReceipt', input)
    case 'sick-note':
      return callProcedure(papers, 'previewSickNote', input)
    case 'day-sheet':
      return (await callProcedure(papers, 'previewDaySheet', { date: id })).file
  }
}

/** Takes a copy number: called once for each act of a person. */
export function askPrint({ kind, patientId, id }: PaperRef, where: Where): Promise<Printed> {
  const input = { patientId: patientId as PatientId, id, ...where }
  const once = { opId: newOpId() }
  switch (kind) {
    case 'prescription':
      return callProcedure(papers, 'printPrescription', input, once)
    case 'invoice':
      return callProcedure(papers, 'printInvoice', input, once)
    case 'receipt':
      return callProcedure(papers, 'printReceipt', input, once)
    case 'sick-note':
      return callProcedure(papers, 'printSickNote', input, once)
    case 'day-sheet':
      return callProcedure(papers, 'printDaySheet', { date: id, ...where }, once)
  }
}

export const fetchPaper = (file: PaperFile): Promise<Uint8Array<ArrayBuffer>> => client.download(file.token)

/** Through the print dialog of this window or browser. */
export async function printFile(file: PaperFile): Promise<void> {
  const bytes = await fetchPaper(file)
  const { printHere } = await import('./print-here.ts')
  await printHere(bytes)
}
