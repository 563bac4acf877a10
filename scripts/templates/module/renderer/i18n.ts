// The words of the __module__ module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const __camel__Texts = defineTexts('__camel__', en, ar)
