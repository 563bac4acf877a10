// The words that belong to no module.
import { ar } from './ar.ts'
import { defineTexts } from './define.ts'
import { en } from './en.ts'

export const commonTexts = defineTexts('common', en, ar)
