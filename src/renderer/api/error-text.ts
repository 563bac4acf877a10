// What each error code says to a person, with the way out. The only place with words for errors.
import { defineTexts, type TextKey, textOf, useTexts } from '../i18n/define.ts'
import type { ErrorCode } from '#shared/errors.ts'
import type { ApiError } from './client.ts'

const en = {
  INVALID_INPUT: 'Something that was typed cannot be saved like this. Check the marked fields.',
  NOT_SIGNED_IN: 'You are signed out. Sign in again; what was saved is safe.',
  FORBIDDEN: 'Your role does not allow this. Switch to another of your roles, or ask an administrator.',
  NOT_FOUND: 'This is not here, or it is not yours to see.',
  CONFLICT: 'Somebody else changed this in the meantime. Look at the new version, then save again.',
  CONFLICT_repeated:
    'This was done, but the answer got lost on the way. Look at how things stand before you do it again.',
  UNAVAILABLE: 'The clinic cannot do this right now. Try again in a moment.',
  UNAVAILABLE_full:
    'The disk of the clinic’s computer is full, so this was not saved. What you typed is still here. Make room on the disk, then save again.',
  UNAVAILABLE_disk:
    'The disk of the clinic’s computer does not take what is written. This was not saved; what was saved before is safe. Close Osler and open it again; if this comes back, the disk needs help.',
  UNAVAILABLE_damaged:
    'A part of the records on this computer is damaged and is not shown. Nothing was changed. Tell whoever looks after Osler: Admin, Health says what to do.',
  UNAVAILABLE_network: 'The clinic’s computer does not answer. What you typed is still here; try again.',
  INTERNAL: 'Something went wrong on our side. Nothing was half saved. Try again.',
  ALREADY_SIGNED: 'This note is already signed. Add an addendum instead.',
  BATCH_NOT_READY: 'This import is not ready for that step yet.',
  BATCH_RUNNING: 'This import is still running. Wait for it, or cancel it first.',
  DRAFT_MOVED_ON: 'This draft was changed in another window. Open it again to go on with the newer text.',
  LAST_ADMIN: 'This is the last active administrator. Make somebody else administrator first.',
  NAME_TAKEN: 'This sign-in name is taken. Choose another one.',
  NOT_AUTHOR: 'Only the person who wrote this can do that.',
  NOT_UNDOABLE: 'This can no longer be undone, because later work builds on it.',
  ONE_TIME_CODE_WRONG: 'This code is wrong, used or too old. Ask an administrator for a new one.',
  PASSWORD_TOO_WEAK:
    'This password is too easy to guess. Take a longer one, for example four unrelated words.',
  SESSION_LOCKED: 'This screen is locked. Unlock it with your password.',
  STEP_UP_NEEDED: 'This wants your password or code once more.',
  SECOND_PERSON_NEEDED: 'A second administrator has to agree before this is done. They find it under Admin.',
  ACCESS_REASON_NEEDED: 'Say why you open this record, then go on.',
  SECOND_FACTOR_NEEDED: 'Sign in with your second factor first.',
  RECORD_MISMATCH:
    'What is stored of this patient is not what was last saved. Do not trust it. Use paper for now and tell whoever looks after Osler: Admin, Health says what to do.',
  RESTRICTED: 'This record is restricted. It may be used for care, for a legal claim, or with consent only.',
  WRONG_CODE: 'This code is wrong, used already or too old. Take the newest one.',
  WRONG_FILE: 'This file cannot be used: it is damaged, not complete, or not from this clinic.',
  WRONG_KIT: 'This is not a valid recovery kit for this clinic. Check each group of four.',
  SIGNING_KEY_LOCKED: 'Your signature needs your password. Type it when asked, or sign out and in again.',
  TOO_MANY_TRIES: 'Too many tries. Wait a moment, then try again.',
  TOO_MANY_TRIES_stop: 'Too many wrong tries. Ask an administrator for a one-time code.',
  TOO_MANY_TRIES_wait_one: 'Too many tries. Wait {{count}} second, then try again.',
  TOO_MANY_TRIES_wait_other: 'Too many tries. Wait {{count}} seconds, then try again.',
  WRONG_PASSWORD: 'Name and password do not match.',
  WRONG_PATIENT:
    'This was opened for another patient, so it was not saved here. Go back and open the right chart.',
  ALREADY_ISSUED: 'This invoice has been issued and can no longer be changed. Write a credit note instead.',
  DUPLICATE: 'This is on the list already. Open the entry that is there and change it.',
  FEDERATION_REFUSED:
    'This way of signing in did not work. Try it again, or sign in with your password. The first time, it has to be linked under My account.',
  IMPOSSIBLE_VALUE: 'A value cannot be true as it was typed. Look at the marked field and its unit.',
  NOTHING_TO_BILL: 'There is nothing to put on this invoice yet. Add a charge first.',
  NO_PRINTER: 'No printer answers. Save the document instead, or choose a printer under Admin.',
  OUTSIDE_HOURS: 'This is outside of the hours. Choose another time, or book it with a reason.',
  PERIOD_LOCKED: 'This day is closed. Date it today, or ask billing to open the period again.',
  PIN_NOT_NOW: 'The PIN does not work now. Sign in with your password.',
  REASON_NEEDED: 'This needs a reason. Write why, then save again.',
  SLOT_TAKEN: 'This time is taken. Choose another one, or book over it with a reason.',
  TOO_MUCH: 'This is more than is open. Look at the amount again.',
  WRONG_STATE:
    'This step does not fit where the visit stands now. Look at its present state, then choose again.',
} as const

export const errorTexts = defineTexts('errors', en, {
  INVALID_INPUT: 'لا يمكن حفظ بعض ما كُتب بهذا الشكل. راجع الحقول المؤشَّر عليها.',
  NOT_SIGNED_IN: 'انتهت جلستك. سجّل الدخول من جديد؛ ما حُفظ في أمان.',
  STEP_UP_NEEDED: 'يتطلب هذا كلمة المرور أو الرمز مرة أخرى.',
  SECOND_PERSON_NEEDED: 'يجب أن يوافق مدير ثانٍ قبل تنفيذ هذا. يجده تحت الإدارة.',
  ACCESS_REASON_NEEDED: 'اذكر سبب فتحك لهذا السجل ثم تابع.',
  SECOND_FACTOR_NEEDED: 'سجّل الدخول بالعامل الثاني أولًا.',
  RECORD_MISMATCH:
    'المخزون عن هذا المريض ليس آخر ما حُفظ. لا تعتمد عليه. استعمل الورق الآن وأبلغ المسؤول عن Osler: صفحة الإدارة، السلامة تبيّن ما يجب فعله.',
  RESTRICTED: 'هذا السجل مقيّد. لا يُستخدم إلا للرعاية أو لمطالبة قانونية أو بموافقة.',
  WRONG_CODE: 'هذا الرمز خاطئ أو مستخدم أو قديم. استخدم أحدث رمز.',
  WRONG_FILE: 'لا يمكن استخدام هذا الملف: إنه تالف أو ناقص أو ليس من هذه العيادة.',
  WRONG_KIT: 'هذه ليست عُدّة استرداد صالحة لهذه العيادة. راجع كل مجموعة من أربعة أحرف.',
  FORBIDDEN: 'دورك لا يسمح بهذا. بدّل إلى دور آخر من أدوارك أو اسأل مدير النظام.',
  NOT_FOUND: 'هذا غير موجود هنا، أو ليس من حقك الاطلاع عليه.',
  CONFLICT: 'غيّر شخص آخر هذا في أثناء ذلك. اطّلع على النسخة الجديدة ثم احفظ من جديد.',
  CONFLICT_repeated: 'تم هذا، لكن الجواب ضاع في الطريق. انظر إلى الحال الراهنة قبل أن تعيده.',
  UNAVAILABLE: 'لا تستطيع العيادة تنفيذ هذا الآن. أعد المحاولة بعد لحظات.',
  UNAVAILABLE_full:
    'امتلأ قرص حاسوب العيادة فلم يُحفظ هذا. ما كتبته ما زال هنا. أفرغ مساحة على القرص ثم احفظ من جديد.',
  UNAVAILABLE_disk:
    'قرص حاسوب العيادة لا يقبل الكتابة. لم يُحفظ هذا، وما حُفظ من قبل في أمان. أغلق Osler وافتحه من جديد؛ إن تكرر هذا فالقرص يحتاج إلى إصلاح.',
  UNAVAILABLE_damaged:
    'جزء من السجلات على هذا الحاسوب تالف ولا يُعرض. لم يُغيَّر شيء. أبلغ المسؤول عن Osler: صفحة الإدارة، السلامة تبيّن ما يجب فعله.',
  UNAVAILABLE_network: 'حاسوب العيادة لا يجيب. ما كتبته ما زال هنا؛ أعد المحاولة.',
  INTERNAL: 'حدث خطأ من جهتنا. لم يُحفظ شيء ناقصًا. أعد المحاولة.',
  ALREADY_SIGNED: 'هذه الملاحظة موقّعة بالفعل. أضف ملحقًا بدلًا من ذلك.',
  BATCH_NOT_READY: 'هذا الاستيراد غير جاهز لهذه الخطوة بعد.',
  BATCH_RUNNING: 'ما زال هذا الاستيراد جاريًا. انتظره أو ألغِه أولًا.',
  DRAFT_MOVED_ON: 'عُدّلت هذه المسودة في نافذة أخرى. افتحها من جديد لتكمل من النص الأحدث.',
  LAST_ADMIN: 'هذا آخر مدير نظام فعّال. عيّن شخصًا آخر مديرًا أولًا.',
  NAME_TAKEN: 'اسم الدخول هذا مستخدم. اختر اسمًا آخر.',
  NOT_AUTHOR: 'لا يستطيع فعل هذا إلا من كتبه.',
  NOT_UNDOABLE: 'لم يعد التراجع ممكنًا لأن عملًا لاحقًا بُني عليه.',
  ONE_TIME_CODE_WRONG: 'الرمز خاطئ أو مستعمل أو قديم. اطلب رمزًا جديدًا من مدير النظام.',
  PASSWORD_TOO_WEAK: 'كلمة المرور هذه سهلة التخمين. اختر أطول منها، مثل أربع كلمات لا رابط بينها.',
  SESSION_LOCKED: 'هذه الشاشة مقفلة. افتحها بكلمة مرورك.',
  SIGNING_KEY_LOCKED: 'يحتاج توقيعك إلى كلمة مرورك. اكتبها عندما تُطلب، أو سجّل الخروج ثم الدخول.',
  TOO_MANY_TRIES: 'محاولات كثيرة. انتظر لحظة ثم أعد المحاولة.',
  TOO_MANY_TRIES_stop: 'محاولات خاطئة كثيرة. اطلب رمزًا لمرة واحدة من مدير النظام.',
  TOO_MANY_TRIES_wait_zero: 'محاولات كثيرة. أعد المحاولة الآن.',
  TOO_MANY_TRIES_wait_one: 'محاولات كثيرة. انتظر ثانية واحدة ثم أعد المحاولة.',
  TOO_MANY_TRIES_wait_two: 'محاولات كثيرة. انتظر ثانيتين ثم أعد المحاولة.',
  TOO_MANY_TRIES_wait_few: 'محاولات كثيرة. انتظر {{count}} ثوانٍ ثم أعد المحاولة.',
  TOO_MANY_TRIES_wait_many: 'محاولات كثيرة. انتظر {{count}} ثانية ثم أعد المحاولة.',
  TOO_MANY_TRIES_wait_other: 'محاولات كثيرة. انتظر {{count}} ثانية ثم أعد المحاولة.',
  WRONG_PASSWORD: 'الاسم وكلمة المرور لا يتطابقان.',
  WRONG_PATIENT: 'فُتح هذا لمريض آخر، لذلك لم يُحفظ هنا. ارجع وافتح الملف الصحيح.',
  ALREADY_ISSUED: 'صدرت هذه الفاتورة ولا يمكن تغييرها بعد. اكتب إشعارًا دائنًا بدلًا من ذلك.',
  DUPLICATE: 'هذا مدرج في القائمة بالفعل. افتح المدخل الموجود وعدّله.',
  FEDERATION_REFUSED:
    'لم تنجح طريقة تسجيل الدخول هذه. أعد المحاولة أو سجّل الدخول بكلمة المرور. في المرة الأولى يجب ربطها من صفحة حسابي.',
  IMPOSSIBLE_VALUE: 'لا يمكن أن تكون إحدى القيم صحيحة كما كُتبت. انظر إلى الحقل المؤشَّر عليه ووحدته.',
  NOTHING_TO_BILL: 'لا يوجد ما يوضع في هذه الفاتورة بعد. أضف رسمًا أولًا.',
  NO_PRINTER: 'لا توجد طابعة تجيب. احفظ المستند بدلًا من ذلك، أو اختر طابعة من صفحة الإدارة.',
  OUTSIDE_HOURS: 'هذا خارج ساعات العمل. اختر وقتًا آخر، أو احجزه مع ذكر السبب.',
  PERIOD_LOCKED: 'هذا اليوم مغلق. اجعل التاريخ اليوم، أو اطلب من قسم الفواتير فتح الفترة من جديد.',
  PIN_NOT_NOW: 'رقم PIN لا يعمل الآن. سجّل الدخول بكلمة مرورك.',
  REASON_NEEDED: 'هذا يحتاج إلى سبب. اكتب السبب ثم احفظ من جديد.',
  SLOT_TAKEN: 'هذا الوقت محجوز. اختر وقتًا آخر، أو احجز فوقه مع ذكر السبب.',
  TOO_MUCH: 'هذا أكثر من المبلغ المستحق. راجع المبلغ.',
  WRONG_STATE: 'لا تلائم هذه الخطوة حالة الزيارة الآن. انظر إلى حالتها الراهنة ثم اختر من جديد.',
})

/** Every code has a text: adding a code without one does not compile. */
type Covered = ErrorCode extends keyof typeof en ? true : never
const covered: Covered = true
void covered

type Lookup = (key: TextKey<typeof en>, values?: Record<string, string | number>) => string

function wordsFor(error: Pick<ApiError, 'code' | 'details'>, t: Lookup): string {
  const { code, details } = error
  if (code === 'UNAVAILABLE' && details.network === true) return t('UNAVAILABLE_network')
  if (code === 'UNAVAILABLE' && typeof details.storage === 'string') return t(storageText(details.storage))
  if (code === 'CONFLICT' && details.repeated === true) return t('CONFLICT_repeated')
  if (code === 'TOO_MANY_TRIES') {
    const seconds = details.retryAfterSeconds
    if (seconds === null) return t('TOO_MANY_TRIES_stop')
    if (typeof seconds === 'number') return t('TOO_MANY_TRIES_wait', { count: Math.ceil(seconds) })
  }
  return t(code)
}

/** A busy database is a moment's trouble; the others want somebody to act. */
function storageText(storage: string) {
  if (storage === 'SQLITE_FULL' || storage === 'ENOSPC') return 'UNAVAILABLE_full'
  if (/^SQLITE_(CORRUPT|NOTADB)/.test(storage)) return 'UNAVAILABLE_damaged'
  return storage.startsWith('SQLITE_BUSY') ? 'UNAVAILABLE' : 'UNAVAILABLE_disk'
}

export function useErrorText(): (error: Pick<ApiError, 'code' | 'details'>) => string {
  const t = useTexts(errorTexts)
  return (error) => wordsFor(error, t)
}

/** The same outside React, for toasts. */
export const errorText = (error: Pick<ApiError, 'code' | 'details'>): string =>
  wordsFor(error, (key, values) => textOf(errorTexts, key, values))
