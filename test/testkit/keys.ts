// A random key ring for tests that open the database without a key file.
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import type { ClinicKeys } from '#core/keys/types.ts'
import { mintId } from '#core/store/mint.ts'

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
