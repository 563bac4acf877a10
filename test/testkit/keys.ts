// A random key ring for tests that open the database without a key file.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import path from 'node:path'
import { noDeviceSecrets } from '#core/keys/device-secret.ts'
import { createHasher } from '#core/keys/kdf.ts'
import { createKeyRing } from '#core/keys/key-ring.ts'
import { rotationSpace } from '#core/db/rotate-database.ts'
import type { ClinicKeys } from '#core/keys/types.ts'
import type { KeyWork } from '#core/rpc/services.ts'
import { mintId } from '#core/store/mint.ts'

/**
 * A real key ring that was never saved: kits can be made and confirmed, keys changed. The database of the test has keys of
 * its own and stays open meanwhile.
 */
export function testKeyWork(dir: string, clock: () => number): KeyWork {
  const nowIso = () => new Date(clock()).toISOString()
  let ring = createKeyRing({
    file: path.join(dir, 'keys.json'),
    secrets: noDeviceSecrets,
    hasher: createHasher(),
    slotParams: { memoryKib: 64, iterations: 1, parallelism: 1 },
    clock,
  })
  return {
    get kit() {
      return ring.kit
    },
    rotate: () => ring.generations.use(ring.generations.add(nowIso())),
    async beginRenewal(request) {
      const begun = await ring.beginRenewal(request)
      if (!begun.ok) return begun
      const { renewal } = begun
      const start = () => {
        renewal.decide(nowIso())
        ring = renewal.ring() ?? ring
      }
      return { ok: true, kitId: renewal.kitId, start, drop: () => renewal.drop() }
    },
    forgetOldGenerations: () => ring.generations.forgetOthers().length,
    facts: () => ({
      backend: 'none',
      slots: [],
      generation: ring.generations.current(),
      generationSince: ring.generations.list().at(-1)?.madeAt ?? null,
      olderGenerations: ring.generations.list().length - 1,
      root: ring.root(),
      ...rotationSpace(path.join(dir, 'clinic.db')),
    }),
  }
}

export function testKeys(): ClinicKeys {
  const pair = generateKeyPairSync('ed25519')
  return {
    database: randomBytes(32),
    auditMac: randomBytes(32),
    pepper: randomBytes(32),
    watermarkMac: randomBytes(32),
    attachments: randomBytes(32),
    totpSeeds: randomBytes(32),
    backupSigning: randomBytes(32),
    backupWrap: randomBytes(32),
    downtime: randomBytes(32),
    kit: null,
    clinicId: mintId(0, Date.UTC(2026, 2, 2)),
    device: {
      deviceId: mintId(0, Date.UTC(2026, 2, 2)),
      writer: randomBytes(16),
      privateKey: pair.privateKey.export({ format: 'der', type: 'pkcs8' }),
      publicKey: pair.publicKey.export({ format: 'der', type: 'spki' }),
    },
  }
}
