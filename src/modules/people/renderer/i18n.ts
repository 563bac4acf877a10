// The words of the people module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const peopleTexts = defineTexts('people', en, ar)
