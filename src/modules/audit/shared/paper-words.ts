// The words on the papers of the trail, in the language the patient reads.
export interface AuditPaperWords {
  readonly accessTitle: string
  readonly accessIntro: string
  readonly disclosuresTitle: string
  readonly disclosuresIntro: string
  readonly disclosuresRoutine: string
  readonly listTitle: string
  readonly digestTitle: string
  readonly digestIntro: string
  readonly patient: string
  readonly period: string
  readonly whole: string
  readonly from: string
  readonly until: string
  readonly day: string
  readonly who: string
  readonly what: string
  readonly how: string
  readonly normal: string
  readonly emergency: string
  readonly times: (n: string) => string
  readonly changed: string
  readonly printed: string
  readonly nobody: string
  readonly none: string
  readonly cut: string
  readonly verified: (at: string, entries: string) => string
  readonly notYetChecked: string
  readonly broken: string
  readonly when: string
  readonly recipient: string
  readonly basis: string
  readonly by: string
  readonly number: string
  readonly action: string
  readonly outcome: string
  readonly entries: string
  readonly newest: string
  readonly code: string
  readonly checkWords: string
  readonly rights: string
  readonly roles: Readonly<Record<string, string>>
  readonly categories: Readonly<Record<string, string>>
  readonly devices: Readonly<Record<string, string>>
  readonly bases: Readonly<Record<string, string>>
  readonly outcomes: Readonly<Record<string, string>>
}

const en: AuditPaperWords = {
  accessTitle: 'Who opened this record',
  accessIntro:
    'Each line says on which day somebody of the clinic opened the record, in which role, and which kind of information was looked at. What stood there is not part of this list.',
  disclosuresTitle: 'Accounting of disclosures',
  disclosuresIntro:
    'What the clinic gave to others about this patient in the last six years, to whom and why.',
  disclosuresRoutine: 'With disclosures for treatment, payment and the running of the clinic.',
  listTitle: 'Audit log',
  digestTitle: 'Digest of the audit log',
  digestIntro:
    'Keep this page in a safe place. If the audit log is ever changed or cut, the line below no longer fits it. To check: Audit log, Log check, Check a digest; scan the code or type the line.',
  patient: 'Patient',
  period: 'Period',
  whole: 'everything kept',
  from: 'from',
  until: 'until',
  day: 'Day',
  who: 'Who',
  what: 'Kind of information',
  how: 'How',
  normal: 'in the course of work',
  emergency: 'emergency access',
  times: (n) => `${n} times`,
  changed: 'added or changed',
  printed: 'printed or saved',
  nobody: 'The program itself',
  none: 'Nobody opened the record in this period.',
  cut: 'There is more than fits here: ask for a shorter period.',
  verified: (at, entries) =>
    `The log this list comes from was checked whole on ${at}: ${entries} entries, none changed or missing.`,
  notYetChecked:
    'The newest part of the log this list comes from was checked just now and holds. A check of the whole log has not been made yet.',
  broken: 'Attention: the check of the log this list comes from found a fault. Ask the privacy officer.',
  when: 'When',
  recipient: 'To whom',
  basis: 'Reason',
  by: 'Recorded by',
  number: 'No.',
  action: 'Act',
  outcome: 'Outcome',
  entries: 'Entries on this day',
  newest: 'Newest entry',
  code: 'Line to type',
  checkWords: 'Check words',
  rights:
    'If you do not understand one of these lines, ask us: the privacy officer looks into it and answers.',
  roles: {
    admin: 'Administration of the clinic',
    doctor: 'Doctor',
    nurse: 'Nurse',
    reception: 'Front desk',
    lab: 'Laboratory',
    billing: 'Billing office',
    patient: 'Patient',
    civil: 'Registrar',
    researcher: 'Researcher',
    privacy: 'Privacy officer',
  },
  categories: {
    account: 'accounts',
    audit: 'access report',
    billing: 'bills',
    clinical: 'health record',
    configuration: 'settings',
    demographics: 'name, address and contacts',
    none: 'other',
    system: 'technical',
  },
  devices: {
    computer: 'computer of the clinic',
    browser: 'browser or tablet',
    'command-line': 'command line',
    automatic: 'by itself',
  },
  bases: {
    consent: 'your consent',
    law: 'required by law',
    'public-health': 'public health',
    court: 'order of a court',
    oversight: 'health oversight',
    research: 'research',
    emergency: 'danger to health or safety',
    request: 'your own request',
    care: 'treatment',
    payment: 'payment',
    operations: 'running the clinic',
    other: 'other',
  },
  outcomes: { ok: 'done', refused: 'refused', failed: 'failed' },
}

const ar: AuditPaperWords = {
  accessTitle: 'من فتح هذا الملف',
  accessIntro:
    'يبيّن كل سطر في أي يوم فتح أحد العاملين في العيادة الملف، وبأي صفة، وأي نوع من المعلومات اطّلع عليه. أما مضمون المعلومات فليس في هذه القائمة.',
  disclosuresTitle: 'بيان الإفصاحات',
  disclosuresIntro: 'ما أعطته العيادة لغيرها عن هذا المريض في السنوات الست الأخيرة، ولمن ولماذا.',
  disclosuresRoutine: 'مع الإفصاحات لغرض العلاج والدفع وإدارة العيادة.',
  listTitle: 'سجل التدقيق',
  digestTitle: 'خلاصة سجل التدقيق',
  digestIntro:
    'احفظ هذه الصفحة في مكان آمن. إذا غُيّر سجل التدقيق أو اقتُطع منه شيء فلن يطابقه السطر أدناه. للتحقق: سجل التدقيق، فحص السجل، التحقق من خلاصة؛ امسح الرمز أو اكتب السطر.',
  patient: 'المريض',
  period: 'المدة',
  whole: 'كل ما هو محفوظ',
  from: 'من',
  until: 'إلى',
  day: 'اليوم',
  who: 'من',
  what: 'نوع المعلومات',
  how: 'كيف',
  normal: 'في سياق العمل',
  emergency: 'دخول طارئ',
  times: (n) => `${n} مرات`,
  changed: 'أضاف أو غيّر',
  printed: 'طبع أو حفظ',
  nobody: 'البرنامج نفسه',
  none: 'لم يفتح أحد الملف في هذه المدة.',
  cut: 'هناك أكثر مما تتسع له هذه القائمة: اطلب مدة أقصر.',
  verified: (at, entries) =>
    `فُحص السجل الذي أُخذت منه هذه القائمة كاملًا في ${at}: ${entries} قيدًا، لم يتغيّر منها شيء ولم ينقص.`,
  notYetChecked: 'فُحص أحدث جزء من السجل الذي أُخذت منه هذه القائمة الآن وهو سليم. لم يُفحص السجل كاملًا بعد.',
  broken: 'تنبيه: وجد فحص السجل الذي أُخذت منه هذه القائمة خللًا. اسأل مسؤول الخصوصية.',
  when: 'متى',
  recipient: 'لمن',
  basis: 'السبب',
  by: 'دوّنه',
  number: 'رقم',
  action: 'الفعل',
  outcome: 'النتيجة',
  entries: 'قيود هذا اليوم',
  newest: 'أحدث قيد',
  code: 'السطر الذي يُكتب',
  checkWords: 'كلمات التحقق',
  rights: 'إن لم تفهم أحد هذه السطور فاسألنا: ينظر مسؤول الخصوصية فيه ويجيب.',
  roles: {
    admin: 'إدارة العيادة',
    doctor: 'طبيب',
    nurse: 'تمريض',
    reception: 'الاستقبال',
    lab: 'المختبر',
    billing: 'المحاسبة',
    patient: 'مريض',
    civil: 'السجل المدني',
    researcher: 'باحث',
    privacy: 'مسؤول الخصوصية',
  },
  categories: {
    account: 'الحسابات',
    audit: 'تقرير الاطلاع',
    billing: 'الفواتير',
    clinical: 'الملف الصحي',
    configuration: 'الإعدادات',
    demographics: 'الاسم والعنوان وبيانات الاتصال',
    none: 'غير ذلك',
    system: 'تقني',
  },
  devices: {
    computer: 'حاسوب العيادة',
    browser: 'متصفح أو جهاز لوحي',
    'command-line': 'سطر الأوامر',
    automatic: 'تلقائيًا',
  },
  bases: {
    consent: 'موافقتك',
    law: 'يوجبه القانون',
    'public-health': 'الصحة العامة',
    court: 'أمر محكمة',
    oversight: 'الرقابة الصحية',
    research: 'بحث علمي',
    emergency: 'خطر على الصحة أو السلامة',
    request: 'طلبك أنت',
    care: 'العلاج',
    payment: 'الدفع',
    operations: 'إدارة العيادة',
    other: 'غير ذلك',
  },
  outcomes: { ok: 'تم', refused: 'رُفض', failed: 'تعذّر' },
}

export const auditPaperWords = { en, ar } as const
