// Papers through the front door: who may print what, what a copy says, what a letterhead takes.
import { deflateSync } from 'node:zlib'
import { expect, test, vi } from 'vitest'
import { invoiced, patientOf, withFees } from '#testkit/billing.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'
import { fetchPaper } from '#testkit/paper-file.ts'
import { pdfText } from '#testkit/pdf.ts'
import { at, monday, scheduledClinic } from '#testkit/scheduling.ts'
import type { PaperFile } from '../shared/contract.ts'
import type { LetterheadValues } from '../shared/settings.ts'

// Papers are drawn in processes of their own, which a busy machine starts slowly.
vi.setConfig({ testTimeout: 90_000 })

const textOf = async (clinic: TestClinic, file: PaperFile | null) =>
  pdfText(await fetchPaper(clinic, file), '-layout')

async function withInvoice(clinic: TestClinic) {
  const fees = await withFees(clinic)
  const patientId = await patientOf(clinic, 'Ana Sol')
  const invoice = await invoiced(clinic, patientId, fees.letter)
  return { patientId, invoice, ref: { patientId, id: invoice.id } }
}

test('the printed total is the total of the screen, and patient and number are on the paper', async () => {
  await using clinic = await testClinic()
  const { ref, invoice } = await withInvoice(clinic)
  const { file, copy } = await clinic.as('reception').papers.printInvoice({ ...ref, target: 'file' })
  const found = await textOf(clinic, file)
  expect(copy).toBe(1)
  expect(invoice.totalMinor).toBe(1196)
  expect(found).toMatch(/Total\s+€11\.96/)
  for (const part of ['Ana Sol', invoice.number, 'Letter for an insurer', 'Test Clinic'])
    expect(found).toContain(part)
  expect(file?.name).toBe(`Invoice-${invoice.number}.pdf`)
  expect(file?.name).not.toContain('Ana')
})

test('every further copy is marked as one; a preview takes no number and says that it is none', async () => {
  await using clinic = await testClinic()
  const { ref } = await withInvoice(clinic)
  const { papers } = clinic.as('reception')
  const print = async () => textOf(clinic, (await papers.printInvoice({ ...ref, target: 'browser' })).file)
  expect(await textOf(clinic, await papers.previewInvoice(ref))).toContain('Preview, not printed')
  expect(await print()).not.toMatch(/Copy|Preview/)
  expect(await print()).toContain('Copy 2, printed 2 Mar 2026 09:00')
  expect(await textOf(clinic, await papers.previewInvoice(ref))).toContain('Preview')
  expect(await print()).toContain('Copy 3')
  expect(clinic.auditOf('invoice.print').map((a) => a.detail)).toEqual([
    'copy 1, browser',
    'copy 2, browser',
    'copy 3, browser',
  ])
  expect(clinic.auditOf('invoice.preview')).toHaveLength(2)
})

test('a receipt shows what was paid', async () => {
  await using clinic = await testClinic()
  const { patientId, invoice } = await withInvoice(clinic)
  const desk = clinic.as('reception')
  const payment = await desk.billing.takePayment({
    patientId,
    tenders: [{ method: 'cash', amountMinor: 1196 }],
  })
  const found = await textOf(
    clinic,
    (await desk.papers.printReceipt({ patientId, id: payment.id, target: 'file' })).file,
  )
  expect(found).toMatch(/Cash\s+€11\.96/)
  expect(found).toMatch(new RegExp(`${invoice.number}\\s+€11\\.96`))
})

test('who may not see invoices may not print them, and one patient’s paper is not found under another', async () => {
  await using clinic = await testClinic()
  const { ref } = await withInvoice(clinic)
  for (const role of ['doctor', 'nurse', 'lab', 'admin'] as const) {
    await expect(clinic.as(role).papers.previewInvoice(ref)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(clinic.as(role).papers.printInvoice({ ...ref, target: 'file' })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  }
  const other = await patientOf(clinic, 'Bo Lind')
  await expect(
    clinic.as('billing').papers.previewInvoice({ ...ref, patientId: other }),
  ).rejects.toMatchObject({ code: 'NOT_FOUND' })
})

test('the day sheet lists the day', async () => {
  await using clinic = await testClinic()
  const desk = clinic.as('reception')
  const { file, patientIds } = await desk.papers.printDaySheet({ date: '2026-03-02', target: 'file' })
  expect(await textOf(clinic, file)).toContain('No appointments.')
  expect(patientIds).toEqual([])
  await expect(clinic.as('billing').papers.previewDaySheet({ date: '2026-03-02' })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
})

test('AUTHZ-05: the laboratory’s day sheet names its patients without a phone number', async () => {
  await using s = await scheduledClinic()
  const taker = await s.clinic.as('admin').scheduling.saveProvider({
    id: null,
    rev: null,
    name: 'Blood samples',
    colour: 'rose',
    userId: s.clinic.userId('lab') as never,
  })
  const desk = s.clinic.as('reception')
  const telecoms = [{ system: 'phone' as const, use: 'mobile' as const, value: '+49 30 5550199', rank: 1 }]
  const { id: patientId } = await desk.patients.register({ name: 'Berta Ruf', gender: 'female', telecoms })
  const visit = { patientId, date: monday, start: at(10), providerId: taker.id, visitTypeId: null }
  await desk.scheduling.book(visit)
  const sheet = async (role: 'reception' | 'lab') =>
    textOf(s.clinic, (await s.clinic.as(role).papers.previewDaySheet({ date: monday })).file)
  expect(await sheet('reception')).toMatch(/Berta Ruf[\s\S]*5550199/)
  expect(await sheet('lab')).toContain('Berta Ruf')
  expect(await sheet('lab')).not.toContain('5550199')
})

const values: LetterheadValues = {
  nameLines: ['Praxis am See', 'Dr. Weber'],
  address: ['Am See 1', '88131 Lindau'],
  phone: '+49 8382 555',
  email: null,
  registration: 'BSNR 99',
  taxNumber: null,
  bank: null,
  footer: null,
  language: 'en',
  settings: {
    prescription: { page: 'A5', printer: null },
    invoice: { page: 'A4', printer: 'Front-desk' },
    receipt: { page: 'A5', printer: null },
    'sick-note': { page: 'A5', printer: null },
    'day-sheet': { page: 'A4', printer: null },
  },
}

test('an admin sets the letterhead; others do not, and who saw an older one is told', async () => {
  await using clinic = await testClinic()
  const { ref } = await withInvoice(clinic)
  const admin = clinic.as('admin').papers
  const before = await admin.letterhead({})
  expect(before).toMatchObject({ rev: 0, nameLines: ['Test Clinic'], logo: null })
  expect(await textOf(clinic, await admin.previewLetterhead({ kind: 'invoice', values }))).toMatch(
    /Praxis am See[\s\S]*Specimen/,
  )
  await expect(clinic.as('doctor').papers.saveLetterhead({ rev: 0, values })).rejects.toMatchObject({
    code: 'FORBIDDEN',
  })
  expect(await admin.saveLetterhead({ rev: 0, values })).toMatchObject({ rev: 1, ...values })
  await expect(admin.saveLetterhead({ rev: 0, values })).rejects.toMatchObject({ code: 'CONFLICT' })
  expect(await admin.saveLetterhead({ rev: 1, values: { ...values, language: 'ar' } })).toMatchObject({
    rev: 2,
  })
  const found = await textOf(clinic, await clinic.as('reception').papers.previewInvoice(ref))
  expect(found).toContain('Praxis am See')
  expect(found).toContain('فاتورة')
})

const png = (
  width: number,
  height: number,
  body = deflateSync(Buffer.alloc((width * 3 + 1) * height, 0x80)),
) => {
  const chunk = (type: string, data: Buffer) => {
    const out = Buffer.alloc(12 + data.length)
    out.writeUInt32BE(data.length, 0)
    out.write(type, 4, 'latin1')
    data.copy(out, 8)
    return out
  }
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 2, 0, 0, 0], 8)
  const magic = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    magic,
    chunk('IHDR', head),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ]).toString('base64')
}

test('a logo is looked at before it is kept: kind, size, pixels, and whether it can be drawn', async () => {
  await using clinic = await testClinic()
  const admin = clinic.as('admin').papers
  const set = (data: string, type: 'image/png' | 'image/jpeg' = 'image/png') =>
    admin.setLogo({ rev: 0, logo: { type, data } })
  const bad: [string, 'image/png' | 'image/jpeg', string][] = [
    [Buffer.from('<svg onload=alert(1)>').toString('base64'), 'image/png', 'type'],
    [png(10, 10), 'image/jpeg', 'type'],
    [png(20_000, 20_000, Buffer.from('x')), 'image/png', 'pixels'],
    ['A'.repeat(400_000), 'image/png', 'size'],
    [png(60, 40, Buffer.from('no deflate stream')), 'image/png', 'unreadable'],
    [png(60, 40, deflateSync(Buffer.alloc(1_000_000))), 'image/png', 'unreadable'],
  ]
  for (const [data, type, fault] of bad)
    await expect(set(data, type)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      details: { fields: [`logo: ${fault}`] },
    })
  const kept = await set(png(60, 40))
  expect(kept).toMatchObject({ rev: 1, logo: { type: 'image/png' } })
  const { ref } = await withInvoice(clinic)
  const bytes = await fetchPaper(clinic, await clinic.as('reception').papers.previewInvoice(ref))
  expect(Buffer.from(bytes).includes('/Subtype /Image')).toBe(true)
  expect(await admin.setLogo({ rev: 1, logo: null })).toMatchObject({ rev: 2, logo: null })
})
