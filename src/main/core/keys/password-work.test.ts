// Verifiers, the queue in front of them, and the personal signing key they unlock (AUTH-03, AUTH-04, AUTH-08).
import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { assertNotBelowFloor, createHasher, isWeaker, kdfFloor, productionKdf } from './kdf.ts'
import { createPasswordWork } from './password-work.ts'
import { makeSigningKey, openSigningKey, wrapSigningKey } from './signing-key.ts'

const small = { memoryKib: 64, iterations: 1, parallelism: 1 }
const pepper = randomBytes(32)
const work = createPasswordWork({ pepper, policy: small })

describe('a verifier', () => {
  test('proves the password and gives the same key again, and nothing for another', async () => {
    const { verifier, keyEncryptionKey } = await work.hash('kettle whistle orbit')
    expect(verifier).toMatch(/^\$argon2id\$v=19\$m=64,t=1,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
    expect(await work.verify('kettle whistle orbit', verifier)).toEqual({ keyEncryptionKey, outdated: false })
    expect(await work.verify('kettle whistle orbiT', verifier)).toBeNull()
    expect((await work.hash('kettle whistle orbit')).verifier).not.toBe(verifier)
  })

  test('is worth nothing without the pepper', async () => {
    const { verifier } = await work.hash('kettle whistle orbit')
    const other = createPasswordWork({ pepper: randomBytes(32), policy: small })
    expect(await other.verify('kettle whistle orbit', verifier)).toBeNull()
  })

  test('of older settings still opens, and asks to be renewed', async () => {
    const { verifier } = await work.hash('kettle whistle orbit')
    const stronger = createPasswordWork({ pepper, policy: { ...small, memoryKib: 128 } })
    expect(await stronger.verify('kettle whistle orbit', verifier)).toMatchObject({ outdated: true })
  })

  test.each([
    null,
    '',
    'plain',
    '$argon2i$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=9999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=1,t=1,p=9$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
    '$argon2id$v=19$m=64,t=0,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
  ])('that is none, %s, lets nobody in', async (verifier) => {
    expect(await work.verify('', verifier)).toBeNull()
    expect(await work.verify('AAAA', verifier)).toBeNull()
  })

  test('a 128-character password of many scripts works unchanged', async () => {
    const long = 'Ünïcödé пароль 密码 كلمة 🗝️ '.repeat(5).slice(0, 128)
    const { verifier } = await work.hash(long)
    expect(await work.verify(long, verifier)).not.toBeNull()
    expect(await work.verify(long.slice(0, -1), verifier)).toBeNull()
  })

  test('of nobody costs exactly the work of somebody’s (AUTH-08)', async () => {
    const done: unknown[] = []
    const real = createHasher()
    const counted = createPasswordWork({
      pepper,
      policy: small,
      hasher: (password, salt, ...cost) => {
        done.push([password, salt.length, ...cost])
        return real(password, salt, ...cost)
      },
    })
    const { verifier } = await counted.hash('kettle whistle orbit')
    done.length = 0
    await counted.verify('wrong', verifier)
    await counted.verify('wrong', null)
    await counted.verify('wrong', 'not a verifier')
    expect(done).toEqual(Array.from({ length: 3 }, () => ['wrong', 16, small, 64]))
  })
})

describe('settings', () => {
  test('of the product are those of SECURITY 3.4, and the floor is enforced', () => {
    expect(productionKdf).toEqual({
      slot: { memoryKib: 256 * 1024, iterations: 3, parallelism: 4 },
      verifier: { memoryKib: 64 * 1024, iterations: 3, parallelism: 1 },
    })
    expect(() => assertNotBelowFloor(productionKdf)).not.toThrow()
    expect(() => assertNotBelowFloor(kdfFloor)).not.toThrow()
    expect(() => assertNotBelowFloor({ ...kdfFloor, slot: small })).toThrow('floor')
    expect(() => assertNotBelowFloor({ ...kdfFloor, verifier: small })).toThrow('floor')
    expect(isWeaker(small, { ...small, iterations: 2 })).toBe(true)
  })
})

test('of 200 hashes at once four run, fifty wait, and the rest are told to come back', async () => {
  const hasher = createHasher()
  const outcomes = await Promise.allSettled(
    Array.from({ length: 200 }, () =>
      hasher('x', Buffer.alloc(16), { memoryKib: 4096, iterations: 1, parallelism: 1 }, 32),
    ),
  )
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected')
  expect(refused).toHaveLength(146)
  for (const outcome of refused) expect(outcome.reason).toMatchObject({ code: 'TOO_MANY_TRIES' })
  await expect(hasher('x', Buffer.alloc(16), small, 32)).resolves.toHaveLength(32)
})

describe('a personal signing key', () => {
  const kek = randomBytes(32)

  test('opens with the key from the password only, for its own person only', () => {
    const made = makeSigningKey('u1', kek)
    expect(openSigningKey('u1', kek, made.wrappedPrivate)).toEqual(made.privateKey)
    expect(openSigningKey('u2', kek, made.wrappedPrivate)).toBeNull()
    expect(openSigningKey('u1', randomBytes(32), made.wrappedPrivate)).toBeNull()
    expect(openSigningKey('u1', kek, new Uint8Array(0))).toBeNull()
    const bent = Buffer.from(made.wrappedPrivate)
    bent[20] = (bent[20] ?? 0) ^ 1
    expect(openSigningKey('u1', kek, bent)).toBeNull()
  })

  test('survives a change of the password', () => {
    const made = makeSigningKey('u1', kek)
    const next = randomBytes(32)
    expect(openSigningKey('u1', next, wrapSigningKey('u1', next, made.privateKey))).toEqual(made.privateKey)
  })
})
