// The module's words with dates and amounts, and understood directions in the language of the screen.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { useAppearance } from '#renderer/i18n/i18n.ts'
import { type Quantity, quantityAr, quantityEn, type Sig, wordsAr, wordsEn } from '../shared/sig/index.ts'
import { prescribingTexts } from './i18n.ts'

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
