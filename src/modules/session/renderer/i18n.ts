// The words of the session module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const sessionTexts = defineTexts('session', en, ar)
