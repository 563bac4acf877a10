// The emergency kit: 256 random bits as 60 letters a person can write down and type again, and what is made of them.
// The code behind it is Bech32m (BIP 350): any 1 to 4 wrong letters are found before a key is tried (SECURITY 3.3).
import { randomBytes } from 'node:crypto'
import { Aes256Gcm, CipherSuite, DhkemP256HkdfSha256, HkdfSha256 } from '@hpke/core'
import { deriveKey, keyLength } from './wrap.ts'

/** No letter in it is easily taken for another one: 1, b, i and o are left out. */
const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const valueOf = new Map(Array.from(alphabet, (letter, value) => [letter, value] as const))
/** What a person may read or write for a letter of the alphabet. */
const lookalikes: Readonly<Record<string, string>> = { 1: 'l', i: 'l', '|': 'l', o: '0', b: '8' }

/** Which form of kit it is; a later form begins with other letters. */
const version = 'kt'
const keyLetters = 52
const checkLetters = 6
export const kitLetters = version.length + keyLetters + checkLetters
export const kitGroupLength = 4
export const kitGroupCount = kitLetters / kitGroupLength

/** Bech32m's human-readable part: a code of another program does not pass as a kit. */
const humanPart = 'oslerkit'
const bech32mConstant = 0x2bc830a3
const generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3] as const
const humanValues = [
  ...Array.from(humanPart, (letter) => letter.charCodeAt(0) >> 5),
  0,
  ...Array.from(humanPart, (letter) => letter.charCodeAt(0) & 31),
]

/**
 * length: letters are missing or too many · letters: some that no kit has · version: a kit of a newer program ·
 * mistyped: well-looking, but the check letters say that something is wrong.
 */
export type KitFault = 'length' | 'letters' | 'version' | 'mistyped'
export type ParsedKit =
  | { readonly ok: true; readonly secret: Buffer }
  /** `groups`: which of the 15 to look at first, counted from 0; empty when it cannot be told. */
  | { readonly ok: false; readonly reason: KitFault; readonly groups: readonly number[] }

export const newKit = (): Buffer => randomBytes(keyLength)

/** The 15 groups as they are printed. */
export function kitGroups(secret: Uint8Array): string[] {
  if (secret.length !== keyLength) throw new Error('a kit is 32 bytes')
  const data = [...valuesOf(version), ...toFives(secret)]
  const check = polymod([...humanValues, ...data, ...Array<number>(checkLetters).fill(0)]) ^ bech32mConstant
  const values = [
    ...data,
    ...Array.from({ length: checkLetters }, (_, at) => (check >>> (5 * (5 - at))) & 31),
  ]
  const text = values.map((value) => alphabet[value]).join('')
  return (text.match(/.{4}/g) ?? []).map((group) => group.toUpperCase())
}

export const kitText = (secret: Uint8Array): string => kitGroups(secret).join('-')

/** Forgives case, blanks, dashes and letters easily taken for another; never guesses a letter. */
export function parseKit(typed: string): ParsedKit {
  const letters = Array.from(normalizeKit(typed))
  const values = letters.map((letter) => valueOf.get(letter) ?? -1)
  const strange = groupsOf(values.flatMap((value, at) => (value < 0 ? [at] : [])))
  if (strange.length > 0) return { ok: false, reason: 'letters', groups: strange }
  if (values.length !== kitLetters) return { ok: false, reason: 'length', groups: [] }
  const residue = (polymod([...humanValues, ...values]) ^ bech32mConstant) >>> 0
  if (residue !== 0) return { ok: false, reason: 'mistyped', groups: groupsOf(likelyWrong(residue)) }
  if (letters.slice(0, version.length).join('') !== version)
    return { ok: false, reason: 'version', groups: [] }
  const secret = fromFives(values.slice(version.length, version.length + keyLetters))
  return secret ? { ok: true, secret } : { ok: false, reason: 'mistyped', groups: [] }
}

/** Typed text as letters of the alphabet, where it has such; for comparing single groups too. */
export const normalizeKit = (typed: string): string =>
  Array.from(
    typed
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\s\p{Pd}\p{Cf}._]/gu, ''),
    (letter) => lookalikes[letter] ?? letter,
  ).join('')

/** Names a kit on paper, in lists and in the header of a backup; says nothing about its secret. */
export function kitId(secret: Uint8Array): string {
  const letters = toFives(deriveKey(secret, 'kit-id/v1', '', 5)).map((value) => alphabet[value])
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`.toUpperCase()
}

/** 256 random bits need no slow hash: nobody guesses them, and the moment of need is bad enough (SECURITY 3.3). */
export const kitKek = (secret: Uint8Array, clinicId: string): Buffer =>
  deriveKey(secret, 'kit-kek/v1', clinicId)

export interface KitPair {
  /** 65 bytes, an uncompressed point. */
  readonly publicKey: Buffer
  /** 32 bytes. */
  readonly privateKey: Buffer
}

/** The one suite everything is sealed with: approved algorithms only (KEY-08). */
export const sealingSuite = (): CipherSuite =>
  new CipherSuite({ kem: new DhkemP256HkdfSha256(), kdf: new HkdfSha256(), aead: new Aes256Gcm() })

/** Sealed to the public half, a backup can be written by who cannot read it. Always the same pair for a kit. */
export async function kitPair(secret: Uint8Array): Promise<KitPair> {
  const { kem } = sealingSuite()
  const seed = deriveKey(secret, 'kit-pair/v1', '')
  try {
    const pair = await kem.deriveKeyPair(Uint8Array.from(seed).buffer)
    return {
      publicKey: Buffer.from(await kem.serializePublicKey(pair.publicKey)),
      privateKey: Buffer.from(await kem.serializePrivateKey(pair.privateKey)),
    }
  } finally {
    seed.fill(0)
  }
}

const valuesOf = (text: string): number[] => Array.from(text, (letter) => valueOf.get(letter) ?? 0)
const groupsOf = (places: readonly number[]): number[] =>
  [...new Set(places.map((at) => Math.min(Math.floor(at / kitGroupLength), kitGroupCount - 1)))].toSorted(
    (a, b) => a - b,
  )

function polymod(values: readonly number[]): number {
  let check = 1
  for (const value of values) {
    const top = check >>> 25
    check = (((check & 0x1ffffff) << 5) ^ value) >>> 0
    for (const [bit, term] of generator.entries()) if ((top >>> bit) & 1) check = (check ^ term) >>> 0
  }
  return check
}

/**
 * Where one or two wrong letters would explain what the check letters say. The code is linear, so each single mistake
 * shifts the remainder in its own way; two of them add up.
 */
function likelyWrong(residue: number): number[] {
  const at = mistakes().get(residue)
  if (at !== undefined) return [at]
  for (const [shift, first] of mistakes()) {
    const second = mistakes().get((shift ^ residue) >>> 0)
    if (second !== undefined && second !== first) return [first, second]
  }
  return []
}

let knownMistakes: Map<number, number> | undefined
function mistakes(): Map<number, number> {
  if (knownMistakes) return knownMistakes
  const zeros = [...humanValues, ...Array<number>(kitLetters).fill(0)]
  const base = polymod(zeros)
  const found = new Map<number, number>()
  for (let at = 0; at < kitLetters; at++) {
    for (let change = 1; change < 32; change++) {
      found.set((polymod(zeros.with(humanValues.length + at, change)) ^ base) >>> 0, at)
    }
  }
  knownMistakes = found
  return found
}

/** Bits in fives; the last letter is filled up with zeros. */
function toFives(bytes: Uint8Array): number[] {
  const out: number[] = []
  let held = 0
  let bits = 0
  for (const byte of bytes) {
    held = (held << 8) | byte
    bits += 8
    while (bits >= 5) {
      bits -= 5
      out.push((held >>> bits) & 31)
    }
    held &= (1 << bits) - 1
  }
  if (bits > 0) out.push((held << (5 - bits)) & 31)
  return out
}

/** `null` when the filling is not zeros: no kit of ours. */
function fromFives(values: readonly number[]): Buffer | null {
  const out: number[] = []
  let held = 0
  let bits = 0
  for (const value of values) {
    held = (held << 5) | value
    bits += 5
    if (bits >= 8) {
      bits -= 8
      out.push((held >>> bits) & 255)
    }
    held &= (1 << bits) - 1
  }
  return held === 0 ? Buffer.from(out) : null
}
