// The words of the privacy module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const privacyTexts = defineTexts('privacy', en, ar)
