// Arabic for texts-en.ts.
import type { Arabic } from '#renderer/i18n/define.ts'
import type { en } from './texts-en.ts'

export const ar: Arabic<typeof en> = {
  'first.title': 'مرحبًا بك في Osler',
  'first.text': 'سجلات عيادة تبقى على هذا الحاسوب وتعمل من دون إنترنت. كيف تريد أن تبدأ؟',
  'first.create': 'إنشاء عيادة',
  'first.createText': 'للعمل الحقيقي. دقيقتان فقط، ولا حاجة إلى قراءة أي دليل.',
  'first.demo': 'فتح العيادة التجريبية',
  'first.demoText': 'نحو 60 مريضًا متخيَّلًا للتجول والتجربة. لا شيء فيها حقيقي.',
  'first.demoWait': 'جارٍ ملء العيادة التجريبية. يستغرق هذا بضع ثوانٍ.',

  'create.title': 'إنشاء عيادة',
  'create.clinic': 'العيادة',
  'create.name': 'اسم العيادة',
  'create.nameHint': 'كما ينبغي أن يظهر في الرسائل.',
  'create.country': 'البلد',
  'create.timeZone': 'المنطقة الزمنية',
  'create.currency': 'العملة',
  'create.language': 'اللغة',
  'create.languageHint': 'يستطيع كل شخص اختيار لغته لاحقًا.',
  'create.nothingFits': 'لا شيء يطابق',
  'create.you': 'أنت، أول مستخدم',
  'create.yourName': 'اسمك',
  'create.yourNameHint': 'كما يعرفك الزملاء والمرضى، مثل د. مريم الخالدي.',
  'create.username': 'اسم الدخول',
  'create.usernameHint': 'حروف لاتينية صغيرة أو أرقام أو نقطة أو شرطة؛ حرفان على الأقل.',
  'create.isDoctor': 'أعاين المرضى أيضًا بصفتي طبيبًا',
  'create.isDoctorHint': 'أنت مدير النظام في كل الأحوال، وتبدّل بين الدورين بنقرة واحدة.',
  'create.submit': 'إنشاء العيادة',
  'create.wait': 'جارٍ إنشاء المفاتيح وقاعدة بيانات مشفّرة',
  'create.noKeychain': 'لا توجد سلسلة مفاتيح في هذا الحاسوب',
  'create.noKeychainText':
    'لذلك تحمي كلمة مرورك وحدها السجلات إذا سُرق الحاسوب. ولهذا يطلب Osler هنا كلمة أطول: {{minimum}} حرفًا أو ست كلمات. اكتبها واحفظها في مكان آمن خارج هذه الغرفة إلى أن تحفظها.',

  'password.label': 'كلمة المرور',
  'password.new': 'كلمة المرور الجديدة',
  'password.rules': '{{minimum}} حرفًا على الأقل، أيًّا كانت. بضع كلمات لا رابط بينها سهلة الحفظ وصعبة التخمين.',
  'password.rulesOnly': '{{minimum}} حرفًا على الأقل، أو ست كلمات مختلفة. كل الحروف مقبولة.',
  'password.count': '{{count}} من {{minimum}} حرفًا',
  'password.good': 'طويلة بما يكفي وليست شائعة',
  'password.too-short': 'قصيرة جدًا: {{count}} من {{minimum}} حرفًا.',
  'password.too-long': 'طويلة جدًا: الحد الأقصى 1024 حرفًا.',
  'password.leaked': 'كلمة المرور هذه في القوائم التي يجرّبها المهاجمون أولًا. اختر غيرها.',
  'password.too-simple': 'سهلة التخمين: معظمها اسم أو تاريخ أو مفاتيح متجاورة. اختر بضع كلمات لا رابط بينها.',
  'password.forgotten': 'لا يستطيع أحد الاطلاع عليها. يمكن لمدير النظام أن يعطيك رمزًا لمرة واحدة لتعيين كلمة جديدة.',

  'cold.title': 'فتح {{clinic}}',
  'cold.titlePlain': 'فتح العيادة',
  'cold.text': 'السجلات مغلقة. سجّل الدخول لفتحها؛ يستغرق هذا لحظات أطول من المعتاد.',
  'cold.wait': 'جارٍ فتح السجلات',

  'in.title': 'تسجيل الدخول',
  'in.who': 'من أنت؟',
  'in.other': 'شخص آخر',
  'in.back': 'اختيار اسم آخر',
  'in.username': 'اسم الدخول',
  'in.submit': 'دخول',
  'in.code': 'لديّ رمز لمرة واحدة',
  'in.ended': 'انتهت جلستك. ما حُفظ في أمان.',
  'in.left': 'تم تسجيل خروجك.',
  'in.demo': 'هذه هي العيادة التجريبية. كلمة مرور الجميع هي {{password}}.',

  'code.title': 'تعيين كلمة المرور',
  'code.text': 'أعطاك مدير النظام رمزًا على ورقة. يعمل مرة واحدة.',
  'code.code': 'الرمز لمرة واحدة',
  'code.submit': 'تعيين كلمة المرور والدخول',

  'lock.title': 'مقفل',
  'lock.text': 'لم يضِع شيء. المسودات محفوظة.',
  'lock.submit': 'فتح القفل',
  'lock.switch': 'تبديل المستخدم',
  'lock.unknown': 'هذه الشاشة مقفلة',

  'account.title': 'حسابي',
  'account.who': 'أنت',
  'account.roles': 'الأدوار',
  'account.username': 'اسم الدخول',
  'account.password': 'تغيير كلمة المرور',
  'account.old': 'كلمة المرور الحالية',
  'account.submit': 'تغيير كلمة المرور',
  'account.changed': 'تم تغيير كلمة المرور',
  'account.look': 'المظهر عندك',
  'account.cannotSign': 'مفتاح توقيعك ينتظر كلمة مرورك',
  'account.cannotSignText': 'سجّل الخروج ثم الدخول، وبعدها تستطيع توقيع الملاحظات.',
  'account.language': 'اللغة',
  'account.languageClinic': 'كلغة العيادة',
  'account.theme': 'الألوان',
  'account.compact': 'أسطر متقاربة: محتوى أكثر في الشاشة الواحدة',

  'broken.retry': 'التحقق من جديد',
  'broken.wrong-key-or-damaged': 'لا يمكن فتح السجلات',
  'broken.wrong-key-or-damaged.text':
    'قاعدة البيانات تالفة أو لا تخص مفاتيح هذه العيادة. لم يُغيَّر شيء. لا تحذف أي ملف. أعد أحدث نسخة احتياطية، أو اطلب المساعدة ومعك الملفان clinic.db و keys.json.',
  'broken.newer-database': 'فُتحت هذه العيادة بإصدار أحدث من Osler',
  'broken.newer-database.text':
    'رُقّيت السجلات على حاسوب آخر، ولا يجوز لهذا البرنامج الأقدم أن يكتب فيها. ثبّت إصدار Osler الأحدث على هذا الحاسوب.',
  'broken.watermark-ahead': 'عمليات حفظ مفقودة',
  'broken.watermark-ahead.text_zero': 'قد يكون هذا الملف نسخة أقدم أُعيدت. ابحث عن الملف الأحدث قبل أن تتابع.',
  'broken.watermark-ahead.text_one':
    'يعرف Osler عملية حفظ واحدة ليست في هذا الملف. قد يكون نسخة أقدم أُعيدت. ابحث عن الملف الأحدث قبل أن تتابع كي لا يضيع شيء.',
  'broken.watermark-ahead.text_two':
    'يعرف Osler عمليتي حفظ ليستا في هذا الملف. قد يكون نسخة أقدم أُعيدت. ابحث عن الملف الأحدث قبل أن تتابع كي لا يضيع شيء.',
  'broken.watermark-ahead.text_few':
    'يعرف Osler {{count}} عمليات حفظ ليست في هذا الملف. قد يكون نسخة أقدم أُعيدت. ابحث عن الملف الأحدث قبل أن تتابع كي لا يضيع شيء.',
  'broken.watermark-ahead.text_many':
    'يعرف Osler {{count}} عملية حفظ ليست في هذا الملف. قد يكون نسخة أقدم أُعيدت. ابحث عن الملف الأحدث قبل أن تتابع كي لا يضيع شيء.',
  'broken.watermark-ahead.text_other':
    'يعرف Osler {{count}} عملية حفظ ليست في هذا الملف. قد يكون نسخة أقدم أُعيدت. ابحث عن الملف الأحدث قبل أن تتابع كي لا يضيع شيء.',
  'broken.schema-changed': 'غيّر أحدهم بنية السجلات',
  'broken.schema-changed.text':
    'عُدّل جدول أو حارس في قاعدة البيانات من خارج Osler. لم يُفتح شيء. احتفظ بهذا الملف للفحص وأعد أحدث نسخة احتياطية.',
  'broken.audit-broken': 'عُبث بسجل من فعل ماذا',
  'broken.audit-broken.text':
    'قيود من السجل مفقودة أو معدّلة، ولا يتابع Osler كأن شيئًا لم يكن. احتفظ بهذا الملف للفحص وأعد أحدث نسخة احتياطية.',
  'broken.keychain-changed': 'تغيّرت سلسلة مفاتيح هذا الحاسوب',
  'broken.keychain-changed.text':
    'ضاع جزء المفتاح الذي كان يحفظه هذا الحاسوب، مثلًا بعد تثبيت جديد أو بسبب حساب حاسوب آخر. ادخل إلى الحاسوب بحساب من أعدّ Osler ثم تحقق من جديد.',
  'broken.key-file-damaged': 'ملف المفاتيح تالف',
  'broken.key-file-damaged.text':
    'لا يمكن قراءة الملف keys.json المجاور لقاعدة البيانات. تبقى السجلات مغلقة من دونه. أعده من أحدث نسخة احتياطية.',
  'broken.owned-by-other-process': 'هذه العيادة مفتوحة بالفعل',
  'broken.owned-by-other-process.text':
    'نسخة أخرى من Osler على هذا الحاسوب تفتح هذه السجلات (العملية {{value}}). استعمل تلك النافذة، أو أغلقها ثم تحقق من جديد.',
  'broken.plaintext-database': 'قاعدة البيانات غير مشفّرة',
  'broken.plaintext-database.text':
    'الملف الموجود قاعدة بيانات مكشوفة، وOsler لا يكتب مثلها أبدًا. لقد استبدله أحدهم. لم يُفتح شيء. أعد أحدث نسخة احتياطية.',
  'broken.self-test-failed': 'فشل الفحص الذاتي',
  'broken.self-test-failed.text':
    'تنقص هذا الحاسوب حماية يحتاج إليها Osler، مثل التشفير أو الكتابة الآمنة. لم يُفتح شيء. ثبّت Osler من جديد، وإن لم ينفع ذلك فاطلب المساعدة.',
}
