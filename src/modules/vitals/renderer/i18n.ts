// The words of the vitals module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const vitalsTexts = defineTexts('vitals', en, ar)
