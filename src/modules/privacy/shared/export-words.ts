// The words of a copy of a record: its README, and the headings of its readable document.
export interface ExportWords {
  readonly title: string
  readonly made: string
  readonly forWhom: string
  readonly purpose: string
  readonly files: readonly (readonly [file: string, what: string])[]
  readonly withheld: string
  readonly nothingWithheld: string
  readonly why: Readonly<Record<'psychotherapy' | 'sensitive' | 'restricted' | 'about-staff', string>>
  readonly substance: string
  readonly restriction: string
  readonly amendments: string
  readonly amended: {
    readonly words: string
    readonly accepted: string
    readonly refused: string
    readonly open: string
    readonly disagreement: string
  }
  /** What the C-CDA document leaves to the FHIR bundle. */
  readonly ccda: string
  readonly born: string
  readonly recordNumber: string
  readonly allergies: string
  readonly sections: Readonly<Record<string, string>>
  readonly more: string
  readonly what: string
  readonly value: string
  readonly date: string
  readonly none: string
}

export const exportWords: Readonly<Record<'en' | 'ar', ExportWords>> = {
  en: {
    title: 'Copy of a medical record',
    made: 'Made',
    forWhom: 'For',
    purpose: 'Purpose',
    files: [
      ['record.pdf', 'the record to read'],
      ['record.json', 'the record as a FHIR R4 bundle, to bring into another program'],
      ['record.xml', 'the record as a C-CDA document, for programs that read no FHIR'],
      ['originals/', 'what other programs sent, byte for byte as it came'],
      ['manifest.json', 'the SHA-256 of each file'],
      ['manifest.sig', 'signature of the manifest: Ed25519, base64; the public key stands in the manifest'],
    ],
    withheld: 'Not in this copy',
    nothingWithheld: 'Nothing was held back.',
    why: {
      psychotherapy:
        'psychotherapy notes, which the right of access does not cover (45 CFR 164.524(a)(1)(i))',
      sensitive: 'marked as sensitive; given to others only with the consent of the patient for these items',
      restricted: 'locked at the request of the patient (GDPR article 18, 45 CFR 164.522)',
      'about-staff': 'internal supervision of the people who work here; see the access report instead',
    },
    substance:
      'NOTICE: 42 CFR part 2 prohibits unauthorized use or disclosure of these records. This record holds information about treatment of a substance use disorder. It must not be disclosed further unless the patient agrees in writing or the law permits it.',
    restriction:
      'The use of this record, or of parts of it, is restricted: for care, legal claims and what the patient agrees to, and for nothing else.',
    amendments: 'Amendments the patient asked for',
    amended: {
      words: 'The patient says',
      accepted: 'Accepted',
      refused: 'Refused',
      open: 'Not answered yet',
      disagreement: 'The patient disagrees',
    },
    ccda: 'record.xml holds what C-CDA has a place for and lists the rest; record.json holds everything.',
    born: 'Born',
    recordNumber: 'Record number',
    allergies: 'Allergies',
    sections: {
      allergy_intolerance: 'Allergies',
      condition: 'Problems and diagnoses',
      medication_request: 'Medicines',
      encounter: 'Visits',
      composition: 'Notes',
      observation: 'Measurements and results',
      diagnostic_report: 'Reports',
      immunization: 'Vaccinations',
      procedure: 'Procedures',
      document_reference: 'Documents',
      care_plan: 'Care plans',
      prescription: 'Prescriptions',
      sick_note: 'Sick notes',
      appointment: 'Appointments',
      invoice: 'Invoices',
      payment: 'Payments',
    },
    more: 'Everything else stands in record.json.',
    what: 'What',
    value: 'Details',
    date: 'Date',
    none: 'Nothing recorded.',
  },
  ar: {
    title: 'نسخة من ملف طبي',
    made: 'أُعدّت في',
    forWhom: 'إلى',
    purpose: 'الغرض',
    files: [
      ['record.pdf', 'الملف للقراءة'],
      ['record.json', 'الملف بصيغة FHIR R4 لنقله إلى برنامج آخر'],
      ['record.xml', 'الملف كمستند C-CDA للبرامج التي لا تقرأ FHIR'],
      ['originals/', 'ما أرسلته برامج أخرى كما وصل تماماً'],
      ['manifest.json', 'بصمة SHA-256 لكل ملف'],
      ['manifest.sig', 'توقيع القائمة: Ed25519 بترميز base64، والمفتاح العام داخل القائمة'],
    ],
    withheld: 'ما ليس في هذه النسخة',
    nothingWithheld: 'لم يُحجب شيء.',
    why: {
      psychotherapy: 'ملاحظات العلاج النفسي، ولا يشملها حق الاطلاع (45 CFR 164.524(a)(1)(i))',
      sensitive: 'معلّم كحساس، ولا يُعطى لغير المريض إلا بموافقته على هذه البنود',
      restricted: 'مقفل بطلب من المريض (المادة 18 من GDPR، ‏45 CFR 164.522)',
      'about-staff': 'إشراف داخلي على العاملين هنا، ويُرجع بدلاً منه إلى تقرير الاطلاع',
    },
    substance:
      'تنبيه: يحظر القانون (42 CFR الجزء 2) استخدام هذه السجلات أو إفشاءها دون إذن. يتضمن هذا الملف معلومات عن علاج الإدمان، ولا يجوز إفشاؤها مرة أخرى إلا بموافقة خطية من المريض أو بإذن القانون.',
    restriction:
      'استخدام هذا الملف أو أجزاء منه مقيّد: للعلاج والمطالبات القانونية وما يوافق عليه المريض فقط.',
    amendments: 'التصحيحات التي طلبها المريض',
    amended: {
      words: 'يقول المريض',
      accepted: 'قُبل',
      refused: 'رُفض',
      open: 'لم يُجب عنه بعد',
      disagreement: 'اعتراض المريض',
    },
    ccda: 'يتضمن record.xml ما له موضع في C-CDA ويسرد الباقي، ويتضمن record.json كل شيء.',
    born: 'تاريخ الميلاد',
    recordNumber: 'رقم الملف',
    allergies: 'الحساسية',
    sections: {
      allergy_intolerance: 'الحساسية',
      condition: 'المشكلات والتشخيصات',
      medication_request: 'الأدوية',
      encounter: 'الزيارات',
      composition: 'الملاحظات',
      observation: 'القياسات والنتائج',
      diagnostic_report: 'التقارير',
      immunization: 'التطعيمات',
      procedure: 'الإجراءات',
      document_reference: 'المستندات',
      care_plan: 'خطط الرعاية',
      prescription: 'الوصفات',
      sick_note: 'شهادات المرض',
      appointment: 'المواعيد',
      invoice: 'الفواتير',
      payment: 'المدفوعات',
    },
    more: 'كل ما عدا ذلك موجود في record.json.',
    what: 'البند',
    value: 'التفاصيل',
    date: 'التاريخ',
    none: 'لا شيء مسجل.',
  },
}
