// The words of the prescribing module, and understood directions in the language of the screen.
import { defineTexts, useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { useAppearance } from '#renderer/i18n/i18n.ts'
import { type Quantity, quantityAr, quantityEn, type Sig, wordsAr, wordsEn } from '../shared/sig/index.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const prescribingTexts = defineTexts('prescribing', en, ar)

export function useRxWords() {
  const t = useTexts(prescribingTexts)
  const f = useFormats()
  const isArabic = useAppearance().language === 'ar'
  return {
    t,
    f,
    /** Quantity and refills have places of their own on the screens. */
    directions: (sig: Sig) => (isArabic ? wordsAr : wordsEn)({ ...sig, quantity: null, refills: null }),
    quantity: (q: Quantity) => (isArabic ? quantityAr(q) : quantityEn(q)),
  }
}
