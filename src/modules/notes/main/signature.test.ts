// The signature itself: it covers every word and every circumstance, and only the right key makes it.
import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import { canonicalBytes, isSealIntact, type SignedFields, sealNote } from './signature.ts'

const note: SignedFields = {
  id: '01934b6a-0000-7000-8000-000000000001',
  patient_id: '01934b6a-0000-7000-8000-000000000002',
  encounter_id: '01934b6a-0000-7000-8000-000000000003',
  draft_id: '01934b6a-0000-7000-8000-000000000004',
  kind: 'correction',
  relates_code: 'replaces',
  relates_to: '01934b6a-0000-7000-8000-000000000005',
  reason: 'Wrong side written down',
  title: 'Knee',
  body: '{"type":"doc","content":[]}',
  author_id: '01934b6a-0000-7000-8000-000000000006',
  author_name: 'Dr. Ana Sol',
  author_role: 'doctor',
  signed_at: '2026-03-02T08:00:00.000Z',
  clock_quality: 'unknown',
  signing_key_id: '01934b6a-0000-7000-8000-000000000007',
}
const pair = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  return {
    privateKey: privateKey.export({ format: 'der', type: 'pkcs8' }),
    publicKey: publicKey.export({ format: 'der', type: 'spki' }),
  }
}

test('an untouched note verifies under its own key and no other', () => {
  const own = pair()
  const sealed = { ...note, ...sealNote(note, own.privateKey) }

  expect(isSealIntact(sealed, own.publicKey)).toBe(true)
  expect(isSealIntact(sealed, pair().publicKey)).toBe(false)
  expect(isSealIntact(sealed, null)).toBe(false)
  expect(isSealIntact(sealed, Buffer.from('not a key'))).toBe(false)
})

test('changing, emptying or swapping any signed column breaks it', () => {
  const own = pair()
  const sealed = { ...note, ...sealNote(note, own.privateKey) }
  const columns = Object.keys(note) as (keyof SignedFields)[]

  const unnoticed = columns.filter(
    (column) =>
      isSealIntact({ ...sealed, [column]: `${sealed[column]} ` }, own.publicKey) ||
      isSealIntact({ ...sealed, [column]: null as never }, own.publicKey),
  )
  expect(unnoticed).toEqual([])
  const swapped = { ...sealed, title: sealed.author_name, author_name: sealed.title }
  expect(isSealIntact(swapped, own.publicKey)).toBe(false)
})

test('flipping a bit of digest or signature breaks it', () => {
  const own = pair()
  const seal = sealNote(note, own.privateKey)
  const flipped = (bytes: Uint8Array) => bytes.map((b, i) => (i === 7 ? b ^ 1 : b))

  expect(isSealIntact({ ...note, ...seal, digest: flipped(seal.digest) }, own.publicKey)).toBe(false)
  expect(isSealIntact({ ...note, ...seal, signature: flipped(seal.signature) }, own.publicKey)).toBe(false)
})

test('the signed bytes are the same whatever the order of the columns, for ever', () => {
  const reversed = Object.fromEntries(Object.entries(note).reverse()) as unknown as SignedFields

  expect(canonicalBytes(reversed)).toEqual(canonicalBytes(note))
  // A change here makes every note ever signed unreadable as valid: it needs a new version beside the old.
  expect(Buffer.from(canonicalBytes(note)).toString('base64url')).toMatchInlineSnapshot(
    `"smF2AWJpZHgkMDE5MzRiNmEtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAxZGJvZHl4G3sidHlwZSI6ImRvYyIsImNvbnRlbnQiOltdfWRraW5kamNvcnJlY3Rpb25kdHlwZWpvc2xlci5ub3RlZXRpdGxlZEtuZWVmcmVhc29ud1dyb25nIHNpZGUgd3JpdHRlbiBkb3duaGRyYWZ0X2lkeCQwMTkzNGI2YS0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDRpYXV0aG9yX2lkeCQwMTkzNGI2YS0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDZpc2lnbmVkX2F0eBgyMDI2LTAzLTAyVDA4OjAwOjAwLjAwMFpqcGF0aWVudF9pZHgkMDE5MzRiNmEtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDAyanJlbGF0ZXNfdG94JDAxOTM0YjZhLTAwMDAtNzAwMC04MDAwLTAwMDAwMDAwMDAwNWthdXRob3JfbmFtZWtEci4gQW5hIFNvbGthdXRob3Jfcm9sZWZkb2N0b3JsZW5jb3VudGVyX2lkeCQwMTkzNGI2YS0wMDAwLTcwMDAtODAwMC0wMDAwMDAwMDAwMDNscmVsYXRlc19jb2RlaHJlcGxhY2VzbWNsb2NrX3F1YWxpdHlndW5rbm93bm5zaWduaW5nX2tleV9pZHgkMDE5MzRiNmEtMDAwMC03MDAwLTgwMDAtMDAwMDAwMDAwMDA3"`,
  )
})
