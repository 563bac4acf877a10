// The words of the codes module.
import { defineTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const codesTexts = defineTexts('codes', en, ar)

type FaultKey = Extract<keyof typeof en, `fault.${string}`>
type Fault = Exclude<FaultKey extends `fault.${infer Name}` ? Name : never, 'line' | 'other'>

export const isFault = (fault: string): fault is Fault => /^[A-Z_]+$/.test(fault) && `fault.${fault}` in en
