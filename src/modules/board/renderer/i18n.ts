// The words of the board module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const boardTexts = defineTexts('board', en, ar)
