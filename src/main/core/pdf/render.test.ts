// Real PDFs, read back by another program: text that can be found, pages that hold, fonts that travel with the file.
import { expect, test, vi } from 'vitest'
import { fontFolder, pdfFonts, pdfInfo, pdfPicture, pdfText } from '#testkit/pdf.ts'
import type { Block, PdfDocument, Span } from './document-model.ts'
import { qrModules } from './qr.ts'
import { renderPdf } from './render.ts'

vi.setConfig({ testTimeout: 60_000 })

const document = (blocks: readonly Block[], more: Partial<PdfDocument> = {}): PdfDocument => ({
  page: 'A4',
  language: 'en',
  direction: 'ltr',
  title: 'Paper 1',
  blocks,
  runningHead: [{ text: 'Paper 1 goes on' }],
  footer: { start: [{ text: 'Reg 123' }], end: [{ text: 'Page {page} of {pages}' }] },
  createdAt: '2026-11-22T13:05:00.000Z',
  ...more,
})
const text = (...spans: (string | Span)[]): Block => ({
  kind: 'text',
  spans: spans.map((span) => (typeof span === 'string' ? { text: span } : span)),
})
const make = (blocks: readonly Block[], more?: Partial<PdfDocument>) =>
  renderPdf(document(blocks, more), fontFolder)

const samples = {
  Latin: 'Müßiggänger office fi, Nguyễn Thị Minh, €12.50',
  Cyrillic: 'Пациент: Анна Иванова, 14 марта 1986',
  Greek: 'Ασθενής: Ελένη Παπαδοπούλου',
  Arabic: 'المريضة ليلى عبد الرحمن الخطيب لا تأكل الفول',
  'Arabic with vowel signs': 'مُحَمَّدٌ يَشْرَبُ الدَّوَاءَ قرصًا',
  Hebrew: 'המטופלת שרה כהן מירושלים',
  Devanagari: 'रोगी का नाम प्रिया शर्मा, क्षत्रिय विद्यार्थी',
  Thai: 'ผู้ป่วยหญิงมีอาการปวดหัวและคลื่นไส้',
  Chinese: '患者王小明，每日一次，饭后服用。',
}

test.each(Object.entries(samples))(
  '%s is found again by a reader, letter by letter',
  async (_script, words) => {
    const direction = /[\u0590-\u07ff]/.test(words) ? 'rtl' : 'ltr'
    const { bytes, missing } = await make([text(words)], { direction })
    expect(missing).toEqual([])
    expect(pdfText(bytes)).toContain(words.normalize('NFC').replaceAll(/\s+/g, ' '))
  },
)

test('names, drugs and amounts of both directions stand in one line and are each found whole', async () => {
  const { bytes } = await make(
    [
      text(
        'المريض ',
        { text: 'Hannah Weiss', bold: true },
        ' الدواء ',
        'Ramipril 10 mg',
        ' المبلغ ',
        '12,50 €',
      ),
    ],
    { direction: 'rtl', language: 'ar' },
  )
  const found = pdfText(bytes)
  for (const part of ['المريض', 'Hannah Weiss', 'الدواء', 'Ramipril 10 mg', '12,50 €'])
    expect(found).toContain(part)
})

test('a character without a font is written as its code point and reported, never as an empty box', async () => {
  const { bytes, missing } = await make([text('Ana 😀 Sol 𐎠')])
  expect(missing).toEqual(['U+1F600', 'U+103A0'])
  expect(pdfText(bytes)).toContain('Ana [U+1F600] Sol [U+103A0]')
})

test('fonts are embedded as subsets, and the file stays small although the Chinese font is not', async () => {
  const { bytes } = await make(
    Object.values(samples).map((words) => text(words, { text: words, bold: true })),
  )
  const fonts = pdfFonts(bytes)
  expect(fonts.length).toBeGreaterThan(8)
  expect(fonts.every((font) => font.isEmbedded && font.isSubset)).toBe(true)
  expect(bytes.length).toBeLessThan(150_000)
})

test.each([
  ['A4', '595.28 x 841.89 pts (A4)'],
  ['A5', '419.53 x 595.28 pts'],
  ['Letter', '612 x 792 pts (letter)'],
] as const)('%s has its size', async (page, size) => {
  const { bytes } = await make([text('x')], { page })
  expect(pdfInfo(bytes)).toMatchObject({ 'Page size': size, Title: 'Paper 1', Pages: '1' })
})

const table = (rows: number): Block => ({
  kind: 'table',
  head: ['Service', 'Amount'],
  columns: [{ share: 3 }, { share: 1, align: 'end' }],
  rows: Array.from({ length: rows }, (_, n) => [[[{ text: `Line ${n + 1}` }]], [[{ text: `${n + 1}.00` }]]]),
})

test.each([1, 40, 400])(
  'a table of %i lines loses none of them; head, page number and whose it is are on every page',
  async (rows) => {
    const { bytes, pages } = await make([table(rows), text('The end')])
    const found = pdfText(bytes, '-layout').split('\f').slice(0, pages)
    expect(found).toHaveLength(pages)
    for (let n = 1; n <= rows; n++) expect(found.join('\n')).toMatch(new RegExp(`Line ${n}\\s+${n}\\.00`))
    found.forEach((page, n) => {
      expect(page).toContain(`Page ${n + 1} of ${pages}`)
      if (/Line \d/.test(page)) expect(page).toContain('Service')
      if (n > 0) expect(page).toContain('Paper 1 goes on')
    })
    expect(found.at(-1)).toContain('The end')
    // Nothing is drawn over the foot or past the edge.
    const last = pdfPicture(bytes, 40, pages)
    expect(inkIn(last, 0, Math.round(last.height * 0.02))).toBe(0)
  },
)

test('a cell longer than a page goes on over it, whole', async () => {
  const words = Array.from({ length: 1200 }, (_, n) => `word${n}`)
  const { bytes, pages } = await make([
    {
      kind: 'table',
      head: ['Note', ''],
      columns: [{ share: 1 }, { share: 1 }],
      rows: [[[[{ text: words.join(' ') }]], [[]]]],
    },
  ])
  expect(pages).toBeGreaterThan(2)
  const found = pdfText(bytes)
  expect(words.filter((word) => !new RegExp(`${word}\\b`).test(found))).toEqual([])
})

test('a word longer than its line is cut, not lost and not drawn past the edge', async () => {
  const word = 'W'.repeat(300)
  const { bytes } = await make([text(word)])
  expect(pdfText(bytes).replaceAll(/[^W]/g, '')).toHaveLength(300)
  const picture = pdfPicture(bytes, 40)
  expect(inkRight(picture, 0.93)).toBe(0)
})

function inkIn({ width, pixels }: { width: number; pixels: Uint8Array }, from: number, to: number): number {
  return pixels.subarray(from * width, to * width).filter((p) => p < 200).length
}

function inkRight(
  { width, height, pixels }: { width: number; height: number; pixels: Uint8Array },
  share: number,
): number {
  let ink = 0
  for (let y = 0; y < height; y++)
    for (let x = Math.round(width * share); x < width; x++) if ((pixels[y * width + x] ?? 255) < 200) ink += 1
  return ink
}

test('a QR code is whole squares up to their corners, for the scanner of a bad day', async () => {
  const code = 'K7QX-9DTM-4W2P-HRRH-QQQQ'
  const { bytes } = await make([{ kind: 'qr', text: code, size: 130 }], {
    footer: { start: [], end: [] },
  })
  const { width, height, pixels } = pdfPicture(bytes, 300)
  const isDark = (x: number, y: number) => (pixels[Math.round(y) * width + Math.round(x)] ?? 255) < 128
  const dark = Array.from({ length: width * height }, (_, at) => at).filter((at) => (pixels[at] ?? 255) < 128)
  const left = Math.min(...new Set(dark.map((at) => at % width)))
  const top = Math.floor((dark[0] ?? 0) / width)
  const bottom = Math.floor((dark.at(-1) ?? 0) / width) + 1
  const modules = qrModules(code)
  const border = 4
  const side = (bottom - top) / (modules.length - 2 * border)
  const wrong = modules.flatMap((cells, row) =>
    cells.flatMap((cell, column) =>
      [0.12, 0.5, 0.88].flatMap((dx) =>
        [0.12, 0.5, 0.88].flatMap((dy) =>
          isDark(left + (column - border + dx) * side, top + (row - border + dy) * side) === cell
            ? []
            : [`${row}/${column}`],
        ),
      ),
    ),
  )
  expect(wrong).toEqual([])
})
