// The words of the imports module in both languages.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const importTexts = defineTexts('imports', en, ar)
