// Papers with everything on them, for tests of layout and text: usual ones, long names, other scripts, many lines.
import type {
  DaySheetPaper,
  InvoicePaper,
  PaperData,
  PaperPatient,
  PrescriptionPaper,
  ReceiptPaper,
  SickNotePaper,
} from '#modules/papers/shared/paper-data.ts'
import { defaultSettings, type Letterhead } from '#modules/papers/shared/settings.ts'
import type { PaperSetting } from '#modules/papers/main/templates/paper-style.ts'

export const hannah: PaperPatient = {
  name: 'Hannah Weiss',
  birthDate: '1986-03-14',
  gender: 'female',
  recordNumber: 'B-1004',
  address: ['Am Anger 12', '99423 Weimar'],
}
export const layla: PaperPatient = {
  name: 'ليلى عبد الرحمن الخطيب',
  birthDate: '1986-03-14',
  gender: 'female',
  recordNumber: '1004',
  address: ['شارع الملك فهد ١٢', 'الرياض ١١٥٦٤'],
}

export const letterheadEn: Letterhead = {
  rev: 1,
  nameLines: ['Praxis am Markt', 'Dr. med. M. Keller · Dr. med. K. Osei'],
  address: ['Markt 4, 99423 Weimar'],
  phone: '+49 3643 555 010',
  email: 'praxis@example.org',
  registration: 'BSNR 93 1234500',
  taxNumber: '162/123/45678',
  bank: 'DE02 1203 0000 0000 2020 51',
  footer: 'Open Monday to Friday from 8 to 13, Tuesday and Thursday also from 15 to 18',
  language: 'en',
  settings: defaultSettings('DE'),
  logo: null,
}
export const letterheadAr: Letterhead = {
  ...letterheadEn,
  nameLines: ['عيادة السوق', 'د. محمد الكيلاني · د. كريمة عثمان'],
  address: ['طريق السوق ٤، الرياض'],
  phone: '+966 11 555 0100',
  footer: 'من الأحد إلى الخميس من ٨ إلى ١٣',
  language: 'ar',
}

export const settingEn: PaperSetting = {
  letterhead: letterheadEn,
  page: 'A4',
  country: 'DE',
  timeZone: 'Europe/Berlin',
  now: '2026-11-22T13:05:00.000Z',
  mark: { kind: 'copy', copy: 1 },
}
export const settingAr: PaperSetting = {
  ...settingEn,
  letterhead: letterheadAr,
  country: 'EG',
  timeZone: 'Africa/Cairo',
}

const prescriber = { name: 'Dr. med. M. Keller', qualification: 'General practice' }

export const prescriptionEn: PrescriptionPaper = {
  kind: 'prescription',
  number: 'R-26-B-00417',
  issuedOn: '2026-11-22',
  patient: hannah,
  weightKg: 88.2,
  allergies: ['penicillin', 'latex'],
  prescriber,
  items: [
    {
      drug: 'Ramipril 10 mg tablet',
      directions: '1 tablet by mouth, once each evening',
      quantity: '30 tablets',
      refills: 2,
      note: null,
    },
    {
      drug: 'Amlodipine 5 mg tablet',
      directions: '1 tablet by mouth, at night',
      quantity: '30 tablets',
      refills: 2,
      note: null,
    },
    {
      drug: 'Sumatriptan 50 mg tablet',
      directions: '1 tablet by mouth at the start of a migraine, at most 2 in 24 hours',
      quantity: '12 tablets',
      refills: 0,
      note: 'Not together with ergotamine.',
    },
  ],
}
export const prescriptionAr: PrescriptionPaper = {
  ...prescriptionEn,
  patient: layla,
  allergies: ['بنسلين', 'latex'],
  prescriber: { name: 'د. محمد الكيلاني', qualification: 'طب عام' },
  items: [
    {
      drug: 'Ramipril 10 mg tablet',
      directions: 'قرص واحد عن طريق الفم مرة كل مساء',
      quantity: '٣٠ قرصًا',
      refills: 2,
      note: null,
    },
    {
      drug: 'أملوديبين ٥ ملغ أقراص',
      directions: 'قرص واحد (5 mg) عند النوم',
      quantity: '٣٠ قرصًا',
      refills: 0,
      note: 'لا يؤخذ مع عصير الجريب فروت.',
    },
  ],
}

const service = (n: number) => ({
  date: '2026-11-22',
  code: `GOÄ ${n}`,
  text:
    n % 7 === 3
      ? `Consultation with examination of several organ systems and written plan, no. ${n}`
      : `Consultation ${n}`,
  quantity: 1 + (n % 2),
  unitMinor: 1250,
  taxBasisPoints: n % 3 === 0 ? 1900 : 0,
  netMinor: 1250 * (1 + (n % 2)),
})

export function invoiceOf(count: number, patient = hannah): InvoicePaper {
  const lines = Array.from({ length: count }, (_, n) => service(n + 1))
  const net = lines.reduce((sum, line) => sum + line.netMinor, 0)
  const taxed = lines.filter((line) => line.taxBasisPoints > 0).reduce((sum, line) => sum + line.netMinor, 0)
  const tax = Math.round(taxed * 0.19)
  return {
    kind: 'invoice',
    type: 'invoice',
    number: '2026-000417',
    reverses: null,
    issuedOn: '2026-11-22',
    dueOn: '2026-12-06',
    patient,
    payer: null,
    currency: 'EUR',
    lines,
    taxes:
      taxed > 0
        ? [
            { basisPoints: 1900, netMinor: taxed, taxMinor: tax },
            { basisPoints: 0, netMinor: net - taxed, taxMinor: 0 },
          ]
        : [],
    netMinor: net,
    taxMinor: tax,
    totalMinor: net + tax,
    paidMinor: 1000,
    dueMinor: net + tax - 1000,
    note: 'Please pay into the account named below within 14 days.',
  }
}

export const receiptEn: ReceiptPaper = {
  kind: 'receipt',
  number: 'Q-26-1009',
  at: '2026-11-22T12:59:00.000Z',
  patient: hannah,
  currency: 'EUR',
  tenders: [
    { method: 'cash', amountMinor: 2000, reference: null },
    { method: 'card', amountMinor: 4550, reference: '•••• 4242' },
  ],
  appliedTo: [
    { invoiceNumber: '2026-000417', amountMinor: 5000 },
    { invoiceNumber: '2026-000398', amountMinor: 1550 },
  ],
  totalMinor: 6550,
  balanceMinor: 0,
  cashier: 'Ana Sol',
}

export const sickNoteEn: SickNotePaper = {
  kind: 'sick-note',
  number: 'S-26-1004',
  issuedOn: '2026-11-22',
  patient: hannah,
  from: '2026-11-22',
  until: '2026-11-27',
  isFollowUp: false,
  diagnosis: 'Acute bronchitis (J20.9)',
  remarks: 'Rest; back at work earlier if well.',
  prescriber,
}

export function daySheetOf(count: number): DaySheetPaper {
  const rows = Array.from({ length: count }, (_, n) => ({
    start: `${String(8 + Math.floor(n / 6)).padStart(2, '0')}:${String((n % 6) * 10).padStart(2, '0')}`,
    end: `${String(8 + Math.floor((n + 1) / 6)).padStart(2, '0')}:${String(((n + 1) % 6) * 10).padStart(2, '0')}`,
    patient:
      n % 5 === 2
        ? 'Maximiliane Friederike Gräfin von Hohenlohe-Waldenburg-Schillingsfürst'
        : `Patient ${n + 1}`,
    birthDate: '1986-03-14',
    recordNumber: `B-${1000 + n}`,
    phone: '+49 3643 555 010',
    visitType: 'Follow-up',
    room: '2',
    status: 'Booked',
    note: n % 6 === 1 ? 'Brings the results of the cardiologist' : null,
  }))
  return {
    kind: 'day-sheet',
    date: '2026-11-23',
    providers: [
      { name: 'Dr. med. M. Keller', rows },
      { name: 'Dr. med. K. Osei', rows: rows.slice(0, 3) },
    ],
  }
}

/** A name as long as names get, without a blank to break at. */
export const longName =
  'Wolfeschlegelsteinhausenbergerdorff-Hohenlohe-Waldenburg-Schillingsfürst-Montmorency-Luxembourg'

export const allPapers: readonly PaperData[] = [
  prescriptionEn,
  invoiceOf(5),
  receiptEn,
  sickNoteEn,
  daySheetOf(14),
]
