// The words of the profile module, and the codes of its fields in words.
import { defineTexts, useTexts } from '#renderer/i18n/define.ts'
import { ar } from './texts-ar.ts'
import { en } from './texts-en.ts'

export const profileTexts = defineTexts('profile', en, ar)

type WithPrefix<P extends string> =
  Extract<keyof typeof en, `${P}.${string}`> extends `${P}.${infer Name}` ? Name : never
export type KnownWord = Exclude<WithPrefix<'word'>, 'notSaid'>
type Column = WithPrefix<'column'>

const isKnown = (code: string): code is KnownWord => code !== 'notSaid' && `word.${code}` in en
export const isColumn = (name: string): name is Column => `column.${name}` in en

/** A code in words; lists joined; whatever is not ours as it stands. */
export function useWord(): (value: string) => string {
  const t = useTexts(profileTexts)
  return (value) => {
    if (isKnown(value)) return t(`word.${value}`)
    return value.startsWith('[') ? listed(value) : value
  }
}

function listed(json: string): string {
  try {
    const value: unknown = JSON.parse(json)
    return Array.isArray(value) ? value.join(', ') : json
  } catch {
    return json
  }
}

/** Offered when asked what happens, most usual first. */
export const usualReactions = [
  'rash',
  'hives',
  'itching',
  'swelling',
  'anaphylaxis',
  'breathless',
  'wheezing',
  'nausea',
  'vomiting',
  'diarrhea',
  'sneezing',
  'eyes',
  'dizziness',
  'blisters',
  'unknown',
] as const satisfies readonly WithPrefix<'reaction'>[]
