// New keys for a clinic that is closed: for its database alone, or a new root key with everything that hangs on it.
import { existsSync } from 'node:fs'
import type { RotationStep } from '#shared/bootstrap.ts'
import { rotateDatabase, rotateWithRoot, type RotateWork } from './db/rotate-database.ts'
import { withRotateThread } from './db/rotate-thread.ts'
import { looksFile } from './downtime/looks.ts'
import { resealPacketFile } from './downtime/packet.ts'
import type { KeyRing } from './keys/key-ring.ts'
import type { RootRenewal } from './keys/root-renewal.ts'
import type { OpeningOptions } from './opened-clinic.ts'

type OnStep = (step: RotationStep) => void

/** Returns what went wrong, or `null`. Whether a renewal was decided all the same, its ring says. */
export async function changeKeys(
  options: OpeningOptions,
  ring: KeyRing,
  renewal: RootRenewal | null,
  onStep: OnStep,
): Promise<unknown> {
  const { database } = options.folder
  const now = new Date(options.clock()).toISOString()
  try {
    await withRotateThread(async (work) => {
      if (renewal) await renewRoot(options, ring, renewal, { now, onStep, work })
      else await rotateDatabase(database, ring.generations, now, onStep, work)
    })
    return null
  } catch (failure) {
    return failure
  }
}

async function renewRoot(
  options: OpeningOptions,
  ring: KeyRing,
  renewal: RootRenewal,
  { now, onStep, work }: { readonly now: string; readonly onStep: OnStep; readonly work: RotateWork },
): Promise<void> {
  const { database, dir } = options.folder
  if (existsSync(looksFile(dir))) throw new Error('looks into the copy of the day are not in the trail yet')
  const all = {
    key: renewal.databaseKey,
    decide: () => renewal.decide(now),
    finish: () => finishRenewal(options, renewal.ring() ?? ring, ring),
  }
  await rotateWithRoot(database, ring.generations, all, onStep, work)
}

/** Nothing of the former root key stays beside the database: neither an older key file nor the copy of the day. */
export function finishRenewal({ folder, log }: OpeningOptions, ring: KeyRing, former: KeyRing | null): void {
  try {
    ring.scrub()
    resealPacketFile(folder.dir, former && former.keys, ring.keys)
  } catch (error) {
    // What is left opens none of today's records; a disk that takes nothing must not keep the clinic shut.
    log.error('the key file’s older copy or the copy of the day is still under the former root key', {
      error,
    })
  }
}
