// A passkey in a real browser at the real door: made under My account, used on the sign-in screen, refused when the device
// has not checked the person (AUTH-11).
import { createClinic, meButton, openingMs } from './support/acts.ts'
import { expect, test } from './support/web-clinic.ts'

test('AUTH-11: a passkey of the browser is made, signs in as a whole sign-in, and is refused unchecked', async ({
  clinic,
  context,
}) => {
  const { page } = clinic
  const cdp = await context.newCDPSession(page)
  await cdp.send('WebAuthn.enable')
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  await createClinic(page)

  await page.goto(`${clinic.host.origin}#/account`)
  await page.getByRole('button', { name: 'Add a passkey' }).click()
  await page.getByLabel('Name of the passkey').fill('Work tablet')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Passkey added')).toBeVisible()
  await expect(page.getByRole('listitem').filter({ hasText: 'Work tablet' })).toContainText('localhost')
  const { credentials } = await cdp.send('WebAuthn.getCredentials', { authenticatorId })
  expect(credentials).toMatchObject([{ isResidentCredential: true, rpId: 'localhost' }])

  const signOut = async () => {
    await meButton(page).click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeVisible()
  }
  await signOut()
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(meButton(page)).toBeVisible({ timeout: openingMs })

  // The device answers without having looked at the person: the browser itself refuses, and so would the clinic.
  await signOut()
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: false })
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByRole('button', { name: 'Sign in with a passkey' })).toBeEnabled()
  await expect(meButton(page)).toBeHidden()

  // The counter of a copy that fell behind: refused, in the words of every refusal.
  await cdp.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified: true })
  const [credential] = credentials
  if (!credential) throw new Error('no passkey')
  await cdp.send('WebAuthn.removeCredential', { authenticatorId, credentialId: credential.credentialId })
  await cdp.send('WebAuthn.addCredential', { authenticatorId, credential: { ...credential, signCount: 0 } })
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click()
  await expect(page.getByText('This way of signing in did not work.')).toBeVisible()
  await expect(meButton(page)).toBeHidden()
  clinic.ignoreTrouble(/422/)
  expect(clinic.troubles()).toEqual([])
})
