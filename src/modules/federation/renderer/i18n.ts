// The words of the federation module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const federationTexts = defineTexts('federation', en, ar)
