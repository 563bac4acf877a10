// Second factors, codes on paper, PINs and session limits, through dispatch.
import { describe, expect, test } from 'vitest'
import type { UserId } from '#shared/ids.ts'
import { codeAt, doorOf, goodPassword, hire, signedIn, type TestDoor } from '#testkit/sign-in.ts'
import { type TestClinic, testClinic } from '#testkit/clinic.ts'

const second = 1_000
const minute = 60 * second
const hour = 60 * minute

async function enrol(clinic: TestClinic, window: TestDoor) {
  const { uri, secret } = await window.session.beginFactor({})
  const { me, recoveryCodes } = await window.session.confirmFactor({ code: codeAt(uri, clinic.now()) })
  return { uri, secret, me, recoveryCodes, code: (atMs = clinic.now()) => codeAt(uri, atMs) }
}

/** The next code: the one that confirmed is spent. */
const nextStep = (clinic: TestClinic) => clinic.tick(30 * second)

async function halfIn(clinic: TestClinic, username = 'olga', source = 'window-2'): Promise<TestDoor> {
  const window = doorOf(clinic, 'ipc', source)
  const me = await window.session.signIn({ username, password: goodPassword })
  expect(me.pending).toBe('second-factor')
  return window
}

describe('AUTH-05: the second factor', () => {
  test('AUTH-05: counts after a confirming code, is asked for at each sign-in, and each code works once', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = await signedIn(clinic, 'olga')
    const { uri } = await window.session.beginFactor({})
    await expect(window.session.confirmFactor({ code: '000000' })).rejects.toMatchObject({
      code: 'WRONG_CODE',
    })
    // Begun and not confirmed: nothing is asked.
    expect(
      (await doorOf(clinic).session.signIn({ username: 'olga', password: goodPassword })).pending,
    ).toBeNull()
    const code = codeAt(uri, clinic.now())
    const { me } = await window.session.confirmFactor({ code })
    expect(me).toMatchObject({ pending: null, hasSecondFactor: true, secondFactorDueAt: null })

    const next = await halfIn(clinic)
    await expect(next.session.secondFactor({ code })).rejects.toMatchObject({ code: 'WRONG_CODE' })
    nextStep(clinic)
    const before = next.state.token
    await next.session.secondFactor({ code: codeAt(uri, clinic.now()) })
    expect(next.state.token).not.toBe(before)
    expect(clinic.clinic.services.sessions.find(before ?? '')).toBeUndefined()
    expect((await next.session.me({})).pending).toBeNull()
    // Reuse by somebody who read it over the shoulder.
    const thief = await halfIn(clinic, 'olga', 'window-3')
    await expect(thief.session.secondFactor({ code: codeAt(uri, clinic.now()) })).rejects.toMatchObject({
      code: 'WRONG_CODE',
    })
  })

  test('AUTH-05: one step early or late is taken, three are not', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const factor = await enrol(clinic, await signedIn(clinic, 'olga'))
    for (const [steps, isTaken] of [
      [-3, false],
      [-2, false],
      [3, false],
      [-1, true],
      [1, true],
    ] as const) {
      clinic.tick(5 * minute)
      const window = await halfIn(clinic)
      const act = window.session.secondFactor({ code: factor.code(clinic.now() + steps * 30 * second) })
      if (isTaken) expect((await act).pending).toBeNull()
      else await expect(act).rejects.toMatchObject({ code: 'WRONG_CODE' })
    }
  })

  test('AUTH-05: of fifty submissions of one code at once exactly one wins', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['doctor'])
    const factor = await enrol(clinic, await signedIn(clinic, 'olga'))
    nextStep(clinic)
    const token = (await halfIn(clinic)).state.token
    const code = factor.code()
    const replies = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        clinic.clinic.dispatch(
          { procedure: 'session.secondFactor', input: { code } },
          { door: 'ipc', token, source: `window-${n}`, setToken: () => {} },
        ),
      ),
    )
    expect(replies.filter((reply) => reply.ok)).toHaveLength(1)
    // The same behind the counter of tries, where every one of them gets to look.
    nextStep(clinic)
    const { takeCode } = await import('./totp.ts')
    const fresh = factor.code()
    const wins = Array.from({ length: 50 }, () => {
      try {
        clinic.transact((ctx) => takeCode(clinic.clinic.services, ctx, id, fresh))
        return 1
      } catch {
        return 0
      }
    })
    expect(wins.filter((won) => won === 1)).toHaveLength(1)
  })

  test('AUTH-05: half a sign-in answers nothing but what completes it, and ends after five minutes', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor', 'nurse'])
    await enrol(clinic, await signedIn(clinic, 'olga'))
    const window = await halfIn(clinic)
    const all = [
      window.clinic.get({}),
      window.people.directory({}),
      window.session.switchRole({ role: 'nurse' }),
      window.session.stepUp({ by: 'password', proof: goodPassword }),
      window.session.beginFactor({}),
      window.session.security({}),
      window.session.changePassword({ oldPassword: goodPassword, newPassword: 'harbour-thistle-cobalt' }),
    ]
    for (const refusal of await Promise.allSettled(all)) {
      expect(refusal).toMatchObject({ status: 'rejected', reason: { code: 'SECOND_FACTOR_NEEDED' } })
    }
    expect((await window.session.me({})).name).toBe('Name of olga')
    clinic.tick(5 * minute)
    await expect(window.session.me({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
  })

  test('AUTH-05: it is due seven days after the first sign-in; overdue, setting it up comes before anything else', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['nurse'])
    await hire(clinic, 'rita', ['patient'])
    const first = await doorOf(clinic).session.signIn({ username: 'olga', password: goodPassword })
    expect(first.secondFactorDueAt).toBe(new Date(clinic.now() + 7 * 24 * hour).toISOString())
    clinic.tick(7 * 24 * hour - second)
    const inTime = await doorOf(clinic).session.signIn({ username: 'olga', password: goodPassword })
    expect(inTime.pending).toBeNull()
    clinic.tick(second)
    const window = doorOf(clinic)
    const late = await window.session.signIn({ username: 'olga', password: goodPassword })
    expect(late.pending).toBe('enrolment')
    await expect(window.clinic.get({})).rejects.toMatchObject({ code: 'SECOND_FACTOR_NEEDED' })
    await enrol(clinic, window)
    expect((await window.clinic.get({})).name).toBe('Test Clinic')
    // People from outside may have one and need not.
    clinic.tick(30 * 24 * hour)
    const outsider = await doorOf(clinic, 'https').session.signIn({
      username: 'rita',
      password: goodPassword,
    })
    expect(outsider).toMatchObject({ pending: null, secondFactorDueAt: null })
  })

  test('AUTH-05: at once where the clinic wants it', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['nurse'])
    const admin = clinic.as('admin')
    const { limits } = await admin.session.rules({})
    await admin.session.setRules({ limits, secondFactorDays: 0 })
    const me = await doorOf(clinic).session.signIn({ username: 'olga', password: goodPassword })
    expect(me.pending).toBe('enrolment')
  })

  test('AUTH-05: the seed is nowhere in the database, and opens under its own key and for its own person only', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['doctor'])
    const window = await signedIn(clinic, 'olga')
    const { secret } = await enrol(clinic, window)
    const seed = Buffer.from(secretBytes(secret))
    const row = clinic.read((r) => r.list((db) => db.selectFrom('second_factor').selectAll()))[0]
    expect(row?.user_id).toBe(id)
    expect(Buffer.from(row?.seed ?? []).includes(seed)).toBe(false)
    const { services } = clinic.clinic
    expect(services.openSecret(`totp-seed/v1\0${id}`, row?.seed ?? new Uint8Array())).toEqual(seed)
    expect(services.openSecret('totp-seed/v1\0somebody else', row?.seed ?? new Uint8Array())).toBeNull()
    expect(JSON.stringify(clinic.audit())).not.toContain(secret)
    expect(dump(clinic)).not.toContain(secret)
    expect(dump(clinic)).not.toContain(seed.toString('hex'))
  })

  test('AUTH-05: eight characters are enough beside it; without it the password must stand alone', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = await signedIn(clinic, 'olga')
    const short = 'Kp2mXw9Q'
    const change = { oldPassword: goodPassword, newPassword: short }
    await expect(window.session.changePassword(change)).rejects.toMatchObject({
      code: 'PASSWORD_TOO_WEAK',
      details: { minimum: 15 },
    })
    await enrol(clinic, window)
    await window.session.changePassword(change)
    await expect(window.session.removeFactor({ password: short })).rejects.toMatchObject({
      code: 'PASSWORD_TOO_WEAK',
    })
    await window.session.changePassword({ oldPassword: short, newPassword: goodPassword })
    expect((await window.session.removeFactor({ password: goodPassword })).hasSecondFactor).toBe(false)
    const again = await doorOf(clinic).session.signIn({ username: 'olga', password: goodPassword })
    expect(again.pending).toBeNull()
  })

  test('AUTH-05: an administrator takes a colleague’s factor away; sessions end, the person hears of it and sets up a new one', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['nurse'])
    const window = await signedIn(clinic, 'olga')
    await enrol(clinic, window)
    await clinic.as('admin').session.resetFactor({ userId: id })
    await expect(window.session.me({})).rejects.toMatchObject({ code: 'NOT_SIGNED_IN' })
    expect(noticesOf(clinic, id)).toContain('second-factor-reset')
    expect(clinic.auditOf('session.reset-factor')).toMatchObject([{ outcome: 'ok', detail: id }])
    const next = doorOf(clinic)
    expect((await next.session.signIn({ username: 'olga', password: goodPassword })).pending).toBe(
      'enrolment',
    )
    await enrol(clinic, next)
    await expect(clinic.as('nurse').session.resetFactor({ userId: id })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
  })
})

describe('AUTH-06: codes on paper', () => {
  test('AUTH-06: ten of eighty bits, each once; using one tells its owner and the administrators', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['doctor'])
    const { recoveryCodes } = await enrol(clinic, await signedIn(clinic, 'olga'))
    expect(new Set(recoveryCodes).size).toBe(10)
    for (const code of recoveryCodes)
      expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){3}[0-9A-HJKMNP-TV-Z]{4}$/)
    const [first = '', other = ''] = recoveryCodes
    const window = await halfIn(clinic)
    const me = await window.session.recoveryCode({ code: first.toLowerCase().replaceAll('-', ' ') })
    expect(me.pending).toBeNull()
    expect((await window.session.security({})).recoveryCodesLeft).toBe(9)
    expect(noticesOf(clinic, id)).toEqual(['second-factor-set', 'recovery-code-used'])
    expect(noticesOf(clinic, 'admin')).toEqual(['recovery-code-used'])
    const again = await halfIn(clinic, 'olga', 'window-4')
    await expect(again.session.recoveryCode({ code: first })).rejects.toMatchObject({ code: 'WRONG_CODE' })
    // Another person's code is nobody's.
    await hire(clinic, 'pavel', ['doctor'])
    await enrol(clinic, await signedIn(clinic, 'pavel'))
    const foreign = await halfIn(clinic, 'pavel', 'window-5')
    await expect(foreign.session.recoveryCode({ code: other })).rejects.toMatchObject({ code: 'WRONG_CODE' })
    // A new set kills the old one.
    await window.session.newRecoveryCodes({})
    await expect(again.session.recoveryCode({ code: other })).rejects.toMatchObject({ code: 'WRONG_CODE' })
  })

  test('AUTH-06: a dump of the database holds no code that could be used', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const { recoveryCodes } = await enrol(clinic, await signedIn(clinic, 'olga'))
    const everything = dump(clinic)
    for (const code of recoveryCodes) {
      expect(everything).not.toContain(code)
      expect(everything).not.toContain(code.replaceAll('-', ''))
    }
    const window = await halfIn(clinic)
    const digests = clinic.read((r) => r.list((db) => db.selectFrom('recovery_code').select('digest')))
    const tries = digests.slice(0, 3).map(({ digest }) => window.session.recoveryCode({ code: digest }))
    for (const refusal of await Promise.allSettled(tries))
      expect(refusal).toMatchObject({ status: 'rejected', reason: { code: 'WRONG_CODE' } })
  })

  test('AUTH-07: wrong codes slow down like wrong passwords, and signing in anew does not help', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const factor = await enrol(clinic, await signedIn(clinic, 'olga'))
    const window = await halfIn(clinic)
    for (let n = 0; n < 5; n++)
      await expect(window.session.secondFactor({ code: '000000' })).rejects.toMatchObject({
        code: 'WRONG_CODE',
      })
    await expect(window.session.recoveryCode({ code: '0000' })).rejects.toMatchObject({
      code: 'TOO_MANY_TRIES',
    })
    const fresh = await halfIn(clinic, 'olga', 'window-9')
    await expect(fresh.session.secondFactor({ code: factor.code() })).rejects.toMatchObject({
      code: 'TOO_MANY_TRIES',
    })
    clinic.tick(30 * second)
    expect((await fresh.session.secondFactor({ code: factor.code() })).pending).toBeNull()
  })
})

describe('PINs', () => {
  test('AUTH-07: five tries, within twelve hours of a full sign-in, at this computer only', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = await signedIn(clinic, 'olga')
    for (const pin of ['12345', '123456', '111111', '121212'])
      await expect(window.session.setPin({ pin })).rejects.toMatchObject({ code: 'PASSWORD_TOO_WEAK' })
    const pin = '730518'
    await window.session.setPin({ pin })
    await window.session.lock({})
    const own = clinic.clinic.services.sessions.find(window.state.token ?? '')
    const me = await window.session.pinSignIn({ username: 'olga', pin })
    expect(me).toMatchObject({ locked: false, canSign: false })
    expect(clinic.clinic.services.sessions.find(window.state.token ?? '')?.id).toBe(own?.id)
    // It proves nothing for a dangerous act of later, and it is no password.
    clinic.tick(4 * minute)
    await window.session.me({})
    clinic.tick(2 * minute)
    await expect(window.session.setPin({ pin })).rejects.toMatchObject({ code: 'STEP_UP_NEEDED' })

    const browser = doorOf(clinic, 'https', '10.0.0.9')
    await expect(browser.session.pinSignIn({ username: 'olga', pin })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    for (let n = 0; n < 5; n++)
      await expect(window.session.pinSignIn({ username: 'olga', pin: '902613' })).rejects.toMatchObject({
        code: 'WRONG_PASSWORD',
      })
    clinic.tick(hour)
    await expect(window.session.pinSignIn({ username: 'olga', pin })).rejects.toMatchObject({
      code: 'PIN_NOT_NOW',
    })
    // A full sign-in gives the tries back, for twelve hours.
    await window.session.signIn({ username: 'olga', password: goodPassword })
    clinic.tick(12 * hour - second)
    expect((await doorOf(clinic).session.pinSignIn({ username: 'olga', pin })).name).toBe('Name of olga')
    clinic.tick(2 * second)
    await expect(window.session.pinSignIn({ username: 'olga', pin })).rejects.toMatchObject({
      code: 'PIN_NOT_NOW',
    })
  })

  test('colleagues switch at one window, each with a session of their own, in far less than two seconds', async () => {
    await using clinic = await testClinic()
    for (const [name, pin] of [
      ['olga', '730518'],
      ['pavel', '481926'],
    ] as const) {
      await hire(clinic, name, ['nurse'])
      const window = await signedIn(clinic, name)
      await window.session.setPin({ pin })
      await window.session.signOut({ isSwitch: true })
      clinic.tick(second)
    }
    const window = doorOf(clinic)
    expect((await window.session.hints({})).people).toMatchObject([
      { username: 'pavel', pin: true },
      { username: 'olga', pin: true },
    ])
    await window.session.pinSignIn({ username: 'olga', pin: '730518' })
    const olga = window.state.token
    const started = performance.now()
    await window.session.pinSignIn({ username: 'pavel', pin: '481926' })
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(clinic.clinic.services.sessions.find(olga ?? '')).toBeUndefined()
    expect((await window.session.me({})).name).toBe('Name of pavel')
    // Who signs out for good is not brought back by a PIN.
    await window.session.signOut({})
    await expect(window.session.pinSignIn({ username: 'pavel', pin: '481926' })).rejects.toMatchObject({
      code: 'PIN_NOT_NOW',
    })
  })

  test('SESS-06: a PIN is gone with the account, a restart and a reset', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['nurse'])
    const window = await signedIn(clinic, 'olga')
    await window.session.setPin({ pin: '730518' })
    const admin = clinic.as('admin')
    const person = (await admin.people.list({})).find((p) => p.id === id)
    await admin.people.resetPassword({ id, rev: person?.rev ?? 0 })
    await expect(window.session.pinSignIn({ username: 'olga', pin: '730518' })).rejects.toMatchObject({
      code: 'PIN_NOT_NOW',
    })
    await using again = await clinic.reopen()
    await expect(doorOf(again).session.pinSignIn({ username: 'olga', pin: '730518' })).rejects.toMatchObject({
      code: 'PIN_NOT_NOW',
    })
    const rows = again.read((r) => r.list((db) => db.selectFrom('device_pin').selectAll()))
    expect(JSON.stringify(rows)).not.toContain('730518')
  })
})

function secretBytes(base32: string): number[] {
  const bits = Array.from(base32, (letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  ).join('')
  return (bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
}

/** Every text and blob of every table, as hex and as text. */
function dump(clinic: TestClinic): string {
  const db = clinic.raw()
  try {
    const tables = db.prepare("select name from sqlite_master where type = 'table'").pluck().all() as string[]
    return tables
      .flatMap((table) => db.prepare(`select * from "${table}"`).raw().all() as unknown[][])
      .flat()
      .map((value) =>
        value instanceof Uint8Array
          ? `${Buffer.from(value).toString('hex')} ${Buffer.from(value).toString('latin1')}`
          : String(value),
      )
      .join('\n')
  } finally {
    db.close()
  }
}

function noticesOf(clinic: TestClinic, to: UserId | 'admin'): string[] {
  return clinic
    .read((r) => r.list((db) => db.selectFrom('notice').selectAll().orderBy('created_at').orderBy('id')))
    .filter((notice) => (to === 'admin' ? notice.to_role === 'admin' : notice.to_user === to))
    .map((notice) => notice.kind)
}
