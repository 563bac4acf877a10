// Walks through screens, looks at each: faults of layout and words, the accessibility rules, and a picture where wanted.
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { lookForFaults } from './checks.ts'
import type { Screen, Visit } from './screens/ways.ts'
import type { Sights } from './sights.ts'
import type { Variant } from './variants.ts'
import { onlyEnglish, wordsIn } from './words.ts'

export interface Fault {
  readonly screen: string
  readonly variant: string
  readonly kind: string
  readonly what: string
}

export interface WalkOptions {
  readonly variant: Variant
  readonly sights?: Sights
  /** Where a picture of each screen goes. */
  readonly picture?: (screen: string) => string
  /** Colours do not change with the width: looked at once per theme where time is short. */
  readonly withoutColours?: boolean
}

/** A screen that is not there by then does not come any more. */
const patienceMs = 10_000

/** Serious or critical after WCAG 2.2 A and AA; the rest of axe's advice is taste. */
const axeTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const grave = new Set(['serious', 'critical'])

export async function walk(page: Page, screens: readonly Screen[], options: WalkOptions): Promise<Fault[]> {
  const { variant, sights } = options
  page.setDefaultTimeout(patienceMs)
  const faults: Fault[] = []
  const visit: Visit = {
    page,
    t: wordsIn(variant.language),
    sights: sights as Sights,
    go: (hash) => goTo(page, hash),
  }
  for (const screen of screens) {
    let found = await lookAt(page, screen, visit, options)
    // Somebody else's act, a slow moment of the machine or a picture in motion: what is wrong is wrong twice.
    if (found.length > 0) found = await lookAt(page, screen, visit, options)
    faults.push(...found.map((fault) => ({ ...fault, screen: screen.name, variant: variant.name })))
  }
  return faults
}

type Found = Omit<Fault, 'screen' | 'variant'>[]

async function lookAt(page: Page, screen: Screen, visit: Visit, options: WalkOptions): Promise<Found> {
  const { variant, picture } = options
  const found: Found = []
  try {
    await screen.open(visit)
    await settle(page)
    // The pointer rests where it touches nothing, so that no hint covers the picture.
    await page.mouse.move(0, 0)
    const file = picture?.(screen.name)
    if (file) await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' })
    found.push(
      ...(await page.evaluate(lookForFaults, { foreign: variant.language === 'en' ? [] : onlyEnglish() })),
      ...(await axeFaults(page, options)),
    )
  } catch (error) {
    const what = error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'failed'
    found.push({ kind: 'not-reached', what })
    const file = picture?.(`${screen.name}.not-reached`)
    if (file) await page.screenshot({ path: file }).catch(() => undefined)
  }
  await page.keyboard.press('Escape')
  await screen.leave?.(visit).catch(() => undefined)
  return found
}

async function goTo(page: Page, hash: string): Promise<void> {
  // Escape twice: out of a list, then out of a dialog. A screen that is there already must be left to be fresh.
  for (let n = 0; n < 2; n++) await page.keyboard.press('Escape')
  await page.evaluate((to) => {
    window.location.hash = '#/account'
    window.location.hash = to
  }, hash)
}

/** Nothing is loading, fonts are there, everything is drawn. */
async function settle(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    // What lies under a dialog may wait for its answer.
    const top = [...document.querySelectorAll('.bp6-dialog')].at(-1) ?? document
    return (
      document.fonts.status === 'loaded' && !top.querySelector('.os-skeleton, .bp6-spinner, [aria-busy=true]')
    )
  })
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
}

async function axeFaults(page: Page, { variant, withoutColours = false }: WalkOptions): Promise<Found> {
  // In legacy mode axe stays in the page; otherwise it opens one of its own each time, which Electron cannot.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({
    runOnly: axeTags,
    resultTypes: ['violations'],
    rules: {
      'color-contrast': { enabled: !withoutColours },
      // Takes the joined letters of Arabic for pictures and leaves them out of what is seen; the order of the words is
      // the same in both languages.
      'label-content-name-mismatch': { enabled: variant.language === 'en' },
    },
  })
  const { violations } = await axe.analyze()
  return violations
    .filter(({ impact }) => grave.has(impact ?? ''))
    .map(({ id, nodes }) => ({ id, nodes: nodes.filter((node) => !isScrolledUnder(node)) }))
    .flatMap(({ id, nodes }) =>
      nodes
        .slice(0, 5)
        .map((node) => ({ kind: `axe ${id}`, what: `${node.target.join(' ')}: ${shortest(node)}` })),
    )
}

type AxeNode = {
  any: { id: string; message: string }[]
  all: { message: string }[]
  none: { message: string }[]
}

/** Half under a bar that sticks to an edge: the page can be scrolled. What is really in the way, checks.ts finds. */
const isScrolledUnder = (node: AxeNode) =>
  node.any.some(({ id, message }) => id === 'target-size' && message.includes('obscured'))

function shortest(node: AxeNode): string {
  return [...node.any, ...node.all, ...node.none][0]?.message.slice(0, 160) ?? ''
}
