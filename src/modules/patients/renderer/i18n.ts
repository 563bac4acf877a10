// The words of the patients module in both languages.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const patientTexts = defineTexts('patients', en, ar)
