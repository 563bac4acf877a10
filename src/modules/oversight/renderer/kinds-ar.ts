// The Arabic beside kinds-en.ts.
import type { kindsEn } from './kinds-en.ts'

export const kindsAr: { readonly [K in keyof typeof kindsEn]: string } = {
  other: 'هناك ما يحتاج إلى انتباهك ({{kind}})',
  'emergency-access': 'فتح {{person}} ملفًا في حالة طارئة',
  'emergency-access-often': 'استعمل {{person}} الدخول الطارئ {{detail}} مرات خلال أسبوع',
  'recovery-code-used': 'استُعمل رمز استعادة يخص {{person}} لتسجيل الدخول',
  'second-factor-reset': 'أعاد {{person}} ضبط عاملك الثاني، فأعدّ عاملًا جديدًا',
  'second-factor-removed': 'أُزيل عامل ثانٍ من {{person}}',
  'kit-used': 'استُعملت عُدّة الاسترداد',
  'approval-asked': 'يطلب {{person}} موافقة مسؤول ثانٍ',
  'approval-given': 'وافق مسؤول ثانٍ على ما طلبته',
  'approval-declined': 'رفض مسؤول ثانٍ ما طلبته',
  'bulk-export': 'أخرج {{person}} سطورًا كثيرة على غير العادة ({{detail}})',
  snooping: 'وجد الفحص الليلي اطلاعات لا تفسير لها ({{detail}})',
  'access-question': 'لا يفهم مريض اطلاعًا على ملفه',
  'backup-failed': 'فشل النسخ الاحتياطي: انظر الإدارة، النسخ الاحتياطي',
  'backup-late': 'لا توجد نسخة احتياطية سليمة منذ وقت طويل',
  'chain-broken': 'سجل التدقيق غير سليم: القيد {{detail}} تغيّر أو ناقص',
  'review-not-justified': 'انتهت مراجعة بنتيجة: غير مبرر ({{person}})',
  'sign-in-linked': 'رُبط حسابك بتسجيل الدخول عبر نظام آخر',
  'passkey-added': 'أُضيف مفتاح مرور إلى حسابك',
  'passkey-copied': 'يبدو أن مفتاح مرور لـ {{person}} قد نُسخ، ولم يعد يعمل ({{detail}})',
  'breach-opened': 'سُجّل خرق محتمل للبيانات، وآخر موعد للإخطار به {{detail}}',
  'second-factor-set': 'أُعدّ عامل ثانٍ لحسابك',
  'session-crowded-out': 'أُنهيت جلسة لـ {{person}} لأن الجلسات كثرت',
  'session-ended': 'أنهى {{person}} إحدى جلساتك',
  'approval-by-kit': 'طلب {{person}} إجراءً بعُدّة الاسترداد، ويصبح ممكنًا بعد مهلة',
  'emergency-not-justified': 'عُدّ دخول طارئ من {{person}} غير مبرر',
  'bulk-charts': 'فتح {{person}} ملفات كثيرة على غير العادة في وقت قصير ({{detail}})',
  'night-use': 'عمل {{person}} على ملفات ليلًا ({{detail}})',
  'kit-replaced': 'صُنعت عُدّة استرداد جديدة، والقديمة لم تعد تفتح شيئًا',
  'database-key-changed': 'تغيّر مفتاح قاعدة البيانات',
  'root-key-renewed':
    'جُدّد المفتاح الجذري للعيادة: لا تُعتمد إلا العُدّة الجديدة {{detail}}، ويُنشئ كل شخص طريق دخوله من جديد عند تسجيل الدخول التالي',
  'root-key-not-renewed':
    'تعذّر تجديد المفتاح الجذري للعيادة؛ تبقى العُدّة {{detail}} معتمدة، والورقة الجديدة لاغية',
  'database-key-not-changed': 'تعذّر تغيير مفتاح قاعدة البيانات، وتعمل العيادة بالمفتاح السابق',
  'rows-differ': 'بعض السجلات ليست كما حُفظت ({{detail}})',
  'clock-wrong': 'ساعة هذا الحاسوب مخطئة بمقدار {{detail}} دقيقة: اضبط التاريخ والوقت في إعداداته',
  'erasure-copy-waits':
    'ما زال ملف مُحي مقروءًا في نسخة من الملفات ({{detail}})، وتزول مع النسخة الاحتياطية السليمة التالية',
  'erasure-copy-by-hand':
    'ما زال ملف مُحي مقروءًا في ملفات أبقتها استعادة ({{detail}}) إلى أن تُحذف من الإدارة، النسخ الاحتياطي',
}
