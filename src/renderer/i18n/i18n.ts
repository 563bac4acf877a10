// Starts i18next and keeps the language, the theme and the density; sets direction and theme on <html>.
// These three settings are all that is ever kept in web storage.
import i18next from 'i18next'
import { useSyncExternalStore } from 'react'
import { initReactI18next } from 'react-i18next'
import { addPending } from './define.ts'
import { systemLocale } from './system-locale.ts'

export const languages = ['en', 'ar'] as const
export type Language = (typeof languages)[number]
export type Theme = 'system' | 'light' | 'dark'

export interface Appearance {
  /** `null` follows the clinic, and before a clinic is known, the machine. */
  readonly language: Language | null
  readonly theme: Theme
  readonly compact: boolean
}

const storageKey = 'osler.appearance'
let appearance: Appearance = readAppearance()
let clinicLocale: string | null = null
const listeners = new Set<() => void>()
const darkQuery = window.matchMedia('(prefers-color-scheme: dark)')

function readAppearance(): Appearance {
  try {
    const kept = JSON.parse(window.localStorage.getItem(storageKey) ?? '{}') as Partial<Appearance>
    return {
      language: languages.find((name) => name === kept.language) ?? null,
      theme: kept.theme === 'light' || kept.theme === 'dark' ? kept.theme : 'system',
      compact: kept.compact === true,
    }
  } catch {
    return { language: null, theme: 'system', compact: false }
  }
}

const languageOfTag = (tag: string): Language => (tag.toLowerCase().startsWith('ar') ? 'ar' : 'en')

export function currentLanguage(): Language {
  return appearance.language ?? languageOfTag(clinicLocale ?? systemLocale())
}

/** Intl locale for what is shown: the clinic's own where it is in this language, else this language as used there. */
export function displayLocale(): string {
  const language = currentLanguage()
  const base = clinicLocale ?? systemLocale()
  if (languageOfTag(base) === language && (language === 'ar' || base.toLowerCase().startsWith('en')))
    return base
  const region = regionOf(base)
  return region ? `${language}-${region}` : language
}

function regionOf(tag: string): string | undefined {
  try {
    return new Intl.Locale(tag).maximize().region
  } catch {
    return undefined
  }
}

export function setClinicLocale(locale: string | null): void {
  if (clinicLocale === locale) return
  clinicLocale = locale
  apply()
}

export function setAppearance(change: Partial<Appearance>): void {
  appearance = { ...appearance, ...change }
  try {
    window.localStorage.setItem(storageKey, JSON.stringify(appearance))
  } catch {
    // Private windows may refuse storage; the choice then holds for this window only.
  }
  apply()
}

export function useAppearance(): Appearance {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => appearance,
  )
}

export const isDark = (): boolean =>
  appearance.theme === 'dark' || (appearance.theme === 'system' && darkQuery.matches)

function apply(): void {
  const html = document.documentElement
  const language = currentLanguage()
  html.lang = language
  html.dir = language === 'ar' ? 'rtl' : 'ltr'
  html.dataset.theme = isDark() ? 'dark' : 'light'
  html.dataset.density = appearance.compact ? 'compact' : 'normal'
  // Blueprint's overlays hang under <body> and read its class.
  document.body.classList.toggle('bp6-dark', isDark())
  if (i18next.isInitialized && i18next.language !== language) void i18next.changeLanguage(language)
  for (const listener of listeners) listener()
}

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: currentLanguage(),
    fallbackLng: 'en',
    supportedLngs: [...languages],
    keySeparator: false,
    nsSeparator: ':',
    resources: {},
    returnNull: false,
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  })
  addPending()
  apply()
  darkQuery.addEventListener('change', apply)
}
