// The conversation with the sign-in service: what it says about itself, the address of its page, the code for a token.
// openid-client speaks the protocol; what is taken for granted there is checked here as well, with a name for each fault.
import type { Configuration, CustomFetch } from 'openid-client'
import type { Services } from '#core/rpc/services.ts'
import { Fault, type FaultName } from './fault.ts'
import { faultOfToken, namesOf, toleranceSeconds } from './id-token.ts'
import { limitedFetch } from './limited-fetch.ts'
import { openSecret, type ProviderFacts } from './provider.ts'
import { isSafeAddress } from './safe-address.ts'

type Machine = Pick<Services, 'openSecret' | 'clock'>

/** Loaded with the first use: most clinics have no such service. */
const library = () => import('openid-client')

export interface Conversation {
  readonly facts: ProviderFacts
  readonly config: Configuration
  /** The page the browser is sent to, without its query: all that the shell lets through. */
  readonly page: string
  readonly exchange: { token: unknown }
  readonly seen: { fault: Fault | null }
}

/** @throws Fault */
export async function meetService(
  services: Machine,
  facts: ProviderFacts,
  patienceMs?: number,
): Promise<Conversation> {
  const oidc = await library()
  const secret = openSecret(services, facts)
  if (secret === undefined) throw new Fault('secret-unreadable')
  const seen: Conversation['seen'] = { fault: null }
  const exchange: Conversation['exchange'] = { token: undefined }
  const ask = limitedFetch({
    issuer: facts.issuer,
    ...(patienceMs === undefined ? {} : { patienceMs }),
    onAnswer: (_url, value) => {
      if (isObject(value) && 'access_token' in value) exchange.token = value
    },
  })
  // The library wraps what is thrown in here; the first fault is the one that counts.
  const noted = async (url: string, init: Parameters<typeof ask>[1]) => {
    try {
      return await ask(url, init)
    } catch (error) {
      if (error instanceof Fault) seen.fault ??= error
      throw error
    }
  }
  const isLocal = new URL(facts.issuer).protocol === 'http:'
  const config = await orFault(seen, 'other-issuer', () =>
    oidc.discovery(
      new URL(facts.issuer),
      facts.clientId,
      {
        [oidc.clockTolerance]: toleranceSeconds,
        [oidc.clockSkew]: Math.round((services.clock() - Date.now()) / 1000),
      },
      secret === null ? oidc.None() : oidc.ClientSecretBasic(secret),
      {
        [oidc.customFetch]: noted as unknown as CustomFetch,
        execute: [oidc.enableNonRepudiationChecks, ...(isLocal ? [oidc.allowInsecureRequests] : [])],
      },
    ),
  )
  const fault = faultOfService(config, facts)
  if (fault) throw new Fault(fault)
  const page = new URL(config.serverMetadata().authorization_endpoint ?? '')
  page.search = ''
  return { facts, config, page: page.href, exchange, seen }
}

function faultOfService(config: Configuration, facts: ProviderFacts): FaultName | null {
  const said = config.serverMetadata()
  if (said.issuer !== facts.issuer) return 'other-issuer'
  const endpoints = [said.authorization_endpoint, said.token_endpoint, said.jwks_uri, said.userinfo_endpoint]
  if (endpoints.some((url) => url !== undefined && !isSafeAddress(url, facts.issuer)))
    return 'endpoint-insecure'
  if (!said.authorization_endpoint || !said.token_endpoint) return 'no-code-flow'
  if (said.response_types_supported && !said.response_types_supported.includes('code')) return 'no-code-flow'
  if (!said.jwks_uri) return 'no-keys'
  const methods = said.code_challenge_methods_supported
  if (methods ? !methods.includes('S256') : !facts.assumePkce) return 'no-pkce'
  const announced = said.id_token_signing_alg_values_supported
  const usable = facts.algorithms.flatMap(namesOf)
  if (announced && !announced.some((alg) => usable.includes(alg))) return 'no-algorithm'
  return null
}

export interface Secrets {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export async function makeSecrets(): Promise<Secrets> {
  const oidc = await library()
  return { state: oidc.randomState(), nonce: oidc.randomNonce(), verifier: oidc.randomPKCECodeVerifier() }
}

export async function pageAddress(
  { config, facts }: Conversation,
  secrets: Secrets,
  redirectUri: string,
): Promise<string> {
  const oidc = await library()
  return oidc.buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    scope: 'openid',
    state: secrets.state,
    nonce: secrets.nonce,
    code_challenge: await oidc.calculatePKCECodeChallenge(secrets.verifier),
    code_challenge_method: 'S256',
    // The browser may still know the colleague who signed in before.
    prompt: 'login',
    ...(facts.acrValues.length > 0 ? { acr_values: facts.acrValues.join(' ') } : {}),
  }).href
}

export interface Proven {
  readonly issuer: string
  readonly subject: string
  /** What the service calls the person, for the eyes of whoever looks at the link. Decides nothing. */
  readonly hint: string | null
}

/** @throws Fault */
export async function proveIdentity(
  services: Machine,
  conversation: Conversation,
  secrets: Secrets,
  callback: URL,
  begunAtMs: number,
): Promise<Proven> {
  const { config, facts, exchange, seen } = conversation
  const answer = callback.searchParams
  if (answer.getAll('state').length !== 1 || answer.get('state') !== secrets.state)
    throw new Fault('other-state')
  const iss = answer.get('iss')
  if (iss !== null && iss !== facts.issuer) throw new Fault('mixed-up-issuer')
  if (answer.has('error')) throw new Fault('service-said-no')
  if (answer.getAll('code').length !== 1 || answer.get('code') === '') throw new Fault('no-code')
  const oidc = await library()
  const judge = () => {
    const token = isObject(exchange.token) ? exchange.token : {}
    return faultOfToken(token.id_token, {
      ...facts,
      nonce: secrets.nonce,
      accessToken: typeof token.access_token === 'string' ? token.access_token : undefined,
      begunAt: Math.floor(begunAtMs / 1000),
      now: services.clock() / 1000,
    })
  }
  const checks = {
    pkceCodeVerifier: secrets.verifier,
    expectedState: secrets.state,
    expectedNonce: secrets.nonce,
    idTokenExpected: true,
  }
  let granted: Awaited<ReturnType<typeof oidc.authorizationCodeGrant>>
  try {
    granted = await oidc.authorizationCodeGrant(config, callback, checks)
  } catch (error) {
    const fault = exchange.token === undefined ? null : judge()
    throw new Fault(fault ?? seen.fault?.reason ?? faultOfLibrary(error), { cause: error })
  }
  const fault = judge()
  if (fault) throw new Fault(fault)
  const subject = granted.claims()?.sub
  if (subject === undefined) throw new Fault('no-subject')
  return { issuer: facts.issuer, subject, hint: await hintOf(conversation, granted.access_token, subject) }
}

/** What the service says about the person must be about this person (OpenID Connect Core, 5.3.2). */
async function hintOf(
  { config, seen }: Conversation,
  accessToken: string,
  subject: string,
): Promise<string | null> {
  if (!config.serverMetadata().userinfo_endpoint) return null
  const oidc = await library()
  const said = await orFault(seen, 'other-userinfo', () => oidc.fetchUserInfo(config, accessToken, subject))
  const hint = said.preferred_username ?? said.email ?? said.name
  if (typeof hint !== 'string') return null
  return hint.replaceAll(/[\p{Cc}\p{Cf}]/gu, '').slice(0, 200) || null
}

async function orFault<T>(
  seen: Conversation['seen'],
  otherwise: FaultName,
  step: () => Promise<T>,
): Promise<T> {
  try {
    return await step()
  } catch (error) {
    throw seen.fault ?? new Fault(otherwise, { cause: error })
  }
}

function faultOfLibrary(error: unknown): FaultName {
  const { code, error: said } = error as { code?: unknown; error?: unknown }
  if (typeof said === 'string') return 'refused'
  if (code === 'OAUTH_KEY_SELECTION_FAILED') return 'unknown-key'
  const texts = [error, (error as { cause?: unknown }).cause].map((e) =>
    e instanceof Error ? e.message : '',
  )
  if (texts.some((text) => /signature/i.test(text))) return 'bad-signature'
  if (texts.some((text) => /"iss"|issuer/i.test(text))) return 'mixed-up-issuer'
  if (code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return 'refused'
  return 'bad-token'
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null
