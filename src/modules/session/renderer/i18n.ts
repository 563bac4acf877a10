// Words of the session module in both languages; `npm test` checks that they are complete.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'
import { ar as signInAr } from './sign-in-texts-ar.ts'
import { en as signInEn } from './sign-in-texts-en.ts'

export const sessionTexts = defineTexts('session', en, ar)
/** Second factors, PINs, the list of sessions, policies of sign-in. */
export const signInTexts = defineTexts('sign-in', signInEn, signInAr)
