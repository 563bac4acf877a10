// The ways in which every screen is looked at.
import type { Page } from '@playwright/test'
import type { Language } from './words.ts'

export interface Variant {
  readonly name: string
  readonly width: number
  readonly height: number
  readonly language: Language
  readonly theme: 'light' | 'dark'
}

const desk = { width: 1366, height: 768 }
const phone = { width: 390, height: 844 }
const tablet = { width: 820, height: 1180 }

export const light: Variant = { name: 'light-1366x768', ...desk, language: 'en', theme: 'light' }
export const arabicPhone: Variant = { name: 'arabic-390x844', ...phone, language: 'ar', theme: 'light' }

export const everyVariant: readonly Variant[] = [
  light,
  { name: 'dark-1366x768', ...desk, language: 'en', theme: 'dark' },
  { name: 'light-390x844', ...phone, language: 'en', theme: 'light' },
  { name: 'light-820x1180', ...tablet, language: 'en', theme: 'light' },
  { name: 'arabic-1366x768', ...desk, language: 'ar', theme: 'light' },
  arabicPhone,
  { name: 'arabic-dark-820x1180', ...tablet, language: 'ar', theme: 'dark' },
]

/** Language and theme are the window's own settings, kept where the account page keeps them; read at the next load. */
export async function takeOn(page: Page, variant: Variant): Promise<void> {
  await page.setViewportSize({ width: variant.width, height: variant.height })
  await page.evaluate(
    ({ language, theme }) => {
      window.localStorage.setItem('osler.appearance', JSON.stringify({ language, theme, compact: false }))
    },
    { language: variant.language, theme: variant.theme },
  )
  await page.reload()
}
