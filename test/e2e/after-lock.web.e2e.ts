// What is left of a copied text and of a locked window in a browser (SESS-03).
import type { Page } from '@playwright/test'
import { leavesNothing } from './after-lock.ts'
import { expect, test } from './support/web-clinic.ts'

/** Allowed to the test alone; the product never asks to read. */
async function readerOf(page: Page): Promise<() => Promise<string>> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  return () => page.evaluate(() => navigator.clipboard.readText())
}

test('SESS-03: nothing clinical stays in a locked window, nor on the clipboard: browser', async ({
  clinic,
}) => {
  test.setTimeout(180_000)
  await leavesNothing(clinic, await readerOf(clinic.page))
})

test('SESS-03: a page takes what was copied off the clipboard after a minute, unless the person left it since', async ({
  clinic,
}) => {
  const { page } = clinic
  const read = await readerOf(page)
  await page.getByRole('button', { name: /^Create a clinic/ }).click()
  await page.getByLabel('Name of the clinic').focus()
  await page.keyboard.type('Quenby Zaltzman')
  await page.keyboard.press('ControlOrMeta+a')
  await page.clock.install()
  await page.keyboard.press('ControlOrMeta+c')
  await expect.poll(read).toBe('Quenby Zaltzman')
  await page.clock.fastForward(59_000)
  expect(await read()).toBe('Quenby Zaltzman')
  await page.clock.fastForward(1_000)
  await expect.poll(read).toBe('')

  await page.keyboard.press('ControlOrMeta+c')
  await expect.poll(read).toBe('Quenby Zaltzman')
  await page.evaluate(() => {
    window.dispatchEvent(new Event('blur'))
    return navigator.clipboard.writeText('a shopping list')
  })
  await page.clock.fastForward(120_000)
  await page.keyboard.press('Shift')
  expect(await read()).toBe('a shopping list')
})
