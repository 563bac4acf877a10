// Marks where they are set and changed on the screen: an alert, a sick note, and who may see them (SECURITY 4.3).
import type { Page } from '@playwright/test'
import { banner, createClinic, workAs } from './support/acts.ts'
import { callFrom } from './support/call.ts'
import { expect, test } from './support/web-clinic.ts'

interface Mark {
  readonly table: string
  readonly flag: string
  readonly readers: readonly { readonly name: string }[]
}

test('4.3: an alert and a sick note are marked where they stand; readers are added, taken off, brought back', async ({
  clinic,
}) => {
  test.setTimeout(120_000)
  const { page } = clinic
  await createClinic(page)
  await workAs(page, 'Administrator')
  await callFrom(page, 'people.create', { username: 'nina', name: 'Nina Nurse', roles: ['nurse'] })
  await workAs(page, 'Doctor')
  const { id } = await callFrom<{ id: string }>(page, 'patients.register', {
    name: 'Ana Sol',
    gender: 'female',
  })
  await callFrom(page, 'patients.addFlag', { patientId: id, kind: 'alert', text: 'Lives with her brother' })
  await callFrom(page, 'papers.issueSickNote', {
    patientId: id,
    from: new Date().toISOString().slice(0, 10),
    until: new Date().toISOString().slice(0, 10),
    isFollowUp: false,
    diagnosis: null,
    remarks: null,
  })
  const marks = async () => (await callFrom<{ marks: Mark[] }>(page, 'access.marks', { patientId: id })).marks

  await page.evaluate((to) => window.location.assign(to), `#/patients/${id}/details`)
  await page.getByRole('button', { name: 'Mark as sensitive: Lives with her brother' }).click()
  await submitMark(page, 'violence')
  await expect.poll(marks).toMatchObject([{ table: 'patient_flag', flag: 'violence', readers: [] }])

  const card = page.locator('section', { hasText: 'Sensitive parts of this record' })
  await expect(card.getByText('1 part is marked.')).toBeVisible()
  await card.getByRole('button', { name: 'Show' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Who may see it' }).click()
  await page.getByRole('checkbox', { name: 'Nina Nurse' }).check()
  await page.keyboard.press('Enter')
  await expect(page.getByText('The list is changed.')).toBeVisible()
  expect((await marks())[0]?.readers.map(({ name }) => name)).toEqual(['Nina Nurse'])
  await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect.poll(async () => (await marks())[0]?.readers).toEqual([])

  await page.evaluate((to) => window.location.assign(to), `#/patients/${id}`)
  await expect(banner(page)).toBeVisible()
  await page.keyboard.press('k')
  const former = page.getByRole('region', { name: 'Earlier sick notes' })
  await former.getByRole('button', { name: /^Mark as sensitive/ }).click()
  await submitMark(page, 'mental-health')
  await expect
    .poll(async () => (await marks()).map(({ table, flag }) => `${table} ${flag}`))
    .toEqual(['patient_flag violence', 'sick_note mental-health'])
  // The dialog below is still open, and nothing was sent with it.
  await expect(former).toBeVisible()
  expect(
    (await callFrom<{ notes: unknown[] }>(page, 'papers.sickNotes', { patientId: id })).notes,
  ).toHaveLength(1)
})

async function submitMark(page: Page, flag: string): Promise<void> {
  const dialog = page.getByRole('dialog').filter({ hasText: 'Who may see it, besides you' })
  await dialog.getByLabel('Kind').selectOption(flag)
  await dialog.getByRole('button', { name: /^Mark as sensitive/ }).click()
  await expect(dialog).toBeHidden()
}
