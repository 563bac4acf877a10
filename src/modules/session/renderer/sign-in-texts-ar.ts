// Arabic for sign-in-texts-en.ts.
import type { Arabic } from '#renderer/i18n/define.ts'
import type { en } from './sign-in-texts-en.ts'

export const ar: Arabic<typeof en> = {
  'stepUp.title': 'هل هذا أنت؟',
  'stepUp.text': 'لا ينبغي أن يفعل هذا أحد على شاشة تركتها مفتوحة. أثبت مرة أخرى أنك أنت.',
  'stepUp.signText': 'يحتاج توقيعك إلى كلمة مرورك مرة واحدة.',
  'stepUp.submit': 'متابعة',
  'stepUp.useCode': 'استعمال رمز من هاتفي',
  'stepUp.usePassword': 'استعمال كلمة مروري',

  'factor.code': 'الرمز من هاتفك',
}
