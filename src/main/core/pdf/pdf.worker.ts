// The isolated maker of papers: a document in, PDF bytes and a report out. No database, no keys, no network; it can read
// the program's own files, among them the fonts.
import { serveWorker } from '../isolate/worker-port.ts'
import type { PdfDocument } from './document-model.ts'
import type { PdfJob } from './pdf-maker.ts'
import { renderPdf } from './render.ts'

serveWorker(async ({ data, input, send }) => {
  const { fontFolder } = data as PdfJob
  const parts: Uint8Array[] = []
  for await (const part of input) parts.push(part)
  const document = JSON.parse(Buffer.concat(parts).toString('utf8')) as PdfDocument
  await send(await renderPdf(document, fontFolder))
})
