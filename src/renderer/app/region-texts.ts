// The words of the region fields.
import { defineTexts } from '../i18n/define.ts'

export const regionTexts = defineTexts(
  'region',
  {
    country: 'Country',
    timeZone: 'Time zone',
    currency: 'Currency',
    language: 'Language',
    languageHint: 'Each person can choose their own. The country decides how dates and numbers look.',
    nothingFits: 'Nothing fits',
  },
  {
    country: 'البلد',
    timeZone: 'المنطقة الزمنية',
    currency: 'العملة',
    language: 'اللغة',
    languageHint: 'يستطيع كل شخص اختيار لغته. والبلد يحدد شكل التواريخ والأرقام.',
    nothingFits: 'لا شيء يطابق',
  },
)
