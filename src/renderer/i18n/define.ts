// How a module states its words: flat keys, English and Arabic side by side, the Arabic forced to be complete.
import i18next from 'i18next'
import { useTranslation } from 'react-i18next'

type PluralForm = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other'
type PlainKey<En> = Exclude<keyof En & string, `${string}_${PluralForm}`>
type PluralBase<En> = keyof En & string extends infer K
  ? K extends `${infer Base}_other`
    ? Base
    : never
  : never

/** A plural in English (`x_one`, `x_other`) needs all six forms in Arabic. */
export type Arabic<En> = { readonly [K in PlainKey<En>]: string } & {
  readonly [K in `${PluralBase<En>}_${PluralForm}`]: string
}
export type TextKey<En> = PlainKey<En> | PluralBase<En>

export interface Texts<En = Record<string, string>> {
  readonly ns: string
  readonly en: En
  readonly ar: Arabic<En>
  /** `ns:key`, for navigation entries and actions, whose words are looked up later. */
  readonly key: (key: TextKey<En>) => LabelKey
}

export type LabelKey = `${string}:${string}`
/** Values filled into `{{name}}`; `count` chooses the plural form. */
export type TextValues = Readonly<Record<string, string | number>>
export type Translate<En> = (key: TextKey<En>, values?: TextValues) => string

/** Declares the words of one module under its own name; call it at the top of `renderer/i18n.ts`. */
export function defineTexts<const En extends Readonly<Record<string, string>>>(
  ns: string,
  en: En,
  ar: Arabic<En>,
): Texts<En> {
  pending.push({ ns, en, ar })
  if (i18next.isInitialized) addPending()
  return { ns, en, ar, key: (key) => `${ns}:${key}` }
}

const pending: { ns: string; en: object; ar: object }[] = []

/** Hands the declared words to i18next; modules may load before or after it starts. */
export function addPending(): void {
  for (const { ns, en, ar } of pending.splice(0)) {
    i18next.addResourceBundle('en', ns, en, true, true)
    i18next.addResourceBundle('ar', ns, ar, true, true)
  }
}

/** i18next types its keys from one global list; here they are typed per module by TextKey. */
type Lookup = (key: string, values: TextValues) => string

/** In right-to-left text a foreign name keeps its own direction and moves nothing around it. */
function isolated(values: TextValues | undefined): TextValues {
  if (!values || i18next.language !== 'ar') return { ...values }
  const entries = Object.entries(values)
  return Object.fromEntries(entries.map(([k, v]) => [k, typeof v === 'string' ? `\u2068${v}\u2069` : v]))
}

/** The words of a module in the person's language; the component follows a change of language. */
export function useTexts<En>(texts: Texts<En>): Translate<En> {
  const lookup = useTranslation().t as unknown as Lookup
  return (key, values) => lookup(`${texts.ns}:${key}`, isolated(values))
}

/** The same outside React, for toasts and titles. */
export function textOf<En>(texts: Texts<En>, key: TextKey<En>, values?: TextValues): string {
  return (i18next.t as unknown as Lookup)(`${texts.ns}:${key}`, isolated(values))
}

export function useLabel(): (key: LabelKey) => string {
  const lookup = useTranslation().t as unknown as Lookup
  return (key) => lookup(key, {})
}
