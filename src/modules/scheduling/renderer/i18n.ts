// The words of the scheduling module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const schedulingTexts = defineTexts('scheduling', en, ar)
