// The words of the notes module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const notesTexts = defineTexts('notes', en, ar)
