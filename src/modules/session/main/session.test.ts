// Rules of the clinic about signing in, through dispatch, at doors that keep their token as real ones do.
import { describe, expect, test } from 'vitest'
import { openSigningKey } from '#core/keys/signing-key.ts'
import type { Door } from '#core/rpc/context.ts'
import { createPasswordWork } from '#core/keys/password-work.ts'
import { mintId } from '#core/store/mint.ts'
import type { RowOf } from '#core/store/table-def.ts'
import { setFirstCredential } from '#modules/people/main/api.ts'
import { clientFor } from '#testkit/client.ts'
import { fastKdf, type TestClinic, testClinic } from '#testkit/clinic.ts'
import { withSecondPerson } from '#testkit/second-person.ts'
import type { Role } from '#shared/permissions.ts'
import type { UserId } from '#shared/ids.ts'
import type { signInFailure } from './tables.ts'
import { delaySeconds } from './tries.ts'

const good = 'lantern-quarry-violin'
const better = 'harbour-thistle-cobalt'

/** A window or browser: remembers the token it was given. */
function doorOf(clinic: TestClinic, door: Door = 'ipc', source = 'window-1') {
  const state = { token: null as string | null }
  const client = clientFor((procedure, input, opId) =>
    clinic.clinic.dispatch(
      { procedure, input, opId: opId ?? mintId(clinic.now()) },
      { door, source, token: state.token, setToken: (token) => void (state.token = token) },
    ),
  )
  return { ...client, state }
}

async function hire(clinic: TestClinic, username: string, roles: Role[], password = good): Promise<UserId> {
  const { code, person } = await withSecondPerson(clinic, (admin) =>
    admin.people.create({ username, name: `Name of ${username}`, roles }),
  )
  await doorOf(clinic).session.setPassword({ username, code, newPassword: password })
  return person.id
}

const refused = (code: string) => expect.objectContaining({ code })

describe('signing in', () => {
  test('a new person sets a password with the code from the admin and signs in', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['admin', 'doctor'])
    const window = doorOf(clinic)
    const me = await window.session.signIn({ username: ' Olga ', password: good })
    expect(me).toMatchObject({
      userId: id,
      username: 'olga',
      role: 'doctor',
      roles: ['doctor', 'admin'],
      locked: false,
      idleSeconds: 300,
      canSign: true,
      clinic: { name: 'Test Clinic', timeZone: 'Europe/Berlin', isDemo: false },
    })
    expect(await window.session.me({})).toEqual(me)
    expect(clinic.auditOf('session.sign-in')).toMatchObject([{ outcome: 'ok', detail: id }])
    expect(JSON.stringify(clinic.audit())).not.toContain(good)
  })

  test('a wrong password, an unknown name, a person without a password and one who has left get one answer', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const left = await hire(clinic, 'lena', ['nurse'])
    await clinic.as('admin').people.create({ username: 'nina', name: 'Nina', roles: ['nurse'] })
    const { rev } = (await clinic.as('admin').people.list({})).find((p) => p.id === left) ?? { rev: 0 }
    await clinic.as('admin').people.deactivate({ id: left, rev, reason: 'moved away' })
    const answers = new Set<string>()
    for (const [username, password] of [
      ['olga', 'wrong'],
      ['nobody', good],
      ['lena', good],
      ['nina', good],
      ['', ' '],
    ] as const) {
      const reply = await doorOf(clinic)
        .session.signIn({ username, password })
        .catch((e: { code: string; details: unknown }) => e)
      answers.add(
        JSON.stringify([
          reply && 'code' in reply ? reply.code : 'signed in',
          (reply as { details: unknown }).details,
        ]),
      )
    }
    expect([...answers]).toEqual(['["WRONG_PASSWORD",{}]'])
    expect(clinic.auditOf('session.sign-in')).toMatchObject(
      Array.from({ length: 5 }, () => ({ outcome: 'refused', code: 'WRONG_PASSWORD', user_id: null })),
    )
  })

  test('a token from before the sign-in is dead after it, and the next person ends the former one’s session', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    await hire(clinic, 'nils', ['nurse'], better)
    const window = doorOf(clinic)
    await window.session.signIn({ username: 'olga', password: good })
    const first = window.state.token
    await window.session.signIn({ username: 'nils', password: better })
    expect(window.state.token).not.toBe(first)
    expect(await clinic.call('session.me', {}, { token: first })).toMatchObject({
      error: { code: 'NOT_SIGNED_IN' },
    })
    expect((await window.session.me({})).username).toBe('nils')
  })

  test('the fourth session of one person closes the oldest', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const windows = [1, 2, 3, 4].map((n) => doorOf(clinic, 'ipc', `window-${n}`))
    for (const window of windows) {
      clinic.tick(1000)
      await window.session.signIn({ username: 'olga', password: good })
    }
    await expect(windows[0]?.session.me({})).rejects.toEqual(refused('NOT_SIGNED_IN'))
    for (const window of windows.slice(1)) expect((await window.session.me({})).username).toBe('olga')
  })

  test('the sign-in screen of a PC names who works there; a browser learns no name', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    expect((await doorOf(clinic).session.hints({})).people).toEqual([])
    await doorOf(clinic).session.signIn({ username: 'olga', password: good })
    expect(await doorOf(clinic).session.hints({})).toEqual({
      clinicName: 'Test Clinic',
      isDemo: false,
      people: [{ username: 'olga', name: 'Name of olga', pin: false }],
    })
    expect((await doorOf(clinic, 'https').session.hints({})).people).toEqual([])
  })

  test('a first sign-in makes the slot with which staff open the clinic cold; a researcher gets none', async () => {
    await using clinic = await testClinic()
    const nurse = await hire(clinic, 'nils', ['nurse'])
    const outsider = await hire(clinic, 'rita', ['researcher'])
    clinic.clinic.services.slots.remove(nurse)
    await doorOf(clinic).session.signIn({ username: 'nils', password: good })
    await doorOf(clinic).session.signIn({ username: 'rita', password: good })
    expect(clinic.clinic.services.slots.has(nurse)).toBe(true)
    expect(clinic.clinic.services.slots.has(outsider)).toBe(false)
  })
})

describe('wrong tries', () => {
  const guess = (door: ReturnType<typeof doorOf>, username = 'olga', password = 'wrong') =>
    door.session.signIn({ username, password }).then(
      () => 'in',
      (e: { code: string }) => e.code,
    )

  test.each([
    [0, 0],
    [4, 0],
    [5, 1],
    [6, 2],
    [7, 4],
    [14, 512],
    [15, 900],
    [99, 900],
  ])('after %i the wait is %i seconds', (n, s) => {
    expect(delaySeconds(n)).toBe(s)
  })

  test('from the fifth on each one makes the next wait longer, and the right one clears the count', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = doorOf(clinic)
    for (let i = 0; i < 5; i++) expect(await guess(window)).toBe('WRONG_PASSWORD')
    await expect(window.session.signIn({ username: 'olga', password: good })).rejects.toMatchObject({
      code: 'TOO_MANY_TRIES',
      details: { retryAfterSeconds: 1 },
    })
    clinic.tick(1000)
    expect(await guess(window)).toBe('WRONG_PASSWORD')
    clinic.tick(1000)
    expect(await guess(window)).toBe('TOO_MANY_TRIES')
    clinic.tick(1000)
    expect(await guess(window, 'olga', good)).toBe('in')
    for (let i = 0; i < 5; i++) expect(await guess(doorOf(clinic))).toBe('WRONG_PASSWORD')
  })

  test('an unknown name waits like a known one', async () => {
    await using clinic = await testClinic()
    const window = doorOf(clinic)
    for (let i = 0; i < 5; i++) expect(await guess(window, 'nobody')).toBe('WRONG_PASSWORD')
    expect(await guess(window, 'nobody')).toBe('TOO_MANY_TRIES')
    expect(await guess(window, 'nobody-else')).toBe('WRONG_PASSWORD')
  })

  test('the count survives a restart', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    for (let i = 0; i < 5; i++) await guess(doorOf(clinic))
    await using again = await clinic.reopen()
    expect(await guess(doorOf(again))).toBe('TOO_MANY_TRIES')
  })

  test('of many at once none slips past the count', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const doors = Array.from({ length: 40 }, (_, i) => doorOf(clinic, 'ipc', `window-${i}`))
    const answers = await Promise.all(doors.map((door) => guess(door)))
    expect(answers.filter((a) => a === 'WRONG_PASSWORD')).toHaveLength(5)
    expect(answers.filter((a) => a === 'TOO_MANY_TRIES')).toHaveLength(35)
  })

  test('ten thousand guesses look at the password a hundred times, and then only an admin helps', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['doctor'])
    let looked = 0
    let last = ''
    for (let i = 0; i < 10_000 && last !== 'stopped'; i++) {
      clinic.tick(900_000)
      const reply = await doorOf(clinic)
        .session.signIn({ username: 'olga', password: `guess ${i}` })
        .catch((e: unknown) => e)
      const { code, details } = reply as { code: string; details: { retryAfterSeconds?: number | null } }
      if (code === 'WRONG_PASSWORD') looked++
      last = details.retryAfterSeconds === null ? 'stopped' : code
    }
    expect(looked).toBe(100)
    clinic.tick(365 * 24 * 3_600_000)
    await expect(doorOf(clinic).session.signIn({ username: 'olga', password: good })).rejects.toEqual(
      refused('TOO_MANY_TRIES'),
    )
    const person = (await clinic.as('admin').people.list({})).find((p) => p.id === id)
    const { code } = await clinic.as('admin').people.resetPassword({ id, rev: person?.rev ?? 0 })
    await doorOf(clinic).session.setPassword({ username: 'olga', code, newPassword: better })
    expect(await guess(doorOf(clinic), 'olga', better)).toBe('in')
  })

  test('somebody guessing from the network does not shut out the person at the desk', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const remote = doorOf(clinic, 'https', '10.0.0.9')
    for (let i = 0; i < 5; i++) expect(await guess(remote)).toBe('WRONG_PASSWORD')
    expect(await guess(remote)).toBe('TOO_MANY_TRIES')
    expect(await guess(doorOf(clinic), 'olga', good)).toBe('in')
  })

  test('one source gets twenty tries a minute whatever names it tries', async () => {
    await using clinic = await testClinic()
    const remote = doorOf(clinic, 'https', '10.0.0.9')
    for (let i = 0; i < 20; i++) expect(await guess(remote, `name-${i}`)).toBe('WRONG_PASSWORD')
    expect(await guess(remote, 'name-21')).toBe('TOO_MANY_TRIES')
    expect(await guess(doorOf(clinic, 'https', '10.0.0.10'), 'name-21')).toBe('WRONG_PASSWORD')
    clinic.tick(60_000)
    expect(await guess(remote, 'name-22')).toBe('WRONG_PASSWORD')
  })

  test('a flood from the network does not close the desk', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    for (let i = 0; i < 200; i++) await guess(doorOf(clinic, 'https', `10.0.1.${i % 50}`), `name-${i}`)
    expect(await guess(doorOf(clinic, 'https', '10.0.2.1'), 'olga', good)).toBe('TOO_MANY_TRIES')
    expect(await guess(doorOf(clinic), 'olga', good)).toBe('in')
  })

  test('what was typed as a name is kept nowhere, and strangers are forgotten after a day', async () => {
    await using clinic = await testClinic()
    await guess(doorOf(clinic), 'my secret password typed into the wrong field')
    const rows = (): RowOf<typeof signInFailure>[] =>
      clinic.read((r) => r.list((db) => db.selectFrom('sign_in_failure').selectAll()))
    expect(JSON.stringify([rows(), clinic.audit()])).not.toContain('wrong field')
    expect(rows().filter((row) => row.subject.startsWith('nobody:'))).toHaveLength(1)
    clinic.tick(25 * 3_600_000)
    await guess(doorOf(clinic), 'other')
    clinic.tick(25 * 3_600_000)
    await guess(doorOf(clinic), 'third')
    expect(rows().filter((row) => row.subject.startsWith('nobody:')).length).toBeLessThanOrEqual(2)
  })
})

describe('one-time codes', () => {
  test('a code works once, for its person, for a day', async () => {
    await using clinic = await testClinic()
    const admin = clinic.as('admin')
    const nina = await admin.people.create({ username: 'nina', name: 'Nina', roles: ['nurse'] })
    const otto = await admin.people.create({ username: 'otto', name: 'Otto', roles: ['nurse'] })
    expect(nina.code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){3}$/)
    expect(nina.expiresAt).toBe(new Date(clinic.now() + 24 * 3_600_000).toISOString())
    const set = (username: string, code: string) =>
      doorOf(clinic).session.setPassword({ username, code, newPassword: good })
    await expect(set('nina', otto.code)).rejects.toEqual(refused('ONE_TIME_CODE_WRONG'))
    await expect(set('nobody', nina.code)).rejects.toEqual(refused('ONE_TIME_CODE_WRONG'))
    // Typed from paper: small letters, blanks, O for 0.
    await set('nina', nina.code.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o'))
    await expect(set('nina', nina.code)).rejects.toEqual(refused('ONE_TIME_CODE_WRONG'))
    clinic.tick(24 * 3_600_000)
    await expect(set('otto', otto.code)).rejects.toEqual(refused('ONE_TIME_CODE_WRONG'))
    const list = await clinic.as('admin').people.list({})
    expect(list.find((p) => p.username === 'otto')?.credential).toBe('none')
    expect(list.find((p) => p.username === 'nina')?.credential).toBe('set')
  })

  test('of two who use one code at once, one gets in', async () => {
    await using clinic = await testClinic()
    const { code } = await clinic
      .as('admin')
      .people.create({ username: 'nina', name: 'Nina', roles: ['nurse'] })
    const tries = [good, better].map((newPassword) =>
      doorOf(clinic).session.setPassword({ username: 'nina', code, newPassword }),
    )
    const settled = await Promise.allSettled(tries)
    expect(settled.filter((s) => s.status === 'fulfilled')).toHaveLength(1)
  })

  test.each(['short', 'aaaaaaaaaaaaaaaaaaaa', 'passwordpassword', 'nina-nina-nina-1990', 'testclinic12345'])(
    'a weak password (%s) is refused and costs neither the code nor a try',
    async (weak) => {
      await using clinic = await testClinic()
      const { code } = await clinic
        .as('admin')
        .people.create({ username: 'nina', name: 'Nina', roles: ['nurse'] })
      for (let i = 0; i < 7; i++) {
        await expect(
          doorOf(clinic).session.setPassword({ username: 'nina', code, newPassword: weak }),
        ).rejects.toMatchObject({
          code: 'PASSWORD_TOO_WEAK',
          details: { minimum: 15 },
        })
      }
      await doorOf(clinic).session.setPassword({ username: 'nina', code, newPassword: good })
    },
  )

  test('no code stands in the database in a form that could be used', async () => {
    await using clinic = await testClinic()
    const { code, person } = await clinic
      .as('admin')
      .people.create({ username: 'nina', name: 'Nina', roles: ['nurse'] })
    const rows = clinic.read((r) =>
      r.list((db) => db.selectFrom('user_account').selectAll().where('id', '=', person.id)),
    )
    expect(JSON.stringify(rows)).not.toContain(code)
    expect(JSON.stringify(rows)).not.toContain(code.replaceAll('-', ''))
    expect(
      clinic.read((r) =>
        r.list((db) => db.selectFrom('op_result').select('result').where('procedure', '=', 'people.create')),
      ),
    ).toEqual([{ result: '' }])
  })
})

describe('locking', () => {
  test('a locked session answers lock-screen calls only, until its person unlocks it', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = doorOf(clinic)
    await window.session.signIn({ username: 'olga', password: good })
    const before = window.state.token
    await window.session.lock({})
    await expect(window.patients.search({ text: 'a' })).rejects.toEqual(refused('SESSION_LOCKED'))
    expect(await window.session.me({})).toMatchObject({ locked: true, canSign: false })
    await expect(window.session.unlock({ password: 'wrong' })).rejects.toEqual(refused('WRONG_PASSWORD'))
    expect(await window.session.unlock({ password: good })).toMatchObject({ locked: false, canSign: true })
    expect(window.state.token).not.toBe(before)
    expect(await window.patients.search({ text: 'a' })).toEqual({ patients: [], more: false })
  })

  test('a session left alone locks itself', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = doorOf(clinic)
    await window.session.signIn({ username: 'olga', password: good })
    clinic.tick(299_000)
    await window.patients.search({ text: 'a' })
    clinic.tick(300_000)
    await expect(window.patients.search({ text: 'a' })).rejects.toEqual(refused('SESSION_LOCKED'))
    await window.session.unlock({ password: good })
    await window.patients.search({ text: 'a' })
  })

  test('guesses at the lock screen are counted like those at the sign-in screen', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = doorOf(clinic)
    await window.session.signIn({ username: 'olga', password: good })
    await window.session.lock({})
    for (let i = 0; i < 5; i++)
      await expect(window.session.unlock({ password: 'wrong' })).rejects.toEqual(refused('WRONG_PASSWORD'))
    await expect(window.session.unlock({ password: good })).rejects.toEqual(refused('TOO_MANY_TRIES'))
    await expect(doorOf(clinic).session.signIn({ username: 'olga', password: good })).rejects.toEqual(
      refused('TOO_MANY_TRIES'),
    )
  })

  test('who signs out is out', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['doctor'])
    const window = doorOf(clinic)
    await window.session.signIn({ username: 'olga', password: good })
    const { token } = window.state
    await window.session.signOut({})
    expect(window.state.token).toBeNull()
    expect(await clinic.call('session.me', {}, { token })).toMatchObject({ error: { code: 'NOT_SIGNED_IN' } })
  })
})

describe('hats', () => {
  test('a person works under one hat at a time and changes it under a new token', async () => {
    await using clinic = await testClinic()
    await hire(clinic, 'olga', ['admin', 'doctor'])
    const window = doorOf(clinic)
    await window.session.signIn({ username: 'olga', password: good })
    await expect(window.people.list({})).rejects.toEqual(refused('FORBIDDEN'))
    const before = window.state.token
    expect(await window.session.switchRole({ role: 'admin' })).toMatchObject({ role: 'admin', canSign: true })
    expect(window.state.token).not.toBe(before)
    expect(await clinic.call('session.me', {}, { token: before })).toMatchObject({
      error: { code: 'NOT_SIGNED_IN' },
    })
    expect((await window.people.list({})).length).toBeGreaterThan(0)
    await expect(window.patients.register({ name: 'Ana', gender: 'female' })).rejects.toEqual(
      refused('FORBIDDEN'),
    )
    await expect(window.session.switchRole({ role: 'billing' })).rejects.toEqual(refused('FORBIDDEN'))
    expect((await window.session.me({})).role).toBe('admin')
  })
})

describe('the own password', () => {
  test('a verifier of former strength is made anew at the next sign-in, and the signing key moves along', async () => {
    await using clinic = await testClinic()
    const weaker = createPasswordWork({ pepper: clinic.keys.pepper, policy: { ...fastKdf, memoryKib: 64 } })
    const hashed = await weaker.hash(good)
    const id = await hire(clinic, 'olga', ['doctor'])
    clinic.transact((ctx) => setFirstCredential(ctx, id, hashed))
    const verifier = () =>
      clinic.read((r) =>
        r.list((db) => db.selectFrom('user_account').select('verifier').where('id', '=', id)),
      )[0]?.verifier
    expect(await doorOf(clinic).session.signIn({ username: 'olga', password: good })).toMatchObject({
      canSign: true,
    })
    expect(verifier()).toContain(`m=${fastKdf.memoryKib},`)
    expect(verifier()).not.toBe(hashed.verifier)
    expect(await doorOf(clinic).session.signIn({ username: 'olga', password: good })).toMatchObject({
      canSign: true,
    })
  })

  test('changing it keeps the signing key, ends other sessions and kills the old password', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['doctor'])
    const [here, there] = [doorOf(clinic), doorOf(clinic, 'ipc', 'window-2')]
    await here.session.signIn({ username: 'olga', password: good })
    await there.session.signIn({ username: 'olga', password: good })
    const publicKeys = () =>
      clinic.read((r) =>
        r.list((db) =>
          db
            .selectFrom('user_signing_key')
            .select(['public_key', 'wrapped_private'])
            .where('user_id', '=', id)
            .orderBy('id'),
        ),
      )
    await expect(here.session.changePassword({ oldPassword: 'wrong', newPassword: better })).rejects.toEqual(
      refused('WRONG_PASSWORD'),
    )
    await expect(here.session.changePassword({ oldPassword: good, newPassword: 'short' })).rejects.toEqual(
      refused('PASSWORD_TOO_WEAK'),
    )
    await here.session.changePassword({ oldPassword: good, newPassword: better })
    expect((await here.session.me({})).canSign).toBe(true)
    await expect(there.session.me({})).rejects.toEqual(refused('NOT_SIGNED_IN'))
    await expect(doorOf(clinic).session.signIn({ username: 'olga', password: good })).rejects.toEqual(
      refused('WRONG_PASSWORD'),
    )
    expect(await doorOf(clinic).session.signIn({ username: 'olga', password: better })).toMatchObject({
      canSign: true,
    })
    const [first, second] = publicKeys()
    expect(second?.public_key).toEqual(first?.public_key)
    expect(second?.wrapped_private).not.toEqual(first?.wrapped_private)
  })

  test('a reset starts a new signing key; the old public key stays to verify', async () => {
    await using clinic = await testClinic()
    const id = await hire(clinic, 'olga', ['doctor'])
    const person = (await clinic.as('admin').people.list({})).find((p) => p.id === id)
    const { code } = await clinic.as('admin').people.resetPassword({ id, rev: person?.rev ?? 0 })
    await expect(doorOf(clinic).session.signIn({ username: 'olga', password: good })).rejects.toEqual(
      refused('WRONG_PASSWORD'),
    )
    await doorOf(clinic).session.setPassword({ username: 'olga', code, newPassword: better })
    const keys = clinic.read((r) =>
      r.list((db) =>
        db.selectFrom('user_signing_key').select(['public_key', 'wrapped_private']).where('user_id', '=', id),
      ),
    )
    expect(keys).toHaveLength(2)
    expect(keys[0]?.public_key).not.toEqual(keys[1]?.public_key)
    const proof = await clinic.clinic.services.passwords.verify(
      better,
      clinic.read((r) =>
        r.list((db) => db.selectFrom('user_account').select('verifier').where('id', '=', id)),
      )[0]?.verifier ?? null,
    )
    if (!proof) throw new Error('the new password must hold')
    expect(
      keys.filter((key) => openSigningKey(id, proof.keyEncryptionKey, key.wrapped_private)),
    ).toHaveLength(1)
  })
})
