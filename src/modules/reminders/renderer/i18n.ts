// The words of the reminders module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const remindersTexts = defineTexts('reminders', en, ar)
