// Proving once more who sits there.
import { expect, test } from 'vitest'
import { requireStepUp } from '#core/rpc/authorize.ts'
import { goodPassword, hire, signedIn } from '#testkit/sign-in.ts'
import { testClinic } from '#testkit/clinic.ts'

const minutes = 60_000

test('SESS-01: a password shown once more proves the session for five minutes, under a new token', async () => {
  await using clinic = await testClinic()
  await hire(clinic, 'olga', ['doctor'])
  const window = await signedIn(clinic, 'olga')
  const session = () => clinic.clinic.services.sessions.find(window.state.token ?? '')
  const wanted = { stepUp: true } as never
  const isAsked = () => {
    const found = session()
    if (!found) throw new Error('no session')
    try {
      requireStepUp(wanted, {}, found, clinic.now())
      return false
    } catch {
      return true
    }
  }
  clinic.tick(3 * minutes)
  await window.session.me({})
  clinic.tick(3 * minutes)
  expect(isAsked()).toBe(true)
  await expect(window.session.stepUp({ by: 'password', proof: 'not the password' })).rejects.toMatchObject({
    code: 'WRONG_PASSWORD',
  })
  await expect(window.session.stepUp({ by: 'code', proof: '123456' })).rejects.toMatchObject({
    code: 'WRONG_CODE',
  })
  const before = window.state.token
  await window.session.stepUp({ by: 'password', proof: goodPassword })
  expect(window.state.token).not.toBe(before)
  expect(clinic.clinic.services.sessions.find(before ?? '')).toBeUndefined()
  expect(isAsked()).toBe(false)
  expect(clinic.auditOf('session.step-up').map((row) => [row.outcome, row.detail])).toEqual([
    ['refused', null],
    ['refused', null],
    ['ok', 'password'],
  ])
})
