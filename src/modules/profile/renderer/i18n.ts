// The words of the profile module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const profileTexts = defineTexts('profile', en, ar)
