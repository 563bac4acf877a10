// The words of the prescribing module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const prescribingTexts = defineTexts('prescribing', en, ar)
