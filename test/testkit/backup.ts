// What tests of backups share: a key file for clinics that were opened without one.
import { randomBytes } from 'node:crypto'
import { copyFileSync, mkdirSync } from 'node:fs'
import path from 'node:path'
import { keyFileName, writeKeyFile } from '#core/keys/key-file.ts'
import { AppError } from '#shared/errors.ts'
import { createRestoreDesk } from '#core/backup/restore-desk.ts'
import { clinicFolder } from '#core/clinic-folder.ts'
import type { OpeningOptions } from '#core/opened-clinic.ts'
import type { RestoreWork } from '#core/rpc/services.ts'
import type { TestClinic } from './clinic.ts'
import { testKeys } from './keys.ts'

/** Finds backups; opens none: a test clinic has no key ring. Restoring is tested through a host. */
export function testRestoring(dir: string, clock: () => number): RestoreWork {
  const desk = createRestoreDesk({ folder: clinicFolder(dir), clock } as OpeningOptions)
  return {
    ...desk,
    look: () => Promise.reject(new AppError('UNAVAILABLE', { reason: 'no-key-ring' })),
    swap: () => {},
  }
}

/** Whole by its checksum; opens nothing. Enough for backups that are made and checked with the keys in memory. */
export function writeTestKeyFile({ dir, keys }: Pick<TestClinic, 'dir' | 'keys'>): void {
  const text = (bytes: number) => randomBytes(bytes).toString('base64url')
  writeKeyFile(
    path.join(dir, keyFileName),
    {
      format: 'osler-keys',
      version: 1,
      clinicId: keys.clinicId,
      device: { id: keys.device.deviceId, incarnation: 1, signingKey: text(44), agreementKey: text(91) },
      slots: [],
      keys: [{ name: 'database', generation: 1, nonce: text(12), wrapped: text(48) }],
    },
    randomBytes(32),
    false,
  )
}

/** As a restore leaves it: what stands in the clinic folder now, in a folder with the time. Returns its name. */
export function keepAside(clinic: TestClinic, whose: 'ours' | 'other' | 'unknown' = 'ours'): string {
  const name = `before-restore-${new Date(clinic.now()).toISOString().replaceAll(/[:.]/g, '-')}`
  const dir = path.join(clinic.dir, name)
  mkdirSync(dir)
  clinic.checkpoint()
  copyFileSync(path.join(clinic.dir, 'clinic.db'), path.join(dir, 'clinic.db'))
  const keys = whose === 'ours' ? clinic.keys : testKeys()
  if (whose !== 'unknown') writeTestKeyFile({ dir, keys })
  return name
}
