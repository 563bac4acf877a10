// Draws pages of our own papers by pdf.js. It runs in the page itself, without worker, scripting, forms or fonts of the
// system: the content policy lets no frame and no worker be made (docs/adr/0018), and a paper is a few pages.
import type { PDFDocumentProxy } from 'pdfjs-dist'

export interface OpenPdf {
  readonly pages: number
  /** Size of a page in points. */
  size(page: number): Promise<{ readonly width: number; readonly height: number }>
  /** @param scale pixels a point */
  draw(page: number, scale: number): Promise<HTMLCanvasElement>
  close(): void
}

export async function openPdf(bytes: Uint8Array<ArrayBuffer>): Promise<OpenPdf> {
  const [pdfjs, worker] = await Promise.all([
    import('pdfjs-dist'),
    // pdf.js takes the worker's code from here instead of starting one.
    import('pdfjs-dist/build/pdf.worker.mjs'),
  ])
  Object.assign(globalThis, { pdfjsWorker: worker })
  const loading = pdfjs.getDocument({
    data: bytes,
    enableXfa: false,
    useSystemFonts: false,
    useWorkerFetch: false,
    useWasm: false,
    // A font that is drawn as shapes needs no entry among the fonts of the page.
    disableFontFace: true,
  })
  return opened(await loading.promise, () => void loading.destroy())
}

function opened(pdf: PDFDocumentProxy, close: () => void): OpenPdf {
  return {
    pages: pdf.numPages,
    async size(number) {
      const { width, height } = (await pdf.getPage(number)).getViewport({ scale: 1 })
      return { width, height }
    },
    async draw(number, scale) {
      const page = await pdf.getPage(number)
      const viewport = page.getViewport({ scale })
      const canvas = document.createElement('canvas')
      canvas.width = Math.ceil(viewport.width)
      canvas.height = Math.ceil(viewport.height)
      await page.render({ canvas, viewport, background: '#ffffff' }).promise
      return canvas
    },
    close,
  }
}
