// The words of the access module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const accessTexts = defineTexts('access', en, ar)
