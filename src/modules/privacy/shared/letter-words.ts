// The words of letters in plain English and Arabic: what was asked, what was decided, what the reader may do.
import type { BreachKind } from './breach.ts'
import type { RequestKind } from './contract.ts'
import type { Category } from './retention.ts'

type Answer = 'granted' | 'partly' | 'refused' | 'withdrawn'

export interface LetterWords {
  readonly title: string
  readonly date: string
  readonly about: string
  readonly recordNumber: string
  readonly dear: (name: string) => string
  readonly asked: (date: string) => string
  readonly kinds: Readonly<Record<RequestKind, string>>
  readonly yourWords: string
  readonly answers: Readonly<Record<Answer, string>>
  readonly reason: string
  readonly what: string
  readonly when: string
  readonly law: string
  readonly categories: Readonly<Record<Category, string>>
  readonly erasedNow: string
  readonly keptUntil: (date: string) => string
  readonly keptOpen: string
  readonly meanwhile: string
  readonly recipientsTold: string
  readonly nobodyTold: string
  readonly disagree: string
  readonly complain: string
  readonly kind: string
  readonly breach: {
    readonly title: string
    readonly draft: string
    readonly kinds: Readonly<Record<BreachKind, string>>
    readonly happened: string
    readonly between: (from: string, until: string) => string
    readonly discovered: string
    readonly due: string
    readonly people: string
    readonly data: string
    readonly dataKinds: Readonly<Record<string, string>>
    readonly fill: readonly string[]
    readonly contact: string
  }
}

export const letterWords: Readonly<Record<'en' | 'ar', LetterWords>> = {
  en: {
    title: 'Answer to your request',
    date: 'Date',
    about: 'About',
    recordNumber: 'Record number',
    dear: (name) => `Dear ${name},`,
    asked: (date) => `on ${date} we received your request:`,
    kinds: {
      copy: 'a copy of your record',
      amendment: 'an amendment of your record',
      restriction: 'a restriction on the use of your record',
      erasure: 'the erasure of your record',
      disclosures: 'a list of who received data from your record',
    },
    yourWords: 'Your words',
    answers: {
      granted: 'We have done what you asked for.',
      partly: 'We have done what you asked for in part.',
      refused: 'We cannot do what you asked for.',
      withdrawn: 'You have taken your request back. Nothing was changed.',
    },
    reason: 'Reason',
    what: 'Part of your record',
    when: 'What happens to it',
    law: 'Why',
    categories: {
      contact: 'Messages, waiting list, notes of the front desk',
      billing: 'Bills and payments',
      care: 'Medical record',
      identity: 'Name, address, numbers',
    },
    erasedNow: 'erased',
    keptUntil: (date) => `locked, erased on ${date}`,
    keptOpen: 'locked until a legal claim is over',
    meanwhile:
      'What is locked is used for nothing but your treatment, legal claims and what you agree to. It is erased by itself on the date given.',
    recipientsTold:
      'We tell of the erasure those who received data from your record, too (the date is when they received it):',
    nobodyTold: 'Nobody outside our clinic received data from your record in the past six years.',
    disagree:
      'If you disagree, you may give us a statement in your own words. It stays with your record and goes with every copy.',
    complain:
      'You may complain to us, or to the authority that watches over data protection, at any time. You will suffer no disadvantage from it.',
    kind: 'With kind regards',
    breach: {
      title: 'Notification of a personal data breach',
      draft: 'Draft: complete before sending',
      kinds: {
        'lost-device': 'A device was lost or stolen',
        'wrong-recipient': 'Data went to a wrong recipient',
        snooping: 'A record was opened without a reason',
        'account-misused': 'Somebody used the account of another person',
      },
      happened: 'What happened',
      between: (from, until) => `between ${from} and ${until}`,
      discovered: 'Discovered',
      due: 'To be notified by',
      people: 'Patients affected, as the audit trail shows',
      data: 'Kinds of data',
      dataKinds: {
        account: 'accounts of staff',
        audit: 'audit entries',
        billing: 'bills and payments',
        clinical: 'medical data',
        configuration: 'settings',
        demographics: 'name, address, birth date, appointments',
        none: 'none',
        system: 'technical data',
      },
      fill: [
        'Likely consequences for the people affected:',
        'What was done about it, and what will be done:',
        'Whether and how the people affected were told:',
        'Where this comes later than 72 hours: why:',
      ],
      contact: 'Contact for questions',
    },
  },
  ar: {
    title: 'الرد على طلبكم',
    date: 'التاريخ',
    about: 'بخصوص',
    recordNumber: 'رقم الملف',
    dear: (name) => `السيد/السيدة ${name}، تحية طيبة`,
    asked: (date) => `تلقينا بتاريخ ${date} طلبكم:`,
    kinds: {
      copy: 'نسخة من ملفكم الطبي',
      amendment: 'تصحيح في ملفكم الطبي',
      restriction: 'تقييد استخدام ملفكم الطبي',
      erasure: 'محو ملفكم الطبي',
      disclosures: 'قائمة بمن تسلّم بيانات من ملفكم',
    },
    yourWords: 'نص طلبكم',
    answers: {
      granted: 'لقد نفذنا ما طلبتموه.',
      partly: 'لقد نفذنا جزءاً مما طلبتموه.',
      refused: 'لا يمكننا تنفيذ ما طلبتموه.',
      withdrawn: 'لقد سحبتم طلبكم، ولم يتغير شيء.',
    },
    reason: 'السبب',
    what: 'الجزء من ملفكم',
    when: 'ما الذي يحدث له',
    law: 'لماذا',
    categories: {
      contact: 'الرسائل وقائمة الانتظار وملاحظات الاستقبال',
      billing: 'الفواتير والمدفوعات',
      care: 'السجل الطبي',
      identity: 'الاسم والعنوان والأرقام',
    },
    erasedNow: 'تم محوه',
    keptUntil: (date) => `مقفل، ويُمحى في ${date}`,
    keptOpen: 'مقفل إلى أن تنتهي مطالبة قانونية',
    meanwhile:
      'ما هو مقفل لا يُستخدم إلا لعلاجكم وللمطالبات القانونية ولما توافقون عليه، ويُمحى تلقائياً في التاريخ المذكور.',
    recipientsTold: 'نُبلغ بالمحو أيضاً من تسلّموا بيانات من ملفكم (التاريخ هو وقت تسلّمها):',
    nobodyTold: 'لم يتسلّم أحد خارج عيادتنا بيانات من ملفكم خلال السنوات الست الماضية.',
    disagree: 'إن لم توافقوا فيمكنكم تقديم بيان بكلماتكم. يبقى البيان مع ملفكم ويرافق كل نسخة منه.',
    complain:
      'يمكنكم في أي وقت التقدم بشكوى إلينا أو إلى الجهة المشرفة على حماية البيانات، ولن يلحق بكم أي ضرر من ذلك.',
    kind: 'مع خالص التحية',
    breach: {
      title: 'إخطار بخرق للبيانات الشخصية',
      draft: 'مسودة: تُستكمل قبل الإرسال',
      kinds: {
        'lost-device': 'فقدان جهاز أو سرقته',
        'wrong-recipient': 'وصول بيانات إلى مستلم خاطئ',
        snooping: 'فتح ملف دون سبب',
        'account-misused': 'استخدام حساب شخص آخر',
      },
      happened: 'ما الذي حدث',
      between: (from, until) => `بين ${from} و${until}`,
      discovered: 'وقت الاكتشاف',
      due: 'آخر موعد للإخطار',
      people: 'عدد المرضى المعنيين بحسب سجل التدقيق',
      data: 'أنواع البيانات',
      dataKinds: {
        account: 'حسابات العاملين',
        audit: 'قيود التدقيق',
        billing: 'الفواتير والمدفوعات',
        clinical: 'البيانات الطبية',
        configuration: 'الإعدادات',
        demographics: 'الاسم والعنوان وتاريخ الميلاد والمواعيد',
        none: 'لا شيء',
        system: 'بيانات تقنية',
      },
      fill: [
        'العواقب المحتملة على الأشخاص المعنيين:',
        'الإجراءات التي اتُّخذت والتي ستُتخذ:',
        'هل أُبلغ الأشخاص المعنيون وكيف:',
        'إن تأخر الإخطار عن 72 ساعة فما السبب:',
      ],
      contact: 'جهة الاتصال للاستفسار',
    },
  },
}
