// What stands on the recovery kit, for somebody who has never seen one and has a bad day.
import type { KitPaperLanguage } from '#shared/bootstrap.ts'

interface KitWords {
  readonly title: string
  readonly secret: string
  readonly clinic: string
  readonly id: string
  readonly date: string
  readonly opens: string
  readonly readingOrder: string
  readonly useTitle: string
  readonly use: readonly string[]
  readonly keepTitle: string
  readonly keep: readonly string[]
}

export const kitWords: Readonly<Record<KitPaperLanguage, KitWords>> = {
  en: {
    title: 'Osler recovery kit',
    secret: 'Secret. Whoever has this paper and a copy of the records can read them all.',
    clinic: 'Clinic',
    id: 'Kit',
    date: 'Made on',
    opens:
      'It opens the records when passwords or the computer are lost. Nobody else can: not the makers of Osler either.',
    readingOrder:
      'Read the groups in the order of their numbers. Capital or small letters make no difference.',
    useTitle: 'When you need it',
    use: [
      'Start Osler on the clinic’s computer.',
      'Choose “I have the recovery kit”.',
      'Type the fifteen groups. Osler says which one looks wrong.',
      'Osler then makes a new kit. Print it; this paper is worth nothing from then on. Destroy it.',
      'Everybody signs in with their own password as always.',
    ],
    keepTitle: 'Where to keep it',
    keep: [
      'In a safe or another locked place, and a second copy in another building.',
      'Never beside the backups, never as a photo, never in a mail.',
      'Somebody may have seen or copied it? Make a new one at once: Admin, Keys.',
    ],
  },
  ar: {
    title: 'عُدّة الاسترداد لبرنامج Osler',
    secret: 'سرّي. من يملك هذه الورقة ونسخة من السجلات يستطيع قراءتها كلها.',
    clinic: 'العيادة',
    id: 'العُدّة',
    date: 'تاريخ الإنشاء',
    opens: 'تفتح السجلات إذا فُقدت كلمات المرور أو الحاسوب. لا أحد سواها يستطيع ذلك، ولا صانعو Osler.',
    readingOrder: 'اقرأ المجموعات بترتيب أرقامها. لا فرق بين الأحرف الكبيرة والصغيرة.',
    useTitle: 'عند الحاجة إليها',
    use: [
      'شغّل Osler على حاسوب العيادة.',
      'اختر «لديّ عُدّة الاسترداد».',
      'اكتب المجموعات الخمس عشرة. يقول لك Osler أيّها يبدو خاطئًا.',
      'بعدها ينشئ Osler عُدّة جديدة. اطبعها؛ ومنذ تلك اللحظة لا قيمة لهذه الورقة. أتلفها.',
      'يسجّل كل شخص الدخول بكلمة مروره كالعادة.',
    ],
    keepTitle: 'أين تُحفظ',
    keep: [
      'في خزنة أو مكان مقفل آخر، ونسخة ثانية في مبنى آخر.',
      'لا بجانب النسخ الاحتياطية أبدًا، ولا صورةً، ولا في رسالة.',
      'هل رآها أو نسخها أحد؟ أنشئ واحدة جديدة فورًا: الإدارة، المفاتيح.',
    ],
  },
}
