// One-time codes with which a person sets a password: 80 bits, good for 24 hours, kept as a keyed digest (AUTH-09).
import { randomBytes, timingSafeEqual } from 'node:crypto'
import type { Services } from '#core/rpc/services.ts'

export const codeHours = 24
/** Where it goes over the network or is read out, nobody keeps it for later. */
export const codeMinutesNow = 10
/** Crockford's base32: nothing in it is mistaken for something else when read from paper. */
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const codeLength = 16

export function newCode(): string {
  const letters = [...randomBytes(codeLength)].map((byte) => alphabet[byte & 31]).join('')
  return letters.replace(/(.{4})(?=.)/g, '$1-')
}

export function codeDigest(services: Pick<Services, 'keyedDigest'>, userId: string, code: string): string {
  const digest = services.keyedDigest('one-time-code', `${userId}\0${asMeant(code)}`)
  return Buffer.from(digest).toString('base64url')
}

export function isSameDigest(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}

/** Case, blanks and dashes do not matter, nor do the letters the alphabet leaves out. */
export function asMeant(code: string): string {
  return code
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-‐-―]+/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
}
