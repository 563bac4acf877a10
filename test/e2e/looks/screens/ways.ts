// What a screen is to the walk, and the ways to it that several share: by address, by key, by the product's own words.
import type { Locator, Page } from '@playwright/test'
import type { Sights } from '../sights.ts'
import type { Words } from '../words.ts'

export interface Visit {
  readonly page: Page
  readonly t: Words
  readonly sights: Sights
  /** Goes to an address of the window, from a clean start. */
  readonly go: (hash: string) => Promise<void>
}

export interface Screen {
  readonly name: string
  /** Opens it and returns when its content is there. */
  readonly open: (visit: Visit) => Promise<void>
  /** Leaves what Escape does not close. */
  readonly leave?: (visit: Visit) => Promise<void>
  /** Looked at in the gallery alone: every test run has time for the main ones. */
  readonly onlyGallery?: true
}

export const seen = (locator: Locator) => locator.first().waitFor({ state: 'visible' })
export const heading = (page: Page, name: string) => seen(page.getByRole('heading', { name }))
export const button = (page: Page | Locator, name: string) => page.getByRole('button', { name }).first()
/** A text with values in it, as far as the first of them. */
export const start = (text: string) => text.split('{{')[0]?.trim() ?? ''

export const chartOf = async ({ page, go, t }: Visit, hash: string) => {
  await go(hash)
  await seen(page.getByRole('region', { name: t('patients', 'banner.label'), exact: true }))
  // On a phone it is there, behind the note.
  await page
    .getByRole('tablist', { name: t('chart', 'tab.label'), includeHidden: true })
    .waitFor({ state: 'attached' })
}

/** Phones show one part of the chart at a time. */
export const showPart = async (
  { page, t }: Visit,
  part: 'chart.profile' | 'chart.middle' | 'chart.record',
) => {
  const choice = page.getByRole('button', { name: t('chart', part), exact: true }).first()
  if (await choice.isVisible()) await choice.click()
}

/** A dialog, by the start of its title. */
export const dialog = (page: Page, title: string): Locator =>
  page.getByRole('dialog').filter({ has: page.getByRole('heading', { name: start(title) }) })

/** Presses a key of a screen that has just come until what it opens is there: it may not listen yet. */
export const pressFor = async (page: Page, key: string, opens: Locator) => {
  for (let n = 0; n < 4; n++) {
    await page.keyboard.press(key)
    const isThere = await opens.waitFor({ timeout: 2000 }).then(
      () => true,
      () => false,
    )
    if (isThere) return
  }
  await seen(opens)
}

/** Waits for what an act opens; says who sits there where that is asked first. */
export const proved = async ({ page, t }: Visit, opens: Locator, password: string) => {
  const question = dialog(page, t('sign-in', 'stepUp.title'))
  await opens.or(question).first().waitFor()
  if (await question.isVisible()) {
    await question.getByLabel(t('session', 'password.label'), { exact: true }).fill(password)
    await page.keyboard.press('Enter')
  }
  await seen(opens)
}
