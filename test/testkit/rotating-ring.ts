// The key ring of a clinic under rotation, without the rest of the clinic: the child of the kill tests starts in no time.
import path from 'node:path'
import { noDeviceSecrets } from '#core/keys/device-secret.ts'
import { readKeyFile } from '#core/keys/key-file.ts'
import { type KeyRing, type KeyRingOptions, unlockKeyRingByKit } from '#core/keys/key-ring.ts'
import { parseKit } from '#core/keys/kit.ts'
import { settleRotation } from '#core/db/rotate-database.ts'

/** As `databaseFile` of the clinic. */
export const databaseOf = (dir: string): string => path.join(dir, 'clinic.db')

export const ringOptions = (dir: string): KeyRingOptions => ({
  file: path.join(dir, 'keys.json'),
  secrets: noDeviceSecrets,
  // The kit needs no stretching.
  hasher: () => Promise.reject(new Error('no password is stretched here')),
  slotParams: { memoryKib: 64, iterations: 1, parallelism: 1 },
  clock: Date.now,
})

/** Opens the ring as a start of the program does: by a key of the key file, on the generation that fits the file. */
export function openByKit(dir: string, kit: string): KeyRing {
  const parsed = parseKit(kit)
  const file = readKeyFile(ringOptions(dir).file)
  if (!parsed.ok || !file) throw new Error('no kit or no key file')
  const ring = unlockKeyRingByKit(ringOptions(dir), file, parsed.secret)
  if (!ring) throw new Error('the kit does not open the key file')
  settleRotation(databaseOf(dir), ring.generations, () => ring.scrub())
  return ring
}
