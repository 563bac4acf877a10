// The words of the codes module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const codesTexts = defineTexts('codes', en, ar)
