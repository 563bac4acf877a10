// A second factor, a PIN and a dangerous act in the desktop app: enrol, sign in with it, lock, come back, step up.
import { expect, type Page } from '@playwright/test'
import { TOTP } from 'otpauth'
import { createClinic, founder, lock, meButton, openingMs, workAs } from './support/acts.ts'
import { test } from './support/electron-clinic.ts'

const pin = '730518'
const stepMs = 30_000

test('AUTH-05: a second factor is set up, asked for, and a PIN and a step-up go with it', async ({
  clinic,
}) => {
  test.setTimeout(150_000)
  const { page } = clinic
  await createClinic(page)
  await workAs(page, 'Administrator')

  await test.step('a menu that was left takes nothing from the field that has the focus next', async () => {
    await meButton(page).click()
    await page.getByRole('menuitem', { name: 'My account' }).click()
    const pinField = page.getByLabel('New PIN')
    await pinField.focus()
    await expect(page.getByRole('menu')).toHaveCount(0)
    await expect(pinField).toBeFocused()
  })
  const code = await test.step('set up the second factor on the account page', async () => {
    await page.getByRole('button', { name: 'Set up a second factor' }).click()
    const secret = (await page.getByTestId('factor-secret').innerText()).replace(/\s/g, '')
    const at = (ms: number) => new TOTP({ secret, digits: 6, period: 30 }).generate({ timestamp: ms })
    await page.getByLabel('Code from your phone').fill(at(Date.now()))
    // The finger is slower than the clinic: the codes stand there before it leaves the key, and stay.
    await page.keyboard.down('Enter')
    await expect(page.getByRole('button', { name: 'I have them on paper' })).toBeFocused()
    await page.keyboard.down('Enter')
    await page.keyboard.up('Enter')
    await expect(page.getByTestId('recovery-codes').getByRole('listitem')).toHaveCount(10)
    await page.getByRole('button', { name: 'I have them on paper' }).click()
    await expect(page.getByText('10 codes on paper are left.')).toBeVisible()
    return at
  })
  await test.step('a PIN brings the person back to the page they were on', async () => {
    await page.getByLabel('New PIN').fill(pin)
    await page.keyboard.press('Enter')
    await expect(page.getByText('The PIN works from now on')).toBeVisible()
    await lock(page)
    await page.getByLabel('PIN').fill('902613')
    await page.keyboard.press('Enter')
    await expect(page.getByText('This is not your PIN.')).toBeVisible()
    await page.getByLabel('PIN').fill(pin)
    await page.keyboard.press('Enter')
    await expect(page.getByText('Where you are signed in')).toBeVisible()
  })
  await test.step('a PIN proves nothing for a dangerous act: the window asks, and the same act goes on', async () => {
    await page.keyboard.press('ControlOrMeta+Shift+l')
    await page.getByRole('button', { name: founder.name }).click()
    await page.getByLabel('PIN').fill(pin)
    await page.keyboard.press('Enter')
    await expect(meButton(page)).toBeVisible({ timeout: openingMs })
    await workAs(page, 'Administrator')
    await goTo(page, '#/admin/sign-in')
    await page.getByLabel('Lock the front desk after').selectOption({ label: '3 minutes' })
    await page.getByRole('button', { name: 'Save' }).click()
    const question = page.getByRole('dialog', { name: 'Is it you?' })
    await question.getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByText('This wants your password or code once more.')).toBeVisible()
    await page.getByRole('button', { name: 'Save' }).click()
    await question.getByRole('button', { name: 'Use my password' }).click()
    await question.getByLabel('Password').fill(founder.password)
    await page.keyboard.press('Enter')
    await expect(page.getByText('The rules hold from now on')).toBeVisible()
  })
  await test.step('after a start of the program the password leads to the second step', async () => {
    await clinic.close()
    const again = await clinic.reopen()
    await expect(again.getByRole('heading', { name: /^Open / })).toBeVisible({ timeout: openingMs })
    await again.getByLabel('Sign-in name').fill(founder.username)
    await again.getByLabel('Password').fill(founder.password)
    await again.keyboard.press('Enter')
    await expect(again.getByLabel('Code from your phone')).toBeVisible({ timeout: openingMs })
    await expect(meButton(again)).toBeHidden()
    await again.getByLabel('Code from your phone').fill(code(Date.now() + stepMs))
    await again.keyboard.press('Enter')
    await expect(meButton(again)).toBeVisible({ timeout: openingMs })
  })
  expect(clinic.troubles(), 'errors and blocked loads in the window').toEqual([])
})

async function goTo(page: Page, hash: string): Promise<void> {
  await page.evaluate((to) => {
    window.location.hash = to
  }, hash)
}
