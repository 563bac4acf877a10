// Every kind of paper, drawn for real and read back: nothing that was given is missing, nothing is added up anew.
import { describe, expect, test, vi } from 'vitest'
import { renderPdf } from '#core/pdf/render.ts'
import {
  daySheetOf,
  hannah,
  invoiceOf,
  layla,
  longName,
  prescriptionAr,
  prescriptionEn,
  receiptEn,
  settingAr,
  settingEn,
  sickNoteEn,
} from '#testkit/papers.ts'
import { fontFolder, pdfText } from '#testkit/pdf.ts'
import type { PaperData } from '#modules/papers/shared/paper-data.ts'
import { paperSizes } from '#modules/papers/shared/settings.ts'
import { composePaper } from './compose.ts'
import type { PaperMark, PaperSetting } from './paper-style.ts'

vi.setConfig({ testTimeout: 60_000 })

/** Readers put the parts of a line with Arabic words and numbers in the order in which they stand: parts are looked for. */
async function read(paper: PaperData, setting: PaperSetting = settingEn): Promise<string> {
  const { bytes, missing } = await renderPdf(composePaper(setting, paper), fontFolder)
  expect(missing).toEqual([])
  return pdfText(bytes, ...(setting.letterhead.language === 'ar' ? [] : ['-layout'])).replaceAll(
    /[^\S\n\f]+/g,
    ' ',
  )
}

describe.each(paperSizes)('on %s', (page) => {
  const setting = { ...settingEn, page }

  test('a prescription names patient, drugs, doses, quantities, refills, allergies and who signs', async () => {
    const found = await read(prescriptionEn, setting)
    for (const { drug, quantity } of prescriptionEn.items) {
      expect(found).toContain(drug)
      expect(found).toContain(quantity)
    }
    for (const part of [
      'Hannah Weiss',
      '14 Mar 1986 (40), female',
      '88.2 kg',
      'Allergies: penicillin, latex',
      'R-26-B-00417',
      '2 refills',
      'no refill',
      'Not together with ergotamine.',
      'Dr. med. M. Keller',
      'General practice',
      'Praxis am Markt',
      '1234500',
    ])
      expect(found.replaceAll('\n', ' ')).toContain(part)
    expect(found).toContain('Page 1 of 1')
  })

  test('the totals of an invoice are those it was given', async () => {
    const paper = {
      ...invoiceOf(3),
      netMinor: 111,
      taxMinor: 222,
      totalMinor: 333_333,
      paidMinor: 44,
      dueMinor: 55_555,
    }
    const found = await read(paper, setting)
    expect(found).toMatch(/Net €1\.11/)
    expect(found).toMatch(/Total €3,333\.33/)
    expect(found).toMatch(/Paid €0\.44/)
    expect(found).toMatch(/To pay €555\.55/)
    for (const part of ['2026-000417', '6 Dec 2026', 'GOÄ 1', 'Am Anger 12', '19%'])
      expect(found).toContain(part)
  })

  test('a receipt says what was received, how, and for what', async () => {
    const found = await read(receiptEn, setting)
    expect(found).toMatch(/Cash €20\.00/)
    expect(found).toMatch(/Card .* €45\.50/)
    expect(found).toMatch(/Received €65\.50/)
    expect(found).toMatch(/2026-000398 €15\.50/)
    expect(found).toContain('22 Nov 2026 13:59')
  })

  test('a sick note says from when until when', async () => {
    const found = await read(sickNoteEn, setting)
    for (const part of [
      '22 Nov 2026',
      '27 Nov 2026',
      '6 days',
      'First certificate',
      'Acute bronchitis (J20.9)',
    ])
      expect(found).toContain(part)
    expect(await read({ ...sickNoteEn, diagnosis: null }, setting)).not.toContain('Diagnosis')
  })

  test('a day sheet lists every appointment of every provider', async () => {
    const found = await read(daySheetOf(30), setting)
    expect(found).toContain('Monday, 23 November 2026')
    for (let n = 0; n < 30; n++) expect(found).toContain(`B-${1000 + n}`)
    expect(found).toContain('3 appointments')
  })

  test('Arabic papers stand in Arabic and keep foreign names whole', async () => {
    const found = await read(prescriptionAr, { ...settingAr, page })
    for (const part of [
      'وصفة طبية',
      'ليلى عبد الرحمن الخطيب',
      'Ramipril 10 mg tablet',
      'قرص واحد عن طريق الفم مرة كل مساء',
      'R-26-B-00417',
      'تكراران',
      'عيادة السوق',
      '٢٠٢٦',
      'قرصًا',
    ])
      expect(found).toContain(part)
    expect(found).not.toMatch(/Prescription|Patient|Allergies/)
  })
})

test('a credit note names the invoice it reverses', async () => {
  const found = await read({ ...invoiceOf(1), type: 'credit-note', reverses: '2026-000400', dueOn: null })
  expect(found).toContain('Credit note')
  expect(found).toContain('Reverses invoice 2026-000400')
  expect(found).not.toContain('To pay')
})

const marks: [PaperMark, string | null][] = [
  [{ kind: 'copy', copy: 1 }, null],
  [{ kind: 'copy', copy: 2 }, 'Copy 2, printed 22 Nov 2026 14:05'],
  [{ kind: 'preview' }, 'Preview, not printed'],
  [{ kind: 'specimen' }, 'Specimen'],
]
test.each(marks)('mark %o', async (mark, words) => {
  const found = await read(invoiceOf(60), { ...settingEn, mark })
  const pages = found.split('\f').filter((page) => page.trim() !== '')
  expect(pages.length).toBeGreaterThan(1)
  for (const page of pages) {
    if (words) expect(page).toContain(words)
    else expect(page).not.toMatch(/Copy|Preview|Specimen/)
  }
})

test('every page after the first says whose it is', async () => {
  const pages = (await read(invoiceOf(400))).split('\f').filter((page) => page.trim() !== '')
  expect(pages.length).toBeGreaterThan(10)
  for (const page of pages) expect(page).toContain('Hannah Weiss')
  for (let n = 1; n <= 400; n++) expect(pages.join('\n')).toMatch(new RegExp(`GOÄ ${n}\\b`))
})

test('names and lists of any length are printed whole', async () => {
  const allergies = Array.from({ length: 80 }, (_, n) => `allergen-${n}`)
  const found = (
    await read({ ...prescriptionEn, patient: { ...hannah, name: longName }, allergies })
  ).replaceAll(/\s+/g, ' ')
  for (const part of longName.split('-')) expect(found).toContain(part)
  for (const name of allergies) expect(found).toContain(name)
})

test('nothing known about allergies is not the same as none', async () => {
  expect(await read({ ...prescriptionEn, allergies: 'none-known' })).toContain('Allergies none known')
  expect(await read({ ...prescriptionEn, allergies: 'not-recorded' })).toContain('Allergies not recorded')
})

test('amounts follow the currency, digits and words the language of the paper', async () => {
  const found = await read({ ...invoiceOf(2, layla), currency: 'EGP' }, settingAr)
  expect(found).toContain('الإجمالي')
  expect(found).toMatch(/٣٧٫٥٠/)
  expect(found).not.toMatch(/\b1 من/)
})
