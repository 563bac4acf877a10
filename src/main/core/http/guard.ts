// Who may speak to the HTTPS door at all: right Host, same origin for every act, not too fast (WEB-03, -04, -05).
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import type { Clock } from '../rpc/services.ts'

/** Host header values that name this server; anything else is a rebound name or a scan. */
export function allowedHosts(names: readonly string[], port: number): ReadonlySet<string> {
  return new Set(
    names.flatMap((name) => {
      const host = name.includes(':') ? `[${name}]` : name.toLowerCase()
      return port === 443 ? [host, `${host}:443`] : [`${host}:${port}`]
    }),
  )
}

/** A form, an image or a script of another page cannot send the header, and the browser tells where a call comes from. */
export function isOwnAct(headers: IncomingHttpHeaders): boolean {
  if (headers['x-osler'] !== '1') return false
  if (headers.origin !== `https://${headers.host}`) return false
  return isSameSite(headers)
}

export function isSameSite(headers: IncomingHttpHeaders): boolean {
  const site = headers['sec-fetch-site']
  return site === undefined || site === 'same-origin'
}

export function isLoopback(address: string | undefined): boolean {
  return address === '::1' || /^(::ffff:)?127\.\d+\.\d+\.\d+$/.test(address ?? '')
}

export function isSameSecret(given: unknown, secret: string): boolean {
  if (typeof given !== 'string') return false
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(secret))
}

const cookieName = '__Host-osler'

/** `null` when absent, malformed, or there twice. */
export function tokenFrom(headers: IncomingHttpHeaders): string | null {
  const found = (headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(`${cookieName}=`))
    .map((part) => part.slice(cookieName.length + 1))
  const [token] = found
  return found.length === 1 && token && /^[\w-]{20,200}$/.test(token) ? token : null
}

export function cookieFor(token: string | null): string {
  const rules = 'Path=/; Secure; HttpOnly; SameSite=Strict'
  return token === null ? `${cookieName}=; ${rules}; Max-Age=0` : `${cookieName}=${token}; ${rules}`
}

/** Requests a source may make at once, and how many it gets back each second. */
const burst = 600
const perSecond = 60

export function createRateLimit(clock: Clock): (source: string) => boolean {
  const buckets = new Map<string, { tokens: number; at: number }>()
  return (source) => {
    const now = clock()
    const bucket = buckets.get(source) ?? { tokens: burst, at: now }
    const earned = (Math.max(0, now - bucket.at) / 1000) * perSecond
    const tokens = Math.min(burst, bucket.tokens + earned)
    // A full bucket is the same as none.
    if (buckets.size > 10_000)
      for (const [key, { at }] of buckets) if (now - at > (burst / perSecond) * 1000) buckets.delete(key)
    buckets.set(source, { tokens: Math.max(0, tokens - 1), at: now })
    return tokens >= 1
  }
}
