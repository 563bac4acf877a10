// The words of oversight, and what each kind of notice says.
import { defineTexts } from '#renderer/i18n/define.ts'
import { kindsAr } from './kinds-ar.ts'
import { kindsEn } from './kinds-en.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const oversightTexts = defineTexts('oversight', en, ar)
export const kindTexts = defineTexts('kinds', kindsEn, kindsAr)
