// What is left of a copied text and of a locked window in the desktop app (SESS-03).
import type { ElectronApplication, Page } from '@playwright/test'
import { leavesNothing } from './after-lock.ts'
import { expect, test } from './support/electron-clinic.ts'

const minuteMs = 60_000

const read = (app: ElectronApplication) => app.evaluate(({ clipboard }) => clipboard.readText())

test('SESS-03: nothing clinical stays in a locked window, nor on the clipboard: desktop', async ({
  clinic,
}) => {
  test.setTimeout(180_000)
  await leavesNothing(clinic, () => read(clinic.app))
})

test('SESS-03: what was copied by hand is off the clipboard after a minute, but never what came from elsewhere', async ({
  clinic,
}) => {
  const { app, page } = clinic
  const clock = await minutesByHand(app)
  await copyByHand(page, 'Quenby Zaltzman')
  await expect.poll(() => read(app)).toBe('Quenby Zaltzman')
  await expect.poll(() => clock.running()).toBeGreaterThan(0)
  await clock.pass()
  await expect.poll(() => read(app)).toBe('')

  await page.keyboard.press('ControlOrMeta+c')
  await expect.poll(() => read(app)).toBe('Quenby Zaltzman')
  await expect.poll(() => clock.running()).toBeGreaterThan(0)
  await app.evaluate(({ clipboard }) => clipboard.writeText('a shopping list'))
  await clock.pass()
  expect(await read(app)).toBe('a shopping list')
})

test('SESS-03: what a desktop window tells of a copy is a digest, and nothing else is taken', async ({
  clinic,
}) => {
  const { app, page } = clinic
  const clock = await minutesByHand(app)
  await page.evaluate(async () => {
    const tell = window.osler?.copied as unknown as (place: unknown, digest: unknown) => Promise<void>
    const digest = 'a'.repeat(64)
    for (const place of ['clipboard ', null, 7, {}]) await tell(place, digest)
    for (const odd of ['', 'a'.repeat(63), 'A'.repeat(64), null, 7, { length: 64 }, [digest]])
      await tell('clipboard', odd)
  })
  expect(await clock.running()).toBe(0)
})

/** Into the first field there is, selected and copied. */
async function copyByHand(page: Page, text: string): Promise<void> {
  await page.getByRole('button', { name: /^Create a clinic/ }).click()
  await page.getByLabel('Name of the clinic').focus()
  await page.keyboard.type(text)
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+c')
}

/** The program's own waits of a minute, let run when the test says so. */
async function minutesByHand(app: ElectronApplication) {
  const kept = await app.evaluateHandle((_electron, ms) => {
    const waiting = new Map<object, () => void>()
    const { setTimeout: wait, clearTimeout: callOff } = globalThis
    globalThis.setTimeout = ((run: () => void, after?: number, ...rest: unknown[]) => {
      if (after !== ms) return wait(run, after, ...rest)
      const timer = {}
      waiting.set(timer, run)
      return timer
    }) as typeof setTimeout
    globalThis.clearTimeout = ((timer?: object) => {
      if (!timer || !waiting.delete(timer)) callOff(timer as NodeJS.Timeout)
    }) as typeof clearTimeout
    return waiting
  }, minuteMs)
  return {
    running: () => kept.evaluate((waiting) => waiting.size),
    pass: () =>
      kept.evaluate((waiting) => {
        const due = [...waiting.values()]
        waiting.clear()
        for (const run of due) run()
      }),
  }
}
