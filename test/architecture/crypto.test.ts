// The inventory of cryptography: which algorithms the sources name, and which packages bring any (KEY-08).
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'

const root = path.resolve(import.meta.dirname, '../..')

/** AES-256, SHA-2, HMAC, HKDF, P-256, Ed25519; argon2id and HPKE come from the packages below. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  createHash: ['sha256', 'sha512'],
  createHmac: ['sha256', 'sha512'],
  createCipheriv: ['aes-256-gcm'],
  createDecipheriv: ['aes-256-gcm'],
  hkdfSync: ['sha256'],
  hkdf: ['sha256'],
  generateKeyPairSync: ['ed25519', 'ec'],
  generateKeyPair: ['ed25519', 'ec'],
  namedCurve: ['prime256v1', 'P-256'],
}
/** Nothing of node:crypto that brings an algorithm of its own beyond these. */
const importable = new Set([
  ...Object.keys(allowed).filter((name) => name !== 'namedCurve'),
  'createPrivateKey',
  'createPublicKey',
  'randomBytes',
  'randomFillSync',
  'randomInt',
  'randomUUID',
  'sign',
  'timingSafeEqual',
  'verify',
  'webcrypto',
  'X509Certificate',
])
const packages = ['@hpke/core', '@node-rs/argon2']
const otherPackages =
  /(?:from|import\(|require\()\s*['"](?:node-forge|crypto-js|tweetnacl|libsodium[\w-]*|bcrypt\w*|scrypt\w*|elliptic|md5|sha1|sjcl)['"]/

interface Source {
  readonly file: string
  readonly text: string
}

function faultsIn({ file, text }: Source): string[] {
  const faults: string[] = []
  for (const [, names = ''] of text.matchAll(/import \{([^}]*)\} from 'node:crypto'/g)) {
    for (const entry of names.split(',')) {
      const name = entry.trim().split(/\s+as\s+/)[0] ?? ''
      if (name && !name.startsWith('type ') && !/^[A-Z]\w*$/.test(name) && !importable.has(name))
        faults.push(`${file}: imports ${name}`)
    }
  }
  for (const [name, values] of Object.entries(allowed)) {
    const use =
      name === 'namedCurve' ? /namedCurve: '([^']+)'/g : new RegExp(`\\b${name}\\(\\s*['"\`]([^'"\`]+)`, 'g')
    for (const [, value = ''] of text.matchAll(use))
      if (!values.includes(value.toLowerCase()) && !values.includes(value))
        faults.push(`${file}: ${name} ${value}`)
  }
  if (otherPackages.test(text)) faults.push(`${file}: another package of cryptography`)
  return faults
}

const sources = (): Source[] =>
  globSync('{src,sync-relay/src}/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .map((file) => ({ file, text: readFileSync(path.join(root, file), 'utf8') }))

test('KEY-08: the sources name approved algorithms only', () => {
  const all = sources()
  expect(all.length).toBeGreaterThan(300)
  expect(all.flatMap(faultsIn)).toEqual([])
  const named = packages.filter((name) => all.some(({ text }) => text.includes(`from '${name}'`)))
  expect(named).toEqual(packages)
})

test('KEY-08: the inventory bites', () => {
  const of = (text: string) => faultsIn({ file: 'x.ts', text })
  expect(of("createHash('md5')")).toEqual(['x.ts: createHash md5'])
  expect(of("createCipheriv('aes-128-cbc', k, n)")).toHaveLength(1)
  expect(of("generateKeyPairSync('rsa', {})")).toHaveLength(1)
  expect(of("import { scryptSync } from 'node:crypto'")).toEqual(['x.ts: imports scryptSync'])
  expect(of("{ namedCurve: 'secp256k1' }")).toHaveLength(1)
  expect(of("import x from 'crypto-js'")).toHaveLength(1)
})
