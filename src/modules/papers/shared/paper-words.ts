// The words printed on papers, in the clinic's document language, which need not be the language of anybody's screen.
import type { TenderMethod } from '#modules/billing/shared/accounts.ts'
import type { FlowStatus } from '#modules/scheduling/shared/shapes.ts'
import type { PaperLanguage } from './settings.ts'

export interface PaperWords {
  readonly prescription: string
  readonly invoice: string
  readonly creditNote: string
  readonly receipt: string
  readonly sickNote: string
  readonly daySheet: string
  readonly patient: string
  readonly born: string
  readonly gender: {
    readonly male: string
    readonly female: string
    readonly other: string
    readonly unknown: string
  }
  readonly weight: string
  readonly date: string
  readonly number: string
  readonly recordNumber: string
  readonly allergies: string
  readonly noKnownAllergies: string
  readonly allergiesNotRecorded: string
  /** Counting words hold `#` where the number goes. */
  readonly refills: (n: number) => string
  readonly noRefill: string
  readonly phone: string
  readonly registration: string
  readonly taxNumber: string
  readonly comma: string
  readonly page: (page: string, pages: string) => string
  readonly preview: string
  readonly specimen: string
  readonly copy: (copy: string) => string
  readonly printedAt: (at: string) => string
  readonly signature: string
  readonly billedTo: string
  readonly dueOn: string
  readonly reverses: string
  readonly service: string
  readonly quantity: string
  readonly price: string
  readonly tax: string
  readonly amount: string
  readonly net: string
  readonly taxOn: (rate: string, net: string) => string
  readonly total: string
  readonly credited: string
  readonly paid: string
  readonly stillDue: string
  readonly receivedBy: string
  readonly method: string
  readonly reference: string
  readonly received: string
  readonly appliedTo: string
  readonly balance: string
  readonly ownCopy: string
  readonly initialNote: string
  readonly followUpNote: string
  readonly unfit: string
  readonly from: string
  readonly until: string
  readonly days: (n: number) => string
  readonly diagnosis: string
  readonly remarks: string
  readonly issuedOn: string
  readonly time: string
  readonly visit: string
  readonly room: string
  readonly status: string
  readonly note: string
  readonly nobody: string
  readonly statuses: Readonly<Record<FlowStatus, string>>
  readonly methods: Readonly<Record<TenderMethod, string>>
  readonly appointments: (n: number) => string
}

const plural = (language: string) => {
  const rules = new Intl.PluralRules(language)
  return (n: number, forms: { [F in Intl.LDMLPluralRule]?: string } & { other: string }) =>
    forms[rules.select(n)] ?? forms.other
}
const english = plural('en')
const arabic = plural('ar')

const en: PaperWords = {
  prescription: 'Prescription',
  invoice: 'Invoice',
  creditNote: 'Credit note',
  receipt: 'Receipt',
  sickNote: 'Certificate of incapacity for work',
  daySheet: 'Appointments',
  patient: 'Patient',
  born: 'Born',
  gender: { male: 'male', female: 'female', other: 'other', unknown: 'sex not recorded' },
  weight: 'Weight',
  date: 'Date',
  number: 'Number',
  recordNumber: 'Record',
  allergies: 'Allergies',
  noKnownAllergies: 'none known',
  allergiesNotRecorded: 'not recorded',
  refills: (n) => english(n, { one: '# refill', other: '# refills' }),
  noRefill: 'no refill',
  phone: 'Phone',
  registration: 'Registration',
  taxNumber: 'Tax number',
  comma: ', ',
  page: (page, pages) => `Page ${page} of ${pages}`,
  preview: 'Preview, not printed',
  specimen: 'Specimen',
  copy: (copy) => `Copy ${copy}`,
  printedAt: (at) => `printed ${at}`,
  signature: 'Signature',
  billedTo: 'Billed to',
  dueOn: 'Due on',
  reverses: 'Reverses invoice',
  service: 'Service',
  quantity: 'Qty',
  price: 'Price',
  tax: 'Tax',
  amount: 'Amount',
  net: 'Net',
  taxOn: (rate, net) => `Tax ${rate} on ${net}`,
  total: 'Total',
  credited: 'Credited',
  paid: 'Paid',
  stillDue: 'To pay',
  receivedBy: 'Received by',
  method: 'Paid by',
  reference: 'Reference',
  received: 'Received',
  appliedTo: 'For invoice',
  balance: 'Balance of the account',
  ownCopy: 'Please keep this receipt.',
  initialNote: 'First certificate',
  followUpNote: 'Follow-up certificate',
  unfit: 'The person named above is unfit for work',
  from: 'from',
  until: 'until and including',
  days: (n) => english(n, { one: '# day', other: '# days' }),
  diagnosis: 'Diagnosis',
  remarks: 'Remarks',
  issuedOn: 'Issued on',
  time: 'Time',
  visit: 'Visit',
  room: 'Room',
  status: 'Status',
  note: 'Note',
  nobody: 'No appointments.',
  statuses: {
    booked: 'Booked',
    arrived: 'Arrived',
    roomed: 'In a room',
    'with-doctor': 'With the doctor',
    done: 'Seen',
    left: 'Left unseen',
    noshow: 'Did not come',
    cancelled: 'Cancelled',
  },
  methods: { cash: 'Cash', card: 'Card', transfer: 'Bank transfer', cheque: 'Cheque', other: 'Other' },
  appointments: (n) => english(n, { one: '# appointment', other: '# appointments' }),
}

const ar: PaperWords = {
  prescription: 'وصفة طبية',
  invoice: 'فاتورة',
  creditNote: 'إشعار دائن',
  receipt: 'إيصال استلام',
  sickNote: 'شهادة عدم القدرة على العمل',
  daySheet: 'المواعيد',
  patient: 'المريض',
  born: 'تاريخ الميلاد',
  gender: { male: 'ذكر', female: 'أنثى', other: 'آخر', unknown: 'الجنس غير مسجل' },
  weight: 'الوزن',
  date: 'التاريخ',
  number: 'الرقم',
  recordNumber: 'رقم الملف',
  allergies: 'الحساسية',
  noKnownAllergies: 'لا توجد حساسية معروفة',
  allergiesNotRecorded: 'غير مسجلة',
  refills: (n) =>
    arabic(n, {
      one: 'تكرار واحد',
      two: 'تكراران',
      few: '# تكرارات',
      many: '# تكرارًا',
      other: '# تكرار',
    }),
  noRefill: 'بدون تكرار',
  phone: 'الهاتف',
  registration: 'رقم الترخيص',
  taxNumber: 'الرقم الضريبي',
  comma: '، ',
  page: (page, pages) => `صفحة ${page} من ${pages}`,
  preview: 'معاينة، لم تُطبع',
  specimen: 'نموذج',
  copy: (copy) => `نسخة ${copy}`,
  printedAt: (at) => `طُبعت ${at}`,
  signature: 'التوقيع',
  billedTo: 'مُوجّهة إلى',
  dueOn: 'تاريخ الاستحقاق',
  reverses: 'إلغاء الفاتورة رقم',
  service: 'الخدمة',
  quantity: 'الكمية',
  price: 'السعر',
  tax: 'الضريبة',
  amount: 'المبلغ',
  net: 'الصافي',
  taxOn: (rate, net) => `ضريبة ${rate} على ${net}`,
  total: 'الإجمالي',
  credited: 'المبلغ المُعاد',
  paid: 'المدفوع',
  stillDue: 'المتبقي للدفع',
  receivedBy: 'استلمه',
  method: 'طريقة الدفع',
  reference: 'المرجع',
  received: 'المبلغ المستلم',
  appliedTo: 'عن الفاتورة',
  balance: 'رصيد الحساب',
  ownCopy: 'يُرجى الاحتفاظ بهذا الإيصال.',
  initialNote: 'شهادة أولى',
  followUpNote: 'شهادة متابعة',
  unfit: 'الشخص المذكور أعلاه غير قادر على العمل',
  from: 'من',
  until: 'حتى نهاية يوم',
  days: (n) => arabic(n, { one: 'يوم واحد', two: 'يومان', few: '# أيام', many: '# يومًا', other: '# يوم' }),
  diagnosis: 'التشخيص',
  remarks: 'ملاحظات',
  issuedOn: 'صدرت في',
  time: 'الوقت',
  visit: 'الزيارة',
  room: 'الغرفة',
  status: 'الحالة',
  note: 'ملاحظة',
  nobody: 'لا توجد مواعيد.',
  statuses: {
    booked: 'محجوز',
    arrived: 'وصل',
    roomed: 'في الغرفة',
    'with-doctor': 'عند الطبيب',
    done: 'تمت المعاينة',
    left: 'غادر قبل المعاينة',
    noshow: 'لم يحضر',
    cancelled: 'ملغى',
  },
  methods: { cash: 'نقدًا', card: 'بطاقة', transfer: 'تحويل مصرفي', cheque: 'شيك', other: 'أخرى' },
  appointments: (n) =>
    arabic(n, { one: 'موعد واحد', two: 'موعدان', few: '# مواعيد', many: '# موعدًا', other: '# موعد' }),
}

export const paperWords: Readonly<Record<PaperLanguage, PaperWords>> = { en, ar }
