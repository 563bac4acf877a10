// Signing in through the organisation as people do it: a certified provider, linking, one window and one browser,
// a service that is away, and what an administrator sets up.
import { expect, test } from 'vitest'
import { clientId, codeOf, saveProvider, signInByOrganisation, testBrowser } from '#testkit/federation.ts'
import { hostileIdp } from '#testkit/hostile-idp.ts'
import { realIdp } from '#testkit/real-idp.ts'
import { testClinic, type TestClinic } from '#testkit/clinic.ts'

const subject = 'anna-at-the-organisation'
const minute = 60_000

async function clinicWithService() {
  const browser = testBrowser()
  const kit = await testClinic({ openExternal: browser.openExternal })
  const idp = await hostileIdp({ clientId, subject, now: () => kit.now() })
  browser.goThere(idp.visit)
  await saveProvider(kit, { issuer: idp.issuer })
  return {
    kit,
    idp,
    browser,
    async [Symbol.asyncDispose]() {
      await idp.stop()
      await kit[Symbol.asyncDispose]()
    },
  }
}

const at = (kit: TestClinic, source: string, token: string | null = null) => ({
  ...kit.caller(token),
  source,
})

test('AUTH-10: a certified provider signs a linked person in: code, PKCE, nonce, state, client secret', async () => {
  const browser = testBrowser()
  // The provider keeps real time; so does this clinic.
  await using kit = await testClinic({ openExternal: browser.openExternal, startAt: Date.now() })
  let redirectAddress = ''
  await using idp = await realIdp({
    clientId,
    clientSecret: 'a secret between the two',
    redirectAddress: () => redirectAddress,
    subject,
    amr: ['pwd', 'mfa'],
  })
  browser.goThere(idp.visit)
  const saved = await saveProvider(kit, {
    issuer: idp.issuer,
    secret: 'a secret between the two',
    algorithms: ['RS256'],
  })
  redirectAddress = saved.redirectAddress ?? ''
  expect(redirectAddress).toMatch(/^http:\/\/127\.0\.0\.1\/osler\/[\w-]{22}$/)
  expect(await kit.as('admin').federation.testProvider({})).toEqual({ problem: null })
  // The person links while signed in here, and is let in by it from then on.
  const nurse = kit.as('nurse').federation
  const { handle } = await nurse.beginLink({})
  expect(await nurse.completeLink({ handle })).toMatchObject({ issuer: idp.issuer, subject })
  const tried = await signInByOrganisation(kit)
  expect(tried).toMatchObject({ ok: true, value: { userId: kit.userId('nurse'), roles: ['nurse'] } })

  const asked = new URL(browser.opened.at(-1)?.url ?? '')
  expect(browser.opened.at(-1)?.allowed).toBe(`${idp.issuer}/auth`)
  expect(Object.fromEntries(asked.searchParams)).toMatchObject({
    response_type: 'code',
    code_challenge_method: 'S256',
    client_id: clientId,
    scope: 'openid',
    prompt: 'login',
  })
  for (const name of ['state', 'nonce', 'code_challenge'])
    expect(asked.searchParams.get(name)?.length, name).toBeGreaterThanOrEqual(43)
  expect(asked.searchParams.get('redirect_uri')).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/osler\/[\w-]{22}$/)
})

test('AUTH-10: nobody is created and nothing is linked by a stranger’s token', async () => {
  await using set = await clinicWithService()
  const { kit } = set
  const before = await kit.as('admin').people.list({})
  expect(await signInByOrganisation(kit)).toMatchObject({ code: 'FEDERATION_REFUSED', reason: 'not-linked' })
  expect(await kit.as('admin').people.list({})).toEqual(before)
  expect(await kit.as('admin').federation.links({})).toEqual({ people: [] })
})

test('AUTH-10: a link is one person’s alone, may be taken away, and a closed account stays closed', async () => {
  await using set = await clinicWithService()
  const { kit } = set
  const admin = kit.as('admin').federation
  const made = await admin.link({ userId: kit.userId('doctor') as never, subject })
  expect(await codeOf(admin.link({ userId: kit.userId('nurse') as never, subject }))).toBe('DUPLICATE')
  const nurse = kit.as('nurse').federation
  const { handle } = await nurse.beginLink({})
  expect(await codeOf(nurse.completeLink({ handle }))).toBe('DUPLICATE')
  expect(await codeOf(nurse.unlinkOwn({ id: made.id }))).toBe('NOT_FOUND')
  expect(await signInByOrganisation(kit)).toMatchObject({ ok: true })

  const person = (await kit.as('admin').people.list({})).find(({ id }) => id === kit.userId('doctor'))
  await kit
    .as('admin')
    .people.deactivate({ id: person?.id as never, rev: person?.rev ?? 0, reason: 'left the clinic' })
  expect(await signInByOrganisation(kit)).toMatchObject({
    code: 'FEDERATION_REFUSED',
    reason: 'account-closed',
  })

  await admin.unlink({ id: made.id })
  expect(await signInByOrganisation(kit)).toMatchObject({ code: 'FEDERATION_REFUSED', reason: 'not-linked' })
  // The same identity may go to somebody else now.
  await kit.as('admin').federation.link({ userId: kit.userId('nurse') as never, subject })
  expect(await signInByOrganisation(kit)).toMatchObject({ ok: true, value: { userId: kit.userId('nurse') } })
  const told = kit.read((r) =>
    r.list((db) => db.selectFrom('notice').selectAll().where('kind', '=', 'sign-in-linked')),
  )
  expect(told.map((notice) => notice.to_user)).toEqual([kit.userId('doctor'), kit.userId('nurse')])
})

test('AUTH-10: a waiting sign-in belongs to its window, is good once and for five minutes', async () => {
  await using set = await clinicWithService()
  const { kit, browser, idp } = set
  await kit.as('admin').federation.link({ userId: kit.userId('doctor') as never, subject })
  browser.goThere(null)
  const call = (procedure: string, input: unknown, source: string) =>
    kit.clinic.dispatch({ procedure: `federation.${procedure}`, input }, at(kit, source))
  const begin = async (source: string) => {
    const reply = await call('beginSignIn', {}, source)
    return reply.ok ? (reply.value as { handle: string }) : { handle: '' }
  }
  const reason = () => kit.auditOf('federation.sign-in').at(-1)?.detail
  const address = () => browser.opened.at(-1)?.url ?? ''

  const first = await begin('window-1')
  await idp.visit(address())
  expect(await call('completeSignIn', first, 'window-2')).toMatchObject({ ok: false, error: { details: {} } })
  expect(reason()).toBe('other-window')
  // Taking it in the wrong window has not used it up; taking it in its own has.
  expect(await call('completeSignIn', first, 'window-1')).toMatchObject({ ok: true })
  expect(await call('completeSignIn', first, 'window-1')).toMatchObject({ ok: false })
  expect(reason()).toBe('too-late')
  // The answer of before, sent again, finds nobody: its port is closed.
  await expect(fetch(idp.lastCallback()?.href ?? '')).rejects.toThrow('fetch failed')

  const second = await begin('window-1')
  kit.tick(5 * minute + 1000)
  await idp.visit(address())
  expect(await call('completeSignIn', second, 'window-1')).toMatchObject({ ok: false })
  expect(reason()).toBe('too-late')

  const third = await begin('window-1')
  const waiting = call('completeSignIn', third, 'window-1')
  expect(await call('cancel', third, 'window-2')).toMatchObject({ ok: true })
  expect(await call('cancel', third, 'window-1')).toMatchObject({ ok: true })
  expect(await waiting).toMatchObject({ ok: false, error: { code: 'FEDERATION_REFUSED' } })
  expect(reason()).toBe('cancelled')

  // A second try of the same window ends the first.
  const fourth = await begin('window-1')
  await begin('window-1')
  expect(await call('completeSignIn', fourth, 'window-1')).toMatchObject({ ok: false })
})

test('AUTH-10: the port answers one page only, and nobody who calls it by another name', async () => {
  await using set = await clinicWithService()
  const { kit, browser } = set
  browser.goThere(null)
  const begun = await kit.clinic.dispatch(
    { procedure: 'federation.beginSignIn', input: {} },
    at(kit, 'window-1'),
  )
  const handle = (begun as { value: { handle: string } }).value
  const redirect = new URL(new URL(browser.opened[0]?.url ?? '').searchParams.get('redirect_uri') ?? '')
  expect((await fetch(`${redirect.origin}/`)).status).toBe(404)
  expect((await fetch(`${redirect.origin}/osler/guess?code=a&state=b`)).status).toBe(404)
  expect((await fetch(redirect, { method: 'POST' })).status).toBe(404)
  const other = `http://localhost:${redirect.port}${redirect.pathname}`
  expect((await fetch(other).catch(() => ({ status: 0 }))).status).not.toBe(200)
  const page = await fetch(redirect)
  expect([page.status, page.headers.get('content-security-policy')]).toEqual([
    200,
    "default-src 'none'; frame-ancestors 'none'",
  ])
  const ended = await kit.clinic.dispatch(
    { procedure: 'federation.completeSignIn', input: handle },
    at(kit, 'window-1'),
  )
  expect(ended).toMatchObject({ ok: false, error: { code: 'FEDERATION_REFUSED' } })
})

test('AUTH-10: wrong sign-ins slow the window down like wrong passwords do', async () => {
  await using set = await clinicWithService()
  const { kit } = set
  const codes: (string | null)[] = []
  for (let n = 0; n < 7; n++) codes.push((await signInByOrganisation(kit)).code)
  expect(codes.slice(0, 5)).toEqual(Array(5).fill('FEDERATION_REFUSED'))
  expect(codes.slice(5)).toEqual(['TOO_MANY_TRIES', 'TOO_MANY_TRIES'])
  expect((await signInByOrganisation(kit, 'window-9')).code).toBe('FEDERATION_REFUSED')
})

test('AUTH-10: a window cannot open the browser over and over', async () => {
  await using set = await clinicWithService()
  const { kit, browser } = set
  browser.goThere(null)
  const codes: string[] = []
  for (let n = 0; n < 21; n++) {
    const reply = await kit.clinic.dispatch(
      { procedure: 'federation.beginSignIn', input: {} },
      at(kit, 'window-1'),
    )
    codes.push(reply.ok ? 'ok' : reply.error.code)
  }
  expect(codes).toEqual([...Array<string>(20).fill('ok'), 'TOO_MANY_TRIES'])
  expect(browser.opened).toHaveLength(20)
})

test('AUTH-10: a service that is away is told in one word, and passwords go on', async () => {
  await using set = await clinicWithService()
  const { kit, idp } = set
  const offers = async () => {
    const reply = await kit.call('federation.offers', {})
    return (reply as { value: { organisation: { name: string; state: string } | null } }).value.organisation
  }
  const settled = async (wanted: string) => {
    for (let n = 0; n < 100 && (await offers())?.state !== wanted; n++) await new Promise(setImmediate)
    return await offers()
  }
  expect(await settled('ready')).toEqual({ name: 'Example Health', state: 'ready' })
  await idp.stop()
  kit.tick(2 * minute)
  await expect
    .poll(() => offers(), { timeout: 8000, interval: 20 })
    .toEqual({
      name: 'Example Health',
      state: 'unreachable',
    })
  expect(await signInByOrganisation(kit)).toMatchObject({ code: 'FEDERATION_REFUSED', reason: 'unreachable' })
  expect(await kit.as('admin').federation.testProvider({})).toEqual({ problem: 'unreachable' })
  expect(await kit.call('session.hints', {})).toMatchObject({ ok: true })
  // Nothing is offered where there is no desktop, or when it is switched off.
  expect(await kit.call('federation.offers', {}, { door: 'https' })).toMatchObject({
    value: { organisation: null },
  })
  expect(await kit.call('federation.beginSignIn', {}, { door: 'https' })).toMatchObject({
    error: { code: 'NOT_FOUND' },
  })
  await saveProvider(kit, { issuer: idp.issuer, enabled: false })
  expect(await offers()).toBeNull()
})

test('AUTH-10: the client secret lies sealed, is never shown, and does not follow to another issuer', async () => {
  await using kit = await testClinic()
  const secret = 'correct-horse-battery-secret'
  const saved = await saveProvider(kit, { issuer: 'https://login.example.org', secret })
  expect(saved.secretSet).toBe(true)
  expect(JSON.stringify(await kit.as('admin').federation.provider({}))).not.toContain(secret)
  const db = kit.raw()
  const dump = ['identity_provider', 'sync_commit'].map((table) =>
    Buffer.concat(
      (db.prepare(`select * from ${table}`).raw().all() as unknown[][])
        .flat()
        .map((value) => (value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value)))),
    ),
  )
  db.close()
  for (const bytes of dump) expect(bytes.includes(secret)).toBe(false)
  const kept = await saveProvider(kit, { issuer: 'https://login.example.org', algorithms: ['EdDSA'] })
  expect(kept.secretSet).toBe(true)
  const moved = await saveProvider(kit, { issuer: 'https://other.example.org' })
  expect(moved.secretSet).toBe(false)
  expect(moved.redirectAddress).toBe(saved.redirectAddress)
})

test('AUTH-10: what may not be set up is refused: plain http elsewhere, symmetric or no signatures, no assurance', async () => {
  await using kit = await testClinic()
  const bad = [
    { issuer: 'http://login.example.org' },
    { issuer: 'https://user:password@login.example.org' },
    { issuer: 'https://login.example.org/?x=1' },
    { issuer: 'file:///etc' },
    { issuer: 'https://login.example.org', algorithms: [] },
    { issuer: 'https://login.example.org', algorithms: ['HS256'] as never },
    { issuer: 'https://login.example.org', algorithms: ['none'] as never },
    { issuer: 'https://login.example.org', acrValues: [], amrValues: [] },
  ]
  for (const changes of bad)
    expect(await codeOf(saveProvider(kit, changes)), JSON.stringify(changes)).toBe('INVALID_INPUT')
  await saveProvider(kit, { issuer: 'https://login.example.org' })
  const [row] = kit.auditOf('federation.configure').filter(({ outcome }) => outcome === 'ok')
  expect(row).toMatchObject({ detail: 'on', category: 'configuration' })
  // A dangerous act: proven once more.
  kit.tick(4 * minute)
  await kit.as('admin').federation.provider({})
  kit.tick(2 * minute)
  expect(await codeOf(saveProvider(kit, { issuer: 'https://login.example.org' }))).toBe('STEP_UP_NEEDED')
  expect(await codeOf(kit.as('doctor').federation.provider({}))).toBe('FORBIDDEN')
})

test('SECURITY 3.5: who only ever came through the organisation sets a passphrase, and may sign and open the clinic with it', async () => {
  await using set = await clinicWithService()
  const { kit } = set
  await kit.as('admin').federation.link({ userId: kit.userId('doctor') as never, subject })
  const { token } = await signInByOrganisation(kit)
  const call = (procedure: string, input: unknown) => kit.call(procedure, input, { token })
  expect(await call('federation.mine', {})).toMatchObject({ value: { hasPassword: false } })
  expect(await call('session.me', {})).toMatchObject({ value: { canSign: false } })
  expect(kit.clinic.services.slots.has(kit.userId('doctor'))).toBe(false)
  const weak = await call('federation.setPassphrase', { passphrase: 'short' })
  expect(weak).toMatchObject({ error: { code: 'PASSWORD_TOO_WEAK' } })
  const passphrase = 'quiet harbour lantern 42 tulips'
  expect(await call('federation.setPassphrase', { passphrase })).toMatchObject({ ok: true })
  expect(kit.clinic.services.slots.has(kit.userId('doctor'))).toBe(true)
  expect(await call('session.me', {})).toMatchObject({ value: { canSign: true } })
  expect(await call('federation.setPassphrase', { passphrase: `${passphrase} 2` })).toMatchObject({
    error: { code: 'WRONG_STATE' },
  })
  expect(await kit.call('session.signIn', { username: 'doctor', password: passphrase })).toMatchObject({
    ok: true,
  })
})
