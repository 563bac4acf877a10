// The words of the billing module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const billingTexts = defineTexts('billing', en, ar)
