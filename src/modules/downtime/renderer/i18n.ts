// The words of the downtime module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const downtimeTexts = defineTexts('downtime', en, ar)
