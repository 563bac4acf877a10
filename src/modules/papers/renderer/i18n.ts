// The words of the papers module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const papersTexts = defineTexts('papers', en, ar)
