// What an ID token has to say, judged one by one before the library looks at it again and checks the signature: each
// fault has a name of its own in the audit trail (OpenID Connect Core, 3.1.3.7).
import { createHash } from 'node:crypto'
import type { Algorithm } from '../shared/contract.ts'
import type { FaultName } from './fault.ts'
import { hasDuplicateKeys } from './json-keys.ts'

export const toleranceSeconds = 60

export interface Expected {
  readonly issuer: string
  readonly clientId: string
  readonly nonce: string
  readonly algorithms: readonly Algorithm[]
  readonly acrValues: readonly string[]
  readonly amrValues: readonly string[]
  readonly accessToken: string | undefined
  /** Seconds since 1970. */
  readonly begunAt: number
  readonly now: number
}

interface Part {
  readonly value: Readonly<Record<string, unknown>>
  readonly text: string
}

/** `null` when nothing is wrong with what it says; whether it is genuine is another question. */
export function faultOfToken(token: unknown, expected: Expected): FaultName | null {
  if (typeof token !== 'string' || token === '') return 'no-token'
  const parts = token.split('.')
  if (parts.length === 5) return 'encrypted-token'
  if (parts.length !== 3) return 'malformed-token'
  const [header, claims] = [partOf(parts[0]), partOf(parts[1])]
  if (!header || !claims) return 'malformed-token'
  return (
    faultOfHeader(header, expected) ??
    (hasDuplicateKeys(claims.text) ? 'duplicate-claims' : null) ??
    faultOfParties(claims.value, expected) ??
    faultOfTimes(claims.value, expected) ??
    faultOfAssurance(claims.value, expected) ??
    faultOfAccessHash(header.value.alg, claims.value, expected)
  )
}

function partOf(text: string | undefined): Part | null {
  if (!text || !/^[\w-]+$/.test(text)) return null
  try {
    const json = Buffer.from(text, 'base64url').toString('utf8')
    const value: unknown = JSON.parse(json)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
    return { value: value as Record<string, unknown>, text: json }
  } catch {
    return null
  }
}

function faultOfHeader({ value, text }: Part, { algorithms }: Expected): FaultName | null {
  if (hasDuplicateKeys(text)) return 'malformed-token'
  const { alg } = value
  if (typeof alg !== 'string') return 'malformed-token'
  if (alg.toLowerCase() === 'none') return 'alg-none'
  if (/^HS/i.test(alg)) return 'alg-symmetric'
  if (!algorithms.some((allowed) => namesOf(allowed).includes(alg))) return 'alg-not-allowed'
  // Keys a token brings along are no keys of the issuer.
  if ('crit' in value || 'jwk' in value || 'jku' in value || 'x5u' in value) return 'critical-header'
  return null
}

/** RFC 9864 gives EdDSA over Curve25519 a name of its own. */
export const namesOf = (algorithm: Algorithm): readonly string[] =>
  algorithm === 'EdDSA' ? ['EdDSA', 'Ed25519'] : [algorithm]

function faultOfParties(claims: Part['value'], expected: Expected): FaultName | null {
  if (claims.iss !== expected.issuer) return 'other-token-issuer'
  const audience = Array.isArray(claims.aud) ? (claims.aud as unknown[]) : [claims.aud]
  if (!audience.includes(expected.clientId)) return 'other-audience'
  // A token made out to others as well is only for us when it says so.
  if (audience.length > 1 && claims.azp !== expected.clientId) return 'other-party'
  if (claims.azp !== undefined && claims.azp !== expected.clientId) return 'other-party'
  const { sub } = claims
  if (typeof sub !== 'string' || sub === '' || sub.length > 255 || /[\p{Cc}\p{Cf}]/u.test(sub))
    return 'no-subject'
  if (typeof claims.nonce !== 'string') return 'no-nonce'
  return claims.nonce === expected.nonce ? null : 'other-nonce'
}

function faultOfTimes(claims: Part['value'], { now, begunAt }: Expected): FaultName | null {
  const { exp, iat, nbf, auth_time: provenAt } = claims
  if (!isTime(exp) || exp + toleranceSeconds <= now) return 'token-expired'
  if (nbf !== undefined && (!isTime(nbf) || nbf > now + toleranceSeconds)) return 'token-not-yet-valid'
  if (!isTime(iat) || iat > now + toleranceSeconds) return 'token-from-future'
  if (iat < begunAt - toleranceSeconds) return 'token-from-past'
  // A browser on a shared computer may still be signed in as the colleague before.
  if (provenAt !== undefined && (!isTime(provenAt) || provenAt < begunAt - toleranceSeconds))
    return 'not-proven-anew'
  return null
}

const isTime = (value: unknown): value is number =>
  typeof value === 'number' && Number.isFinite(value) && value > 0

/** Asked for a second factor, a service answers how the person was proven. Silence counts as weak (V6.8.4). */
function faultOfAssurance({ acr, amr }: Part['value'], expected: Expected): FaultName | null {
  const { acrValues, amrValues } = expected
  if (acrValues.length > 0) {
    if (typeof acr !== 'string') return 'no-assurance'
    if (!acrValues.includes(acr)) return 'weak-assurance'
  }
  if (amrValues.length > 0) {
    if (!Array.isArray(amr)) return 'no-assurance'
    if (!amrValues.some((method) => (amr as unknown[]).includes(method))) return 'weak-assurance'
  }
  return acrValues.length + amrValues.length > 0 ? null : 'no-assurance'
}

function faultOfAccessHash(alg: unknown, claims: Part['value'], { accessToken }: Expected): FaultName | null {
  if (claims.at_hash === undefined) return null
  if (typeof claims.at_hash !== 'string' || accessToken === undefined) return 'other-access-token'
  const hash = createHash(alg === 'RS256' || alg === 'ES256' ? 'sha256' : 'sha512')
    .update(accessToken)
    .digest()
  const wanted = hash.subarray(0, hash.length / 2).toString('base64url')
  return claims.at_hash === wanted ? null : 'other-access-token'
}
