// The words of the backups module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const backupsTexts = defineTexts('backups', en, ar)
