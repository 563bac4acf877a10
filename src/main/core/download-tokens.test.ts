// The window's own pages have no cookie: there the door is the proof, and only tokens of sessions in a window count.
import { expect, test } from 'vitest'
import { testClinic } from '#testkit/clinic.ts'

const paper = {
  type: 'application/pdf',
  name: 'x.pdf',
  open: () => Promise.resolve(new Uint8Array()),
} as const
const window = { door: 'ipc', token: null } as const

test('a token of a window is good in the window, once, and not at the other door', async () => {
  await using clinic = await testClinic()
  clinic.as('doctor')
  const { downloads } = clinic.clinic.services
  const token = downloads.issue({ sessionId: clinic.session('doctor').id }, paper)
  expect(clinic.clinic.download(token, { door: 'https', token: clinic.tokenOf('doctor') })).toBeUndefined()
  expect(clinic.clinic.download(token, window)).toBe(paper)
  expect(clinic.clinic.download(token, window)).toBeUndefined()
})

test('it is gone when the session is locked, ended or two minutes have passed', async () => {
  await using clinic = await testClinic()
  const { downloads, sessions } = clinic.clinic.services
  const issue = () => downloads.issue({ sessionId: clinic.session('doctor').id }, paper)
  const late = issue()
  clinic.tick(2 * 60_000 + 1)
  expect(clinic.clinic.download(late, window)).toBeUndefined()
  const locked = issue()
  sessions.lock(clinic.session('doctor'))
  expect(clinic.clinic.download(locked, window)).toBeUndefined()
  const ended = issue()
  sessions.end(clinic.session('doctor'))
  expect(clinic.clinic.download(ended, window)).toBeUndefined()
})

test('a session holds twenty papers at most: the oldest goes', async () => {
  await using clinic = await testClinic()
  const { downloads } = clinic.clinic.services
  const tokens = Array.from({ length: 21 }, () =>
    downloads.issue({ sessionId: clinic.session('doctor').id }, paper),
  )
  expect(clinic.clinic.download(tokens[0] ?? '', window)).toBeUndefined()
  expect(clinic.clinic.download(tokens[1] ?? '', window)).toBe(paper)
})
