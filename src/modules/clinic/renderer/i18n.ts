// The words of the clinic module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const clinicTexts = defineTexts('clinic', en, ar)
