// Prints a paper through the print dialog of this window or browser: its pages as sharp pictures on sheets of their size.
import { openPdf } from './pdf-pages.ts'

/** Dots an inch: laser printers of clinics have 600, and letters at 300 look the same on paper. */
const dpi = 300
const longestDialogMs = 10 * 60_000

export async function printHere(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const pdf = await openPdf(bytes)
  try {
    const { width, height } = await pdf.size(1)
    const sheets: HTMLElement[] = []
    const addresses: string[] = []
    for (let page = 1; page <= pdf.pages; page++) {
      const address = URL.createObjectURL(await pictureOf(await pdf.draw(page, dpi / 72)))
      addresses.push(address)
      const image = document.createElement('img')
      image.src = address
      image.alt = ''
      await image.decode()
      const sheet = document.createElement('div')
      sheet.className = 'pp-sheet'
      sheet.append(image)
      sheets.push(sheet)
    }
    await dialog(sheets, width, height)
    for (const address of addresses) URL.revokeObjectURL(address)
  } finally {
    pdf.close()
  }
}

function pictureOf(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the page could not be drawn'))),
      'image/png',
    )
  })
}

/** Resolves when the dialog is closed, whatever was chosen there: no browser tells. */
async function dialog(sheets: readonly HTMLElement[], width: number, height: number): Promise<void> {
  const holder = document.createElement('div')
  holder.className = 'pp-print'
  holder.append(...sheets)
  // Built by the object model: the content policy allows no style in the page itself.
  const style = new CSSStyleSheet()
  style.replaceSync(
    `@page { size: ${width}pt ${height}pt; margin: 0 } .pp-sheet img { inline-size: ${width}pt; block-size: ${height - 0.5}pt }`,
  )
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, style]
  document.body.append(holder)
  document.documentElement.classList.add('pp-printing')
  // Some browsers return from here at once and tell when the dialog is closed.
  const closed = new Promise((resolve) => {
    window.addEventListener('afterprint', resolve, { once: true })
    setTimeout(resolve, longestDialogMs)
  })
  try {
    window.print()
    await closed
  } finally {
    document.documentElement.classList.remove('pp-printing')
    holder.remove()
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== style)
  }
}
