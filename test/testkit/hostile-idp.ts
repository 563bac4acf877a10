// A sign-in service on loopback that lies in one chosen way. Everything else about it is right, so that a refusal is for
// that lie alone. Written on node:http and node:crypto: the product's own library must not judge itself.
import { createHash, createHmac, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

type Json = Record<string, unknown>

export interface Lie {
  /** Changes the discovery document. */
  readonly discovery?: (document: Json, origin: string) => Json
  readonly header?: (header: Json) => Json
  readonly claims?: (claims: Json, facts: Facts) => Json
  /** Instead of the claims as JSON: for what JSON.stringify cannot say. */
  readonly claimsText?: (text: string) => string
  /** Makes the whole token itself. */
  readonly token?: (parts: { header: Json; claims: Json; keys: Keys }) => string
  /** Changes the answer of the token endpoint. */
  readonly answer?: (answer: Json) => Json
  readonly answerText?: (text: string) => string
  readonly jwks?: (keys: Json[], own: Keys) => Json[]
  readonly userinfo?: (claims: Json) => Json
  /** Changes the address the browser comes back with. */
  readonly callback?: (url: URL, origin: string) => void
  /** Answers a request in its own way; true when it did. */
  readonly serve?: (path: string, response: ServerResponse, origin: string) => boolean
  readonly contentType?: string
}

interface Facts {
  readonly nowSeconds: number
  readonly earlierNonce: string | null
}

export interface Keys {
  readonly kid: string
  readonly privateKey: KeyObject
  readonly publicKey: KeyObject
}

export interface HostileIdp extends AsyncDisposable {
  readonly issuer: string
  lie: Lie
  /** What the person's browser does: visits the page, is sent back. */
  readonly visit: (address: string) => Promise<void>
  /** A callback as it was last sent to the program. */
  readonly lastCallback: () => URL | null
  readonly requests: string[]
  stop(): Promise<void>
}

export interface HostileOptions {
  readonly clientId: string
  readonly subject: string
  readonly now: () => number
}

export const makeKeys = (kid = 'key-1'): Keys => ({
  kid,
  ...generateKeyPairSync('ec', { namedCurve: 'P-256' }),
})

const b64 = (value: string | Uint8Array): string => Buffer.from(value).toString('base64url')

export function signToken(header: Json, claimsText: string, key: KeyObject): string {
  const input = `${b64(JSON.stringify(header))}.${b64(claimsText)}`
  const signature = sign('sha256', Buffer.from(input), { key, dsaEncoding: 'ieee-p1363' })
  return `${input}.${b64(signature)}`
}

/** The old mistake of reading the public key as a shared secret. */
export function hmacToken(header: Json, claims: Json, secret: string): string {
  const input = `${b64(JSON.stringify(header))}.${b64(JSON.stringify(claims))}`
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`
}

export async function hostileIdp(options: HostileOptions): Promise<HostileIdp> {
  const keys = makeKeys()
  const codes = new Map<string, { challenge: string; nonce: string; redirect: string }>()
  const spent = new Set<string>()
  let origin = ''
  let earlierNonce: string | null = null
  let lastCallback: URL | null = null
  const requests: string[] = []

  const server = createServer((request, response) => {
    void serve(request, response).catch(() => response.destroy())
  })
  const serve = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? '/', origin)
    requests.push(url.pathname)
    if (self.lie.serve?.(url.pathname, response, origin)) return
    if (url.pathname === '/.well-known/openid-configuration') return json(response, discovery())
    if (url.pathname === '/jwks') {
      const own = [{ ...keys.publicKey.export({ format: 'jwk' }), kid: keys.kid, use: 'sig', alg: 'ES256' }]
      return json(response, { keys: self.lie.jwks?.(own, keys) ?? own })
    }
    if (url.pathname === '/authorize') return authorize(url, response)
    if (url.pathname === '/token') return token(new URLSearchParams(await bodyOf(request)), response)
    if (url.pathname === '/userinfo') {
      const claims = { sub: options.subject, preferred_username: 'anna@example.org' }
      return json(response, self.lie.userinfo?.(claims) ?? claims)
    }
    response.writeHead(404).end()
  }
  const json = (response: ServerResponse, value: Json, status = 200) => {
    response.writeHead(status, { 'content-type': self.lie.contentType ?? 'application/json' })
    response.end(JSON.stringify(value))
  }
  const discovery = () => {
    const document: Json = {
      issuer: origin,
      authorization_endpoint: `${origin}/authorize`,
      token_endpoint: `${origin}/token`,
      jwks_uri: `${origin}/jwks`,
      userinfo_endpoint: `${origin}/userinfo`,
      response_types_supported: ['code'],
      subject_types_supported: ['public'],
      id_token_signing_alg_values_supported: ['ES256', 'HS256', 'none', 'PS256'],
      code_challenge_methods_supported: ['S256'],
      authorization_response_iss_parameter_supported: true,
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic'],
    }
    return self.lie.discovery?.(document, origin) ?? document
  }
  const authorize = (url: URL, response: ServerResponse) => {
    const asked = url.searchParams
    const code = b64(randomBytes(16))
    const nonce = asked.get('nonce') ?? ''
    codes.set(code, {
      challenge: asked.get('code_challenge') ?? '',
      nonce,
      redirect: asked.get('redirect_uri') ?? '',
    })
    const back = new URL(asked.get('redirect_uri') ?? '')
    back.searchParams.set('code', code)
    back.searchParams.set('state', asked.get('state') ?? '')
    back.searchParams.set('iss', origin)
    self.lie.callback?.(back, origin)
    lastCallback = back
    response.writeHead(302, { location: back.href }).end()
  }
  const token = (form: URLSearchParams, response: ServerResponse) => {
    const code = form.get('code') ?? ''
    const known = codes.get(code)
    const verifier = createHash('sha256')
      .update(form.get('code_verifier') ?? '')
      .digest('base64url')
    const isGood =
      known?.challenge === verifier && known.redirect === form.get('redirect_uri') && !spent.has(code)
    spent.add(code)
    if (!known || !isGood) return json(response, { error: 'invalid_grant' }, 400)
    const accessToken = b64(randomBytes(24))
    const answer: Json = {
      access_token: accessToken,
      token_type: 'Bearer',
      expires_in: 60,
      id_token: idToken(known.nonce, accessToken),
    }
    earlierNonce = known.nonce
    const text = JSON.stringify(self.lie.answer?.(answer) ?? answer)
    response.writeHead(200, { 'content-type': self.lie.contentType ?? 'application/json' })
    response.end(self.lie.answerText?.(text) ?? text)
  }
  const idToken = (nonce: string, accessToken: string): string => {
    const nowSeconds = Math.floor(options.now() / 1000)
    const hash = createHash('sha256').update(accessToken).digest()
    let claims: Json = {
      iss: origin,
      aud: options.clientId,
      sub: options.subject,
      iat: nowSeconds,
      exp: nowSeconds + 300,
      auth_time: nowSeconds,
      nonce,
      acr: 'urn:example:two-factors',
      amr: ['pwd', 'mfa'],
      at_hash: b64(hash.subarray(0, 16)),
      roles: ['admin'],
      groups: ['administrators'],
    }
    claims = self.lie.claims?.(claims, { nowSeconds, earlierNonce }) ?? claims
    const header = self.lie.header?.({ alg: 'ES256', kid: keys.kid, typ: 'JWT' }) ?? {
      alg: 'ES256',
      kid: keys.kid,
      typ: 'JWT',
    }
    if (self.lie.token) return self.lie.token({ header, claims, keys })
    const text = JSON.stringify(claims)
    return signToken(header, self.lie.claimsText?.(text) ?? text, keys.privateKey)
  }

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const stop = () =>
    new Promise<void>((done) => {
      server.close(() => done())
      server.closeAllConnections()
    })
  const self: HostileIdp = {
    issuer: origin,
    lie: {},
    async visit(address) {
      const response = await fetch(address, { redirect: 'manual' })
      const location = response.headers.get('location')
      if (location) await fetch(location)
    },
    lastCallback: () => lastCallback,
    requests,
    stop,
    [Symbol.asyncDispose]: stop,
  }
  return self
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request) text += String(piece)
  return text
}
