// The records do not open one morning: the right password says so, and the same password reads the copy of the day.
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { localDateIn } from '#shared/time.ts'
import { askNothing } from './support/ask-nothing.ts'
import { WebCaller } from './support/web-caller.ts'
import { expect, test } from './support/web-clinic.ts'

const password = 'quiet harbour lantern 42 tulips'
const username = 'maria.keller'

test('REL-07: with a broken database the copy of the day is read, printed and closed', async ({ clinic }) => {
  test.setTimeout(90_000)
  const caller = new WebCaller(clinic.host, clinic.box.clinic)
  await caller.bootstrap('create', {
    clinicName: 'Lindenhof',
    country: 'DE',
    timeZone: 'Europe/Berlin',
    currency: 'EUR',
    locale: 'en-DE',
    admin: { name: 'Dr. Maria Keller', username, password, isDoctor: true },
    kit: 'later',
  })
  await askNothing((procedure, input) => caller.call(procedure, input))
  await caller.call('session.switchRole', { role: 'admin' })
  const provider = await caller.call<{ id: string }>('scheduling.saveProvider', {
    id: null,
    rev: null,
    name: 'Dr. Maria Keller',
    colour: 'blue',
    position: 1,
  })
  await caller.call('session.switchRole', { role: 'doctor' })
  const patient = await caller.call<{ id: string }>('patients.register', {
    name: 'Ana Sol',
    gender: 'female',
    birthDate: '1980-05-06',
    telecoms: [{ system: 'phone', use: 'mobile', value: '0170 5550101', rank: 1 }],
  })
  await caller.call('profile.addAllergy', {
    patientId: patient.id,
    substance: { system: null, code: null, display: 'Penicillin' },
    criticality: 'high',
  })
  await caller.call('scheduling.book', {
    patientId: patient.id,
    date: localDateIn('Europe/Berlin', Date.now()),
    start: 23 * 60 + 30,
    minutes: 15,
    providerId: provider.id,
    visitTypeId: null,
    override: { reason: 'outside of the hours' },
  })
  await clinic.close()
  writeFileSync(path.join(clinic.box.clinic, 'clinic.db'), Buffer.alloc(64 * 1024, 0x5a))
  clinic.ignoreTrouble(/503|Service Unavailable/)

  const page = await clinic.reopen()
  await page.getByLabel('Sign-in name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Read today’s list' }).click()
  await page.getByLabel('Sign-in name').fill(username)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Ana Sol' })).toBeVisible()
  await expect(page.getByText('This is a copy, written on')).toBeVisible()
  await expect(page.getByText('Penicillin (severe risk)')).toBeVisible()
  await expect(page.getByText('0170 5550101')).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { name: 'Ana Sol' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Print' })).toBeHidden()
  await page.emulateMedia({ media: null })
  await page.getByRole('button', { name: 'Close' }).click()
  await expect(page.getByText('Ana Sol')).toHaveCount(0)
})
