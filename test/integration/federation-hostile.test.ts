// Every lie a sign-in service, or somebody between, can tell: each is refused with the same answer, and the audit trail
// says which it was.
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { clientId, saveProvider, signInByOrganisation, testBrowser } from '#testkit/federation.ts'
import {
  hmacToken,
  type HostileIdp,
  hostileIdp,
  type Lie,
  makeKeys,
  signToken,
} from '#testkit/hostile-idp.ts'
import { testClinic, type TestClinic } from '#testkit/clinic.ts'

const subject = 'subject-of-anna'
const browser = testBrowser()
let kit: TestClinic
let idp: HostileIdp

beforeAll(async () => {
  kit = await testClinic({ openExternal: browser.openExternal })
  idp = await hostileIdp({ clientId, subject, now: () => kit.now() })
  browser.goThere(idp.visit)
  await saveProvider(kit, { issuer: idp.issuer, acrValues: ['urn:example:two-factors'] })
  await kit.as('admin').federation.link({ userId: kit.userId('doctor') as never, subject })
})
beforeEach(() => {
  idp.lie = {}
  // Wrong tries slow a window down; each case is a new day at the desk.
  kit.tick(20 * 60_000)
})
afterAll(async () => {
  await idp.stop()
  await kit[Symbol.asyncDispose]()
})

const claim =
  (changes: Record<string, unknown>): NonNullable<Lie['claims']> =>
  (claims) => ({ ...claims, ...changes })
const without =
  (name: string): NonNullable<Lie['claims']> =>
  ({ [name]: _gone, ...rest }) =>
    rest
const stranger = makeKeys('stranger')
const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const lies: readonly (readonly [what: string, reason: string, lie: Lie])[] = [
  ['alg none', 'alg-none', { token: ({ claims }) => `${b64({ alg: 'none' })}.${b64(claims)}.` }],
  ['alg none with a signature', 'alg-none', { header: (h) => ({ ...h, alg: 'nOnE' }) }],
  [
    'HS256 with the public key as secret',
    'alg-symmetric',
    {
      token: ({ claims, keys }) =>
        hmacToken(
          { alg: 'HS256', kid: keys.kid },
          claims,
          keys.publicKey.export({ format: 'pem', type: 'spki' }).toString(),
        ),
    },
  ],
  ['an algorithm nobody allowed', 'alg-not-allowed', { header: (h) => ({ ...h, alg: 'PS256' }) }],
  ['a token for another client', 'other-audience', { claims: claim({ aud: 'somebody-else' }) }],
  ['no audience', 'other-audience', { claims: without('aud') }],
  ['a token of another issuer', 'other-token-issuer', { claims: claim({ iss: 'https://evil.example' }) }],
  [
    'the same subject at an issuer that only looks the same',
    'other-token-issuer',
    { claims: (c) => ({ ...c, iss: `${String(c.iss)}/` }) },
  ],
  ['no nonce', 'no-nonce', { claims: without('nonce') }],
  ['a nonce of its own', 'other-nonce', { claims: claim({ nonce: 'made-up' }) }],
  [
    'a nonce used before',
    'other-nonce',
    { claims: (c, { earlierNonce }) => ({ ...c, nonce: earlierNonce ?? 'none' }) },
  ],
  ['expired', 'token-expired', { claims: (c, f) => ({ ...c, exp: f.nowSeconds - 61 }) }],
  ['never expiring', 'token-expired', { claims: without('exp') }],
  ['not yet valid', 'token-not-yet-valid', { claims: (c, f) => ({ ...c, nbf: f.nowSeconds + 120 }) }],
  ['issued in the future', 'token-from-future', { claims: (c, f) => ({ ...c, iat: f.nowSeconds + 120 }) }],
  ['issued long ago', 'token-from-past', { claims: (c, f) => ({ ...c, iat: f.nowSeconds - 3600 }) }],
  [
    'a person proven yesterday',
    'not-proven-anew',
    { claims: (c, f) => ({ ...c, auth_time: f.nowSeconds - 86_400 }) },
  ],
  ['an unknown key', 'unknown-key', { header: (h) => ({ ...h, kid: 'nobody' }) }],
  [
    'the key of another issuer under the right name',
    'bad-signature',
    { token: ({ header, claims }) => signToken(header, JSON.stringify(claims), stranger.privateKey) },
  ],
  [
    'a key the token brings along',
    'critical-header',
    {
      token: ({ header, claims }) =>
        signToken(
          { ...header, jwk: stranger.publicKey.export({ format: 'jwk' }) },
          JSON.stringify(claims),
          stranger.privateKey,
        ),
    },
  ],
  [
    'a critical header nobody knows',
    'critical-header',
    { header: (h) => ({ ...h, crit: ['b64'], b64: false }) },
  ],
  ['made for another party', 'other-party', { claims: claim({ azp: 'somebody-else' }) }],
  [
    'for two, and not saying for whom',
    'other-party',
    { claims: claim({ aud: [clientId, 'somebody-else'] }) },
  ],
  ['no subject', 'no-subject', { claims: without('sub') }],
  ['an empty subject', 'no-subject', { claims: claim({ sub: '' }) }],
  ['a subject that is a list', 'no-subject', { claims: claim({ sub: [subject] }) }],
  ['another subject', 'other-userinfo', { claims: claim({ sub: 'subject-of-anna ' }) }],
  ['another state', 'other-state', { callback: (url) => url.searchParams.set('state', 'other') }],
  ['two states', 'other-state', { callback: (url) => url.searchParams.append('state', 'other') }],
  ['no code', 'no-code', { callback: (url) => url.searchParams.delete('code') }],
  ['a code that was used', 'refused', { callback: (url) => url.searchParams.set('code', 'used-before') }],
  ['an error page', 'service-said-no', { callback: (url) => url.searchParams.set('error', 'access_denied') }],
  [
    'the answer of another service',
    'mixed-up-issuer',
    { callback: (url) => url.searchParams.set('iss', 'https://evil.example') },
  ],
  [
    'no issuer where one was promised',
    'mixed-up-issuer',
    { callback: (url) => url.searchParams.delete('iss') },
  ],
  ['no PKCE', 'no-pkce', { discovery: ({ code_challenge_methods_supported: _gone, ...rest }) => rest }],
  ['PKCE in clear', 'no-pkce', { discovery: (d) => ({ ...d, code_challenge_methods_supported: ['plain'] }) }],
  ['no code flow', 'no-code-flow', { discovery: (d) => ({ ...d, response_types_supported: ['id_token'] }) }],
  [
    'only symmetric signatures',
    'no-algorithm',
    { discovery: (d) => ({ ...d, id_token_signing_alg_values_supported: ['HS256', 'none'] }) },
  ],
  [
    'another issuer in its description',
    'other-issuer',
    { discovery: (d) => ({ ...d, issuer: 'https://evil.example' }) },
  ],
  [
    'a token endpoint elsewhere without encryption',
    'endpoint-insecure',
    { discovery: (d) => ({ ...d, token_endpoint: 'http://evil.example/token' }) },
  ],
  [
    'a sign-in page that is a program',
    'endpoint-insecure',
    { discovery: (d) => ({ ...d, authorization_endpoint: 'file:///bin/sh' }) },
  ],
  [
    'keys behind a password',
    'endpoint-insecure',
    { discovery: (d) => ({ ...d, jwks_uri: 'https://a:b@evil.example/jwks' }) },
  ],
  [
    'a redirect instead of its description',
    'redirected',
    {
      serve: (path, response, origin) => {
        if (path !== '/.well-known/openid-configuration') return false
        response.writeHead(302, { location: `${origin}/elsewhere` }).end()
        return true
      },
    },
  ],
  [
    'a redirect instead of a token',
    'redirected',
    {
      serve: (path, response, origin) => {
        if (path !== '/token') return false
        response.writeHead(307, { location: `${origin}/elsewhere` }).end()
        return true
      },
    },
  ],
  ['an answer without end', 'too-large', { answer: (a) => ({ ...a, filler: 'x'.repeat(200_000) }) }],
  [
    'keys without end',
    'too-large',
    {
      jwks: (keys) => [
        ...keys,
        ...Array.from({ length: 2_000 }, () => ({ ...keys[0], kid: 'x'.repeat(60) })),
      ],
    },
  ],
  ['a page instead of JSON', 'not-json', { contentType: 'text/html' }],
  ['half an answer', 'not-json', { answerText: (text) => text.slice(0, -5) }],
  [
    'an answer with two tokens',
    'duplicate-keys',
    { answerText: (text) => text.replace('{', '{"id_token":"a.b.c",') },
  ],
  [
    'two subjects in one token',
    'duplicate-claims',
    { claimsText: (text) => text.replace('{', '{"sub":"somebody-else",') },
  ],
  [
    'two subjects, one written in disguise',
    'duplicate-claims',
    { claimsText: (text) => text.replace('{', String.raw`{"s\u0075b":"somebody-else",`) },
  ],
  ['no token', 'no-token', { answer: ({ id_token: _gone, ...rest }) => rest }],
  ['a token of two parts', 'malformed-token', { token: () => 'a.b' }],
  ['a token that is no JSON', 'malformed-token', { token: () => 'e30.YWJj.YWJj' }],
  [
    'an encrypted wrap around an unsigned token',
    'encrypted-token',
    {
      token: ({ claims }) =>
        `${b64({ alg: 'dir', enc: 'A256GCM', cty: 'JWT' })}..${b64({})}.${b64(claims)}.AAAA`,
    },
  ],
  ['one factor only', 'weak-assurance', { claims: claim({ acr: 'urn:example:password' }) }],
  ['no word about the factors', 'no-assurance', { claims: without('acr') }],
  ['no methods', 'no-assurance', { claims: without('amr') }],
  ['a password as its only method', 'weak-assurance', { claims: claim({ amr: ['pwd'] }) }],
  ['methods in one word', 'no-assurance', { claims: claim({ amr: 'mfa' }) }],
  [
    'the hash of another access token',
    'other-access-token',
    { claims: claim({ at_hash: 'AAAAAAAAAAAAAAAAAAAAAA' }) },
  ],
  ['user information about somebody else', 'other-userinfo', { userinfo: () => ({ sub: 'somebody-else' }) }],
]

test('AUTH-10: the service that tells no lie lets the doctor in, as a doctor whatever roles the token claims', async () => {
  const tried = await signInByOrganisation(kit)
  expect(tried).toMatchObject({
    ok: true,
    value: { userId: kit.userId('doctor'), role: 'doctor', roles: ['doctor'] },
  })
  expect(tried.token).toMatch(/^[\w-]{43}$/)
  expect(kit.auditOf('federation.sign-in').at(-1)).toMatchObject({
    outcome: 'ok',
    detail: kit.userId('doctor'),
  })
})

test(`AUTH-10: ${lies.length} lies of a hostile service are all refused with one answer and their own audit reason`, async () => {
  expect(lies.length).toBeGreaterThanOrEqual(30)
  const wrong: string[] = []
  const sessions = kit.clinic.services.sessions.list().length
  for (const [what, reason, lie] of lies) {
    kit.tick(20 * 60_000)
    idp.lie = lie
    const tried = await signInByOrganisation(kit)
    const same = JSON.stringify([tried.code, tried.details, tried.token]) === '["FEDERATION_REFUSED",{},null]'
    if (!same || tried.reason !== reason)
      wrong.push(`${what}: ${tried.code} ${tried.reason}, wanted ${reason}`)
  }
  expect(wrong).toEqual([])
  expect(kit.clinic.services.sessions.list().length).toBeLessThanOrEqual(sessions)
  expect(new Set(lies.map(([, reason]) => reason)).size).toBeGreaterThanOrEqual(30)
})

test('AUTH-10: the same subject at another issuer is nobody here', async () => {
  await using other = await hostileIdp({ clientId, subject, now: () => kit.now() })
  browser.goThere(other.visit)
  await saveProvider(kit, { issuer: other.issuer, acrValues: ['urn:example:two-factors'] })
  expect(await signInByOrganisation(kit)).toMatchObject({ code: 'FEDERATION_REFUSED', reason: 'not-linked' })
  browser.goThere(idp.visit)
  await saveProvider(kit, { issuer: idp.issuer, acrValues: ['urn:example:two-factors'] })
  expect(await signInByOrganisation(kit, 'window-7')).toMatchObject({ ok: true })
})

test('AUTH-10: clocks may differ by a minute and no more', async () => {
  const shifted = (by: number): Lie => ({
    claims: (c, f) => ({
      ...c,
      iat: f.nowSeconds + by,
      auth_time: f.nowSeconds + by,
      exp: f.nowSeconds + by + 300,
    }),
  })
  for (const [by, ok] of [
    [59, true],
    [-59, true],
    [62, false],
    [-62, false],
  ] as const) {
    kit.tick(20 * 60_000)
    idp.lie = shifted(by)
    expect((await signInByOrganisation(kit)).ok, `${by} s`).toBe(ok)
  }
})
