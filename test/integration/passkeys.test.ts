// Passkeys at the door with a host name: made, used, counted, taken away; and every wrong answer a device or somebody
// between can give.
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { passkeyDevice, type Question, type Wrong } from '#testkit/passkey-device.ts'
import { testClinic, type TestClinic } from '#testkit/clinic.ts'
import type { Reply } from '#shared/errors.ts'
import { isHostName } from '#modules/federation/shared/rules.ts'

const origin = 'https://clinic.example.org:8443'
const rpId = 'clinic.example.org'

/** A browser at the door: its cookie, its place. */
function browserAt(kit: TestClinic, place: string | null = origin, source = '10.0.0.7') {
  const state = { token: null as string | null }
  const call = async <T = unknown>(procedure: string, input: unknown = {}): Promise<T> => {
    const reply = await ask(procedure, input)
    if (!reply.ok) throw new Error(`${procedure}: ${reply.error.code}`)
    return reply.value as T
  }
  const ask = (procedure: string, input: unknown = {}): Promise<Reply> =>
    kit.clinic.dispatch(
      { procedure: `federation.${procedure}`, input },
      {
        door: 'https',
        source,
        origin: place ?? undefined,
        token: state.token,
        setToken: (next) => {
          state.token = next
        },
      },
    )
  return { state, ask, call }
}

async function withPasskey(kit: TestClinic) {
  const browser = browserAt(kit)
  const { token } = kit.clinic.services.sessions.start({
    userId: kit.userId('doctor'),
    door: 'https',
    role: 'doctor',
    signingKey: null,
  })
  browser.state.token = token
  const asked = await browser.call<Question & { userHandle: string }>('passkeyBegin')
  const device = passkeyDevice(asked.userHandle)
  const made = device.create({ ...asked, origin })
  const passkey = await browser.call<{ id: string; rev: number }>('passkeyAdd', { ...made, name: 'My phone' })
  browser.state.token = null
  return { browser, device, passkey, made, token }
}

async function signIn(
  browser: ReturnType<typeof browserAt>,
  device: ReturnType<typeof passkeyDevice>,
  wrong: Wrong = {},
): Promise<Reply> {
  const asked = await browser.call<Question>('passkeyChallenge')
  return await browser.ask('passkeySignIn', device.get({ ...asked, origin }, wrong))
}

const refused = { ok: false, error: { code: 'FEDERATION_REFUSED', details: {} } }
const reason = (kit: TestClinic, action = 'passkey.sign-in') => kit.auditOf(action).at(-1)?.detail

test('AUTH-11: a passkey signs its owner in as a whole sign-in, and is listed, renamed and taken away', async () => {
  await using kit = await testClinic()
  const { browser, device, passkey, token } = await withPasskey(kit)
  const reply = await signIn(browser, device)
  expect(reply).toMatchObject({ ok: true, value: { userId: kit.userId('doctor'), role: 'doctor' } })
  expect(browser.state.token).toMatch(/^[\w-]{43}$/)
  const mine = await browser.call<{ passkeys: unknown[]; canAddPasskey: boolean }>('mine')
  expect(mine.passkeys).toMatchObject([{ name: 'My phone', host: rpId, backedUp: false }])
  expect(mine.canAddPasskey).toBe(true)
  const renamed = await browser.call<{ name: string }>('passkeyRename', {
    id: passkey.id,
    rev: passkey.rev,
    name: 'Old phone',
  })
  expect(renamed.name).toBe('Old phone')
  // Somebody else's is not there for them.
  expect(
    await kit.call('federation.passkeyRemove', { id: passkey.id }, { token: kit.tokenOf('nurse') }),
  ).toMatchObject({
    error: { code: 'NOT_FOUND' },
  })
  await browser.call('passkeyRemove', { id: passkey.id })
  browser.state.token = null
  expect(await signIn(browser, device)).toMatchObject(refused)
  expect(reason(kit)).toBe('unknown-passkey')
  expect(token).not.toBe(browser.state.token)
})

test('AUTH-11: passkeys are offered only where a host name stands', async () => {
  await using kit = await testClinic()
  const cases = [
    ['https://clinic.example.org:8443', true],
    ['https://localhost:8443', true],
    ['https://127.0.0.1:8443', false],
    ['https://192.168.1.20', false],
    ['https://[::1]:8443', false],
    ['https://[fe80::1]', false],
    [null, false],
  ] as const
  for (const [place, wanted] of cases) {
    const browser = browserAt(kit, place)
    expect((await browser.call<{ passkeys: boolean }>('offers')).passkeys, String(place)).toBe(wanted)
    expect((await browser.ask('passkeyChallenge')).ok, String(place)).toBe(wanted)
  }
  expect(await kit.call('federation.offers', {})).toMatchObject({ value: { passkeys: false } })
  for (const name of ['1.2.3.4', '[::1]', '::1', '', '-a.org', 'a..org', 'UPPER.org'])
    expect(isHostName(name), name).toBe(false)
})

const wrongs: readonly (readonly [what: string, reason: string, wrong: Wrong])[] = [
  ['another origin', 'other-host', { origin: 'https://evil.example.org' }],
  ['the same name at another port', 'other-host', { origin: 'https://clinic.example.org' }],
  ['without encryption', 'other-host', { origin: 'http://clinic.example.org:8443' }],
  ['inside another page', 'other-host', { crossOrigin: true }],
  ['for another host', 'bad-passkey', { rpId: 'evil.example.org' }],
  ['for the domain above', 'bad-passkey', { rpId: 'example.org' }],
  ['no check of the person', 'not-verified', { isUnverified: true }],
  ['a question nobody asked', 'unknown-challenge', { challenge: 'A'.repeat(43) }],
  ['an answer to another kind of question', 'bad-passkey', { type: 'webauthn.create' }],
  [
    'signed by another key',
    'bad-passkey',
    { signWith: generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey },
  ],
  ['for another person', 'other-person', { userHandle: 'c29tZWJvZHk' }],
]

test(`AUTH-11: ${wrongs.length} wrong answers are refused with one answer and their own reason`, async () => {
  await using kit = await testClinic()
  const { browser, device } = await withPasskey(kit)
  expect(await signIn(browser, device)).toMatchObject({ ok: true })
  browser.state.token = null
  for (const [what, wanted, wrong] of wrongs) {
    kit.tick(20 * 60_000)
    expect(await signIn(browser, device, wrong), what).toMatchObject(refused)
    expect(reason(kit), what).toBe(wanted)
    expect(browser.state.token, what).toBeNull()
  }
})

test('AUTH-11: a question is answered once, within five minutes, where it was asked and for what', async () => {
  await using kit = await testClinic()
  const { browser, device } = await withPasskey(kit)
  const ask = async () => ({ ...(await browser.call<Question>('passkeyChallenge')), origin })
  const first = device.get(await ask())
  expect(await browser.ask('passkeySignIn', first)).toMatchObject({ ok: true })
  browser.state.token = null
  expect(await browser.ask('passkeySignIn', first)).toMatchObject(refused)
  expect(reason(kit)).toBe('unknown-challenge')
  const late = device.get(await ask())
  kit.tick(5 * 60_000 + 1)
  expect(await browser.ask('passkeySignIn', late)).toMatchObject(refused)
  const elsewhere = device.get(await ask())
  expect(await browserAt(kit, origin, '10.0.0.8').ask('passkeySignIn', elsewhere)).toMatchObject(refused)
  // A question for a sign-in makes no new passkey.
  const asked = await ask()
  browser.state.token = kit.clinic.services.sessions.start({
    userId: kit.userId('doctor'),
    door: 'https',
    role: 'doctor',
    signingKey: null,
  }).token
  const other = passkeyDevice()
  expect(await browser.ask('passkeyAdd', { ...other.create(asked), name: 'x' })).toMatchObject(refused)
  expect(reason(kit, 'passkey.add')).toBe('unknown-challenge')
})

test('AUTH-11: a copied passkey is noticed by its counter, refused, and its owner and the admins are told', async () => {
  await using kit = await testClinic()
  const { browser, device } = await withPasskey(kit)
  expect(await signIn(browser, device, { counter: 41 })).toMatchObject({ ok: true })
  browser.state.token = null
  for (const counter of [41, 40, 0]) {
    kit.tick(20 * 60_000)
    expect(await signIn(browser, device, { counter }), String(counter)).toMatchObject(refused)
    expect(reason(kit), String(counter)).toBe('counter-back')
  }
  const told = kit.read((r) =>
    r.list((db) => db.selectFrom('notice').selectAll().where('kind', '=', 'passkey-copied').orderBy('id')),
  )
  expect(told.some((n) => n.to_user === kit.userId('doctor'))).toBe(true)
  expect(told.some((n) => n.to_role === 'admin')).toBe(true)
  expect(await signIn(browser, device, { counter: 42 })).toMatchObject({ ok: true })
})

test('AUTH-11: devices that never count are let in every time', async () => {
  await using kit = await testClinic()
  const { browser, device } = await withPasskey(kit)
  for (let n = 0; n < 3; n++) {
    browser.state.token = null
    expect(await signIn(browser, device, { counter: 0 })).toMatchObject({ ok: true })
  }
})

test('AUTH-11: making one wants a fresh proof, the right place, a checked person, and each only once', async () => {
  await using kit = await testClinic()
  const { browser, made, token } = await withPasskey(kit)
  browser.state.token = token
  const asked = async () => ({ ...(await browser.call<Question>('passkeyBegin')), origin })
  const add = async (wrong: Wrong) =>
    await browser.ask('passkeyAdd', { ...passkeyDevice().create(await asked(), wrong), name: 'x' })
  expect(await add({ isUnverified: true })).toMatchObject(refused)
  expect(reason(kit, 'passkey.add')).toBe('not-verified')
  expect(await add({ origin: 'https://evil.example.org' })).toMatchObject(refused)
  expect(await add({ rpId: 'evil.example.org' })).toMatchObject(refused)
  expect(await add({ challenge: 'A'.repeat(43) })).toMatchObject(refused)
  expect(await browser.ask('passkeyAdd', { ...made, name: 'again' })).toMatchObject(refused)
  expect(await add({})).toMatchObject({ ok: true })
  kit.tick(5 * 60_000 + 1)
  expect(await browser.ask('passkeyBegin')).toMatchObject({ error: { code: 'STEP_UP_NEEDED' } })
})

test('AUTH-11: a person who has left does not come back with a passkey, and an admin takes one away', async () => {
  await using kit = await testClinic()
  const { browser, device, passkey } = await withPasskey(kit)
  const admin = kit.as('admin')
  expect(await admin.federation.links({})).toMatchObject({
    people: [{ userId: kit.userId('doctor'), passkeys: [{ id: passkey.id }] }],
  })
  const person = (await admin.people.list({})).find(({ id }) => id === kit.userId('doctor'))
  await admin.people.deactivate({ id: person?.id as never, rev: person?.rev ?? 0, reason: 'left the clinic' })
  expect(await signIn(browser, device)).toMatchObject(refused)
  expect(reason(kit)).toBe('account-closed')
  await admin.federation.removePasskeyOf({ id: passkey.id as never })
  expect(await admin.federation.links({})).toEqual({ people: [] })
})
