// The words of the keys module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const keysTexts = defineTexts('keys', en, ar)
