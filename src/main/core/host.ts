// Owns one clinic folder in this process: the lock, the key ring, the opened clinic, and the small contract before it.
// Doors speak to the Host and to nothing else. What a clinic is made of is clinic.ts; its first rows are bootstrap.ts.
import { renameSync, rmSync } from 'node:fs'
import * as z from 'zod'
import { type BootstrapStatus, bootstrapProcedures, type CreateClinic, type Unlock } from '#shared/bootstrap.ts'
import { AppError, type Reply } from '#shared/errors.ts'
import { passwordFault, passwordLimits } from '#shared/password-rules.ts'
import { foundClinic } from './bootstrap.ts'
import { openClinic } from './clinic.ts'
import {
  beginFolder,
  type ClinicFolder,
  clinicFolder,
  discardUnfinished,
  finishFolder,
  folderState,
} from './clinic-folder.ts'
import { type OpenClinic, type OpenClinicOptions, OpenProblem } from './clinic-types.ts'
import { type FolderOwner, lockFolder } from './host-lock.ts'
import { DeviceSecretError, type DeviceSecretStore, noDeviceSecrets } from './keys/device-secret.ts'
import { createHasher, type Hasher, type KdfPolicy, kdfFloor, productionKdf } from './keys/kdf.ts'
import { KeyFileDamaged, readKeyFile } from './keys/key-file.ts'
import { createKeyRing, type KeyRing, slotBackends, unlockKeyRing } from './keys/key-ring.ts'
import { createPasswordWork } from './keys/password-work.ts'
import type { Logger } from './log/logger.ts'
import type { Door } from './rpc/context.ts'
import type { Caller, Host } from './rpc/door-types.ts'
import type { Clock } from './rpc/services.ts'
import { mintId } from './store/mint.ts'
import { createUnlockThrottle, type UnlockThrottle } from './unlock-throttle.ts'

export interface HostOptions extends Pick<OpenClinicOptions, 'modules' | 'migrations' | 'spawnIsolated' | 'monotonic'> {
  readonly dir: string
  /** Told to a second process that wants the same folder. */
  readonly door: Door
  readonly secrets: DeviceSecretStore
  readonly log: Logger
  readonly clock?: Clock
  readonly kdf?: KdfPolicy
  readonly demo?: DemoClinic
}

/** The demo clinic as the composition root describes it. Its password is public. */
export interface DemoClinic {
  readonly founding: (locale: string) => CreateClinic
  readonly fill: (clinic: OpenClinic, about: { locale: string; founderId: string }) => Promise<void> | void
}

/** What the command line and tests may see besides; doors are given it as a plain Host. */
export interface ClinicHost extends Host {
  readonly clinic: () => OpenClinic | null
}

type Problem = NonNullable<BootstrapStatus['problem']>
interface Opened {
  readonly clinic: OpenClinic
  readonly ring: KeyRing
  readonly isDemo: boolean
  readonly release: () => Promise<void>
}

/** Answers also when another process has the folder: the status then says which. */
export async function openHost(options: HostOptions): Promise<ClinicHost> {
  const host = new FolderHost(options)
  await host.takeFolder()
  return host
}
