// Chromium's own text engine is the judge of ours: the same words in the same fonts, drawn by both, must cover the same
// places. A wrong order, a letter that did not join or a missing conjunct moves the ink.
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderPdf } from '#core/pdf/render.ts'
import { fontFolder, type Grey, pdfPicture } from '#testkit/pdf.ts'

const chromiumPath = [process.env.CHROMIUM_PATH, '/usr/bin/chromium', '/usr/bin/google-chrome'].find(
  (file) => file !== undefined && existsSync(file),
)

/** First in the order in which our engine tries them. */
const families = [
  'NotoSans',
  'NotoSansArabic',
  'NotoSansHebrew',
  'NotoSansDevanagari',
  'NotoSansThai',
  'NotoSansSC',
]
/** Noto Sans has Devanagari letters of its own; ours takes the script's font first. */
const devanagari = ['NotoSansDevanagari', ...families]

const samples: readonly [string, string, ('ltr' | 'rtl')?, (readonly string[])?][] = [
  ['Latin with kerning and ligatures', 'AVATAR Wolke Tee office Nguyễn'],
  ['Cyrillic', 'Щукина Анна Юрьевна, 14 марта'],
  ['Greek', 'Παπαδοπούλου Ελένη, Αθήνα'],
  ['Arabic that joins', 'الطبيبة ليلى عبد الرحمن لا تأكل', 'rtl'],
  ['Arabic with vowel signs', 'مُحَمَّدٌ يَشْرَبُ الدَّوَاءَ', 'rtl'],
  ['Arabic with both kinds of digits', 'فاتورة ١٢٣ بتاريخ 14.03.2026 للمبلغ ١٢٫٥٠', 'rtl'],
  ['Arabic with Latin inside and brackets', 'دواء Ramipril 10 mg (مساءً) اليوم', 'rtl'],
  ['Hebrew with digits', 'חשבונית 417 עבור שרה כהן (ירושלים)', 'rtl'],
  ['Arabic inside English', 'Patient ليلى الخطيب born 1986'],
  ['Devanagari conjuncts', 'क्षत्रिय श्री विद्यार्थी हिन्दी प्रिया', 'ltr', devanagari],
  ['Thai with marks above and below', 'ผู้ป่วยมีไข้สูงและน้ำมูก'],
  ['Chinese', '患者王小明，每日一次，饭后服用。'],
  ['Chinese with Latin and digits', '阿司匹林 Aspirin 100 毫克'],
]

describe.runIf(chromiumPath !== undefined)('every script as Chromium draws it', () => {
  let browser: Browser
  let theirs: Page
  beforeAll(async () => {
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
    browser = await chromium.launch({
      executablePath: chromiumPath ?? '',
      args: [...args, '--font-render-hinting=none'],
    })
    theirs = await pageOfSamples(browser)
  })
  afterAll(() => browser?.close())

  test.each(samples.map(([name], n) => [name, n] as const))('%s', async (_name, n) => {
    const [, words, direction = 'ltr'] = samples[n] ?? ['', '']
    const drawn = cut(await drawnByUs(words, direction))
    const judge = cut(await drawnByChromium(theirs, n))
    expect(Math.abs(drawn.width - judge.width) / judge.width).toBeLessThan(0.012)
    expect(Math.abs(drawn.height - judge.height)).toBeLessThanOrEqual(3)
    expect(overlap(drawn, judge)).toBeGreaterThan(0.82)
  })

  test('the judge judges: the same Arabic words in another order do not pass', async () => {
    const n = samples.findIndex(([name]) => name === 'Arabic that joins')
    const [, words = ''] = samples[n] ?? []
    const turned = cut(await drawnByUs(words.split(' ').reverse().join(' '), 'rtl'))
    expect(overlap(turned, cut(await drawnByChromium(theirs, n)))).toBeLessThan(0.6)
  })
})

const size = 24
/** A point at 144 dpi is two pixels. */
const scale = 2

async function drawnByUs(words: string, direction: 'ltr' | 'rtl'): Promise<Grey> {
  const { bytes } = await renderPdf(
    {
      page: 'A4',
      language: direction === 'rtl' ? 'ar' : 'en',
      direction,
      title: 'x',
      blocks: [{ kind: 'text', spans: [{ text: words }], size }],
      runningHead: [],
      footer: { start: [], end: [] },
      createdAt: '2026-01-01T00:00:00.000Z',
    },
    fontFolder,
  )
  return pdfPicture(bytes, 72 * scale)
}

async function pageOfSamples(browser: Browser): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1000, height: 1200 }, deviceScaleFactor: scale })
  const faces = families.map((name) => {
    const file = pathToFileURL(path.join(fontFolder, `${name}_400Regular.ttf`))
    return `@font-face{font-family:${name};src:url(${file.href})}`
  })
  const lines = samples.map(
    ([, words, direction = 'ltr', order = families], n) =>
      `<div id="s${n}" dir="${direction}" style="font-family:${order.join(',')}">${words}</div>`,
  )
  // Only a page of the file system may load fonts from it.
  await page.goto(pathToFileURL(path.join(fontFolder, 'OFL.txt')).href)
  await page.setContent(
    `<style>${faces.join('')}div{padding:16px;font-size:${size}px;color:#1c2127;white-space:nowrap}</style>${lines.join('')}`,
  )
  await page.evaluate(() => document.fonts.ready.then(() => undefined))
  return page
}

/** The browser decodes its own picture. */
async function drawnByChromium(page: Page, n: number): Promise<Grey> {
  const png = await page.locator(`#s${n}`).screenshot()
  const read = await page.evaluate(async (data) => {
    const image = new Image()
    image.src = `data:image/png;base64,${data}`
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = image.width
    canvas.height = image.height
    const pen = canvas.getContext('2d')
    if (!pen) throw new Error('no canvas')
    pen.drawImage(image, 0, 0)
    const { data: rgba } = pen.getImageData(0, 0, image.width, image.height)
    let grey = ''
    for (let at = 1; at < rgba.length; at += 4) grey += String.fromCharCode(rgba[at] ?? 255)
    return { width: image.width, height: image.height, grey: btoa(grey) }
  }, png.toString('base64'))
  return { width: read.width, height: read.height, pixels: Buffer.from(read.grey, 'base64') }
}

/** The smallest rectangle that holds all ink. */
function cut({ width, height, pixels }: Grey): Grey {
  let [left, right, top, bottom] = [width, -1, height, -1]
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      if ((pixels[y * width + x] ?? 255) < 128) {
        left = Math.min(left, x)
        right = Math.max(right, x)
        top = Math.min(top, y)
        bottom = Math.max(bottom, y)
      }
  const [w, h] = [right - left + 1, bottom - top + 1]
  const out = new Uint8Array(w * h)
  for (let y = 0; y < h; y++)
    for (let x = 0; x < w; x++) out[y * w + x] = pixels[(y + top) * width + x + left] ?? 255
  return { width: w, height: h, pixels: out }
}

/** Share of each one's ink that lies within a pixel of the other's: the worse of the two. */
function overlap(a: Grey, b: Grey): number {
  const covered = (one: Grey, other: Grey) => {
    const inkAt = (x: number, y: number) =>
      x >= 0 &&
      y >= 0 &&
      x < other.width &&
      y < other.height &&
      (other.pixels[y * other.width + x] ?? 255) < 160
    let [ink, met] = [0, 0]
    for (let y = 0; y < one.height; y++)
      for (let x = 0; x < one.width; x++) {
        if ((one.pixels[y * one.width + x] ?? 255) >= 100) continue
        ink += 1
        const at = Math.round((x * other.width) / one.width)
        if ([-1, 0, 1].some((dx) => [-1, 0, 1].some((dy) => inkAt(at + dx, y + dy)))) met += 1
      }
    return ink === 0 ? 0 : met / ink
  }
  return Math.min(covered(a, b), covered(b, a))
}
