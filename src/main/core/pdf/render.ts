// One document to PDF bytes: boxes onto pages, heads of tables repeated, the foot written when the pages are counted.
import PdfKit from 'pdfkit'
import { type Box, type BoxContext, boxesOf, type Drawing, stack, styled } from './boxes.ts'
import { checkImage } from './check-image.ts'
import { type PageSize, pageMeasures, type PdfDocument, type PdfReport } from './document-model.ts'
import { type Canvas, type Line, TextEngine } from './text-engine.ts'

const scales: Readonly<Record<PageSize, number>> = { A4: 1, A5: 0.8, Letter: 1 }
const footSize = 9

export interface Rendered extends PdfReport {
  readonly bytes: Uint8Array
}

/** @param fontFolder where the bundled fonts are */
export async function renderPdf(document: PdfDocument, fontFolder: string): Promise<Rendered> {
  const [width, height] = pageMeasures[document.page]
  const at = new Date(document.createdAt)
  const pdf = new PdfKit({
    size: [width, height],
    margin: 0,
    bufferPages: true,
    autoFirstPage: false,
    lang: document.language,
    displayTitle: true,
    // No font of pdfkit's own: it would be looked for on the disk.
    font: null as unknown as string,
    info: { Title: document.title, Creator: 'Osler', Producer: 'Osler', CreationDate: at, ModDate: at },
  })
  const done = collect(pdf)
  const pages = layOut(pdf, document, fontFolder)
  pdf.end()
  return { bytes: await done, ...pages }
}

function collect(pdf: PDFKit.PDFDocument): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  return new Promise((resolve, reject) => {
    pdf.on('data', (chunk: Buffer) => chunks.push(chunk))
    pdf.on('end', () => resolve(Buffer.concat(chunks)))
    pdf.on('error', reject)
  })
}

function layOut(pdf: PDFKit.PDFDocument, document: PdfDocument, fontFolder: string): PdfReport {
  const [pageWidth, pageHeight] = pageMeasures[document.page]
  const scale = scales[document.page]
  const margin = 50 * scale
  const width = pageWidth - 2 * margin
  const text = new TextEngine(pdf as unknown as Canvas, fontFolder)
  const ctx: BoxContext = { text, drawing: drawingOn(pdf), direction: document.direction, scale }
  const foot = layOutFoot(ctx, document, width)
  const bottom = pageHeight - margin * 0.8 - foot.height - 12 * scale
  let pages = 0
  let y = 0

  const newPage = () => {
    pdf.addPage()
    pages += 1
    y = margin
    if (pages === 1 || document.runningHead.length === 0) return
    const head = stack(
      boxesOf(
        ctx,
        [
          { kind: 'text', spans: document.runningHead, size: 10 },
          { kind: 'space', height: 5 },
          { kind: 'rule' },
          { kind: 'space', height: 12 },
        ],
        width,
      ),
    )
    head.draw(margin, y)
    y += head.height
  }

  newPage()
  const freshTop = () => (pages === 1 ? margin : margin + 32 * scale)
  const place = (box: Box, following: number) => {
    const isFresh = y <= freshTop() + 1
    if (box.isSpace && isFresh && pages > 1) return
    if (y + box.height + following > bottom && !isFresh) {
      newPage()
      if (box.isSpace) return
      if (box.head) {
        box.head.draw(margin, y)
        y += box.head.height
      }
    }
    if (y + box.height > bottom && box.parts && box.parts.length > 0) {
      box.parts.forEach((part) => place(part, 0))
      return
    }
    if (box.atBottom) y = Math.max(y, bottom - box.height)
    box.draw(margin, y)
    y += box.height
  }
  const boxes = boxesOf(ctx, document.blocks, width)
  boxes.forEach((box, n) => place(box, heightKeptWith(boxes, n)))
  for (let page = 0; page < pages; page++) {
    pdf.switchToPage(page)
    drawFoot(ctx, document, foot, { page: page + 1, pages, x: margin, y: bottom + 12 * scale, width })
  }
  return { pages, missing: text.missing }
}

/** Height of what must follow a box on its page. */
function heightKeptWith(boxes: readonly Box[], at: number): number {
  let height = 0
  for (let n = at; boxes[n]?.keepWithNext; n++) height += boxes[n + 1]?.height ?? 0
  return Math.min(height, 200)
}

interface Foot {
  readonly start: readonly Line[]
  readonly height: number
}

/** Registration and tax numbers stand in the foot: it takes the lines it needs. */
function layOutFoot(ctx: BoxContext, document: PdfDocument, width: number): Foot {
  const endWidth = ctx.text.widthOf(pageNumber(ctx, document, 99, 99), ctx.direction)
  const spans = styled(ctx, document.footer.start, footSize)
  const start = ctx.text.lines(spans, ctx.direction, width - endWidth - 16)
  return { start, height: Math.max(1, start.length) * (start[0]?.height ?? 0) }
}

function pageNumber(ctx: BoxContext, document: PdfDocument, page: number, pages: number) {
  const digits = new Intl.NumberFormat(document.language)
  const filled = document.footer.end.map((span) => ({
    ...span,
    text: span.text.replace('{pages}', digits.format(pages)).replace('{page}', digits.format(page)),
  }))
  return styled(ctx, filled, footSize)
}

function drawFoot(
  ctx: BoxContext,
  document: PdfDocument,
  foot: Foot,
  at: { page: number; pages: number; x: number; y: number; width: number },
): void {
  const isRtl = ctx.direction === 'rtl'
  foot.start.forEach((line, n) => {
    ctx.text.draw(line, isRtl ? at.x + at.width - line.width : at.x, at.y + n * line.height)
  })
  const end = pageNumber(ctx, document, at.page, at.pages)
  for (const line of ctx.text.lines(end, ctx.direction, Infinity)) {
    ctx.text.draw(line, isRtl ? at.x : at.x + at.width - line.width, at.y)
  }
}

function drawingOn(pdf: PDFKit.PDFDocument): Drawing {
  return {
    rect: (x, y, width, height, color) => void pdf.rect(x, y, width, height).fill(color),
    panel: (x, y, width, height, color) => void pdf.roundedRect(x, y, width, height, 3).fill(color),
    line: (x, y, width, thickness, color) =>
      void pdf
        .moveTo(x, y)
        .lineTo(x + width, y)
        .lineWidth(thickness)
        .strokeColor(color)
        .stroke(),
    image(data, x, y, { width, height, isRight }) {
      const bytes = Buffer.from(data, 'base64')
      checkImage(bytes)
      const align = isRight ? ('right' as const) : undefined
      pdf.image(bytes, x, y, { fit: [width, height], ...(align ? { align } : {}) })
    },
  }
}
