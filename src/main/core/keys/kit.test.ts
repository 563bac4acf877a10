// The kit's letters: forgiving to hands, merciless to mistakes (SECURITY 3.3, KEY-06).
import { expect, test } from 'vitest'
import { kitGroups, kitId, kitKek, kitPair, kitText, newKit, parseKit, sealingSuite } from './kit.ts'

const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
/** Small and seeded: the same kits and mistakes on every run. */
function dice(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
const randomKit = (roll: (below: number) => number) =>
  Buffer.from(Array.from({ length: 32 }, () => roll(256)))

test('a kit is 15 groups of 4 letters, and reads back', () => {
  for (let i = 0; i < 100; i++) {
    const secret = newKit()
    const groups = kitGroups(secret)
    expect(groups).toHaveLength(15)
    for (const group of groups) expect(group).toMatch(/^[02-9AC-HJ-NP-Z]{4}$/)
    expect(groups[0]).toMatch(/^KT/)
    expect(parseKit(kitText(secret))).toEqual({ ok: true, secret })
  }
})

test('case, blanks, dashes and letters taken for another are forgiven', () => {
  const secret = randomKit(dice(1))
  const text = kitText(secret)
  const ways = [
    text.toLowerCase(),
    text.replaceAll('-', ''),
    text.replaceAll('-', ' \n'),
    text.replaceAll('-', '–'),
    text.replaceAll('L', '1').replaceAll('0', 'O').replaceAll('8', 'B'),
    text.replaceAll('L', 'i').replaceAll('0', 'o'),
    `  ${text}  `,
  ]
  for (const way of ways) expect(parseKit(way)).toEqual({ ok: true, secret })
})

test('KEY-06: 10,000 kits with 1 to 4 wrong characters are all caught, and one or two are shown', () => {
  const roll = dice(606)
  let located = 0
  for (let i = 0; i < 10_000; i++) {
    const wrongCount = (i % 4) + 1
    const letters = Array.from(kitText(randomKit(roll)).toLowerCase().replaceAll('-', ''))
    const places = new Set<number>()
    while (places.size < wrongCount) places.add(roll(60))
    for (const at of places) {
      const others = alphabet.replace(letters[at] ?? '', '')
      letters[at] = others[roll(others.length)] ?? ''
    }
    const parsed = parseKit(letters.join(''))
    expect(parsed.ok).toBe(false)
    if (parsed.ok || wrongCount > 2) continue
    const groups = [...new Set([...places].map((at) => Math.floor(at / 4)))].toSorted((a, b) => a - b)
    expect(parsed).toEqual({ ok: false, reason: 'mistyped', groups })
    located += 1
  }
  expect(located).toBe(5000)
})

test('what is not a whole kit is named so', () => {
  const text = kitText(randomKit(dice(2)))
  expect(parseKit('')).toMatchObject({ ok: false, reason: 'length' })
  expect(parseKit(text.slice(0, -1))).toMatchObject({ ok: false, reason: 'length' })
  expect(parseKit(`${text}Q`)).toMatchObject({ ok: false, reason: 'length' })
  expect(parseKit(text.replace(/^(.{10})./, '$1€'))).toEqual({ ok: false, reason: 'letters', groups: [2] })
})

test('id, wrapping key and pair come from the secret alone, and differ from one another and by clinic', async () => {
  const secret = Buffer.alloc(32, 7)
  expect(kitId(secret)).toMatch(/^[02-9AC-HJ-NP-Z]{4}-[02-9AC-HJ-NP-Z]{4}$/)
  expect(kitId(secret)).not.toBe(kitId(Buffer.alloc(32, 8)))
  expect(kitKek(secret, 'a')).not.toEqual(kitKek(secret, 'b'))
  const pair = await kitPair(secret)
  expect(await kitPair(secret)).toEqual(pair)
  expect(pair.publicKey).toHaveLength(65)
  expect(pair.privateKey).toHaveLength(32)
  // Values kept for ever: paper kits outlive programs.
  expect({
    id: kitId(secret),
    text: kitText(secret),
    key: pair.publicKey.toString('base64url'),
  }).toMatchInlineSnapshot(`
    {
      "id": "Z0XH-FKFA",
      "key": "BCWWRrNV50vYga0TIfcJts_TsfY9Aw7L-GVR8D3Oi2UHuKF93COSAZ3mFULokJgZNkl1pHduGS2Y5-m7Hnsbhv4",
      "text": "KTQU-RSWP-C8QU-RSWP-C8QU-RSWP-C8QU-RSWP-C8QU-RSWP-C8QU-RSWP-C8QU-RSGW-XELZ",
    }
  `)
})

test('what is sealed to the public half opens with the kit, and with no other', async () => {
  const suite = sealingSuite()
  const pair = await kitPair(Buffer.alloc(32, 7))
  const recipientPublicKey = await suite.kem.deserializePublicKey(Uint8Array.from(pair.publicKey).buffer)
  const sender = await suite.createSenderContext({ recipientPublicKey })
  const sealed = await sender.seal(new TextEncoder().encode('record').buffer)
  const open = async (privateKey: Buffer) => {
    const recipientKey = await suite.kem.deserializePrivateKey(Uint8Array.from(privateKey).buffer)
    const recipient = await suite.createRecipientContext({ recipientKey, enc: sender.enc })
    return Buffer.from(await recipient.open(sealed)).toString()
  }
  expect(await open(pair.privateKey)).toBe('record')
  await expect(open((await kitPair(Buffer.alloc(32, 8))).privateKey)).rejects.toThrow('failed')
})
