// The four restore acts before a clinic is open. Holds the kit from looking to putting in place, and no longer.
import { AppError } from '#shared/errors.ts'
import { type BootstrapName, bootstrapProcedures } from '#shared/bootstrap.ts'
import type { RestoreOpener } from '#shared/restore.ts'
import { secretOf } from '../host-kit.ts'
import { parseInput } from '../host-problems.ts'
import { readKeyFile } from '../keys/key-file.ts'
import { unlockKeyRing } from '../keys/key-ring.ts'
import { type OpeningOptions, ringOptions } from '../opened-clinic.ts'
import type { Door } from '../rpc/context.ts'
import type { UnlockThrottle } from '../unlock-throttle.ts'
import type { Opener } from './restore.ts'
import { createRestoreDesk } from './restore-desk.ts'

const names = ['restoreFind', 'restoreLook', 'restoreApply', 'restoreLeave'] as const
export type RestoreName = (typeof names)[number]
export const isRestore = (name: BootstrapName): name is RestoreName =>
  (names as readonly string[]).includes(name)

interface Done {
  readonly value: unknown
  readonly swapped: boolean
  /** What opens the restored clinic now, where it was the kit; the caller overwrites it. */
  readonly kit: Buffer | null
}

export interface BootstrapRestore {
  act(name: RestoreName, input: unknown, door: Door): Promise<Done>
  leave(): void
}

export function bootstrapRestore(options: OpeningOptions, throttle: UnlockThrottle): BootstrapRestore {
  const desk = createRestoreDesk(options)
  let opener: Opener | null = null
  const forget = () => {
    if (opener && 'kit' in opener) opener.kit.fill(0)
    if (opener && 'ring' in opener) opener.ring.wipe()
    opener = null
  }
  const leave = () => {
    desk.discard()
    forget()
  }
  const told = (value: unknown): Done => ({ value, swapped: false, kit: null })
  return {
    leave,
    async act(name, input, door) {
      switch (name) {
        case 'restoreFind':
          return told(await desk.find(parseInput(bootstrapProcedures.restoreFind, input).place))
        case 'restoreLook': {
          const asked = parseInput(bootstrapProcedures.restoreLook, input)
          leave()
          opener = await openerOf(options, throttle, asked.opener)
          try {
            return told(await desk.look(asked.place, asked.name, opener))
          } catch (error) {
            leave()
            if (error instanceof AppError && error.code === 'WRONG_KIT') throttle.failed()
            throw error
          }
        }
        case 'restoreApply': {
          parseInput(bootstrapProcedures.restoreApply, input)
          const keptAs = await desk.apply({ actor: null, door })
          const kit = opener && 'kit' in opener ? Buffer.from(opener.kit) : null
          forget()
          throttle.passed()
          return { value: { keptAs }, swapped: true, kit }
        }
        case 'restoreLeave':
          parseInput(bootstrapProcedures.restoreLeave, input)
          leave()
          return told({ done: true })
      }
    },
  }
}

async function openerOf(
  options: OpeningOptions,
  throttle: UnlockThrottle,
  given: RestoreOpener,
): Promise<Opener> {
  if (given.kind === 'kit') return { kit: secretOf(given.kit) }
  const found = readKeyFile(options.folder.keyFile)
  if (!found) throw new AppError('CONFLICT', { reason: 'no-keys-here' })
  const ring = await unlockKeyRing(ringOptions(options), found, given)
  if (!ring) {
    throttle.failed()
    throw new AppError('WRONG_PASSWORD')
  }
  return { ring }
}
