// Choices of coded fields in words, and "not said" among them.
import { useTexts, type Translate } from '#renderer/i18n/define.ts'
import type { Choice } from '#ui/SelectField.tsx'
import { type KnownWord, profileTexts } from './i18n.ts'

export const notSaid = '-'
export type NotSaid = typeof notSaid

export function useChoices() {
  const t = useTexts(profileTexts)
  return <V extends KnownWord>(values: readonly V[]): Choice<V>[] =>
    values.map((value) => ({ value, label: t(`word.${value}`) }))
}

export const none = (t: Translate<typeof profileTexts.en>): Choice<NotSaid> => ({
  value: notSaid,
  label: t('word.notSaid'),
})

export const orNone = <V extends string>(value: V | null): V | NotSaid => value ?? notSaid

/** The value if it is one of these; else nothing is chosen. */
export function chosen<V extends string>(values: readonly V[], value: string | null): V | null {
  return values.find((v) => v === value) ?? null
}

/** Only what was changed is written: the rest may hold more than this dialog shows. */
export function changedOf<T extends object>(before: T, after: T): Partial<T> {
  const keys = Object.keys(after) as (keyof T)[]
  return Object.fromEntries(
    keys.filter((k) => before[k] !== after[k]).map((k) => [k, after[k]]),
  ) as Partial<T>
}
