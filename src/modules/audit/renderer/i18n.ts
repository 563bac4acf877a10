// The words of the audit module, and what each act is called.
import { defineTexts } from '#renderer/i18n/define.ts'
import { actionsAr } from '../shared/action-texts-ar.ts'
import { actionsEn } from '../shared/action-texts-en.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const auditTexts = defineTexts('audit', en, ar)
export const actionTexts = defineTexts('actions', actionsEn, actionsAr)
