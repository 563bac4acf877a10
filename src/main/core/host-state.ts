// What the acts of a host share: what it was given, which clinic is open here, and what keeps one closed.
import type { RotationStep } from '#shared/bootstrap.ts'
import type { Reply } from '#shared/errors.ts'
import type { BootstrapRestore } from './backup/bootstrap-restore.ts'
import { restoringOf } from './backup/restoring-open.ts'
import type { CreatePerson } from './bootstrap.ts'
import { clinicFolder } from './clinic-folder.ts'
import type { OpenClinicOptions } from './clinic-types.ts'
import type { DemoClinic } from './demo-clinic.ts'
import type { PlaceProblem } from './folder-place.ts'
import type { KitGate } from './host-kit.ts'
import type { FolderOwner } from './host-lock.ts'
import { explain, type HostProblem } from './host-problems.ts'
import { type DeviceSecretStore, noDeviceSecrets } from './keys/device-secret.ts'
import { createHasher, type KdfPolicy, productionKdf } from './keys/kdf.ts'
import type { OpenedClinic, OpeningOptions } from './opened-clinic.ts'
import type { Door } from './rpc/context.ts'
import type { Clock } from './rpc/services.ts'
import { createUnlockThrottle, type UnlockThrottle } from './unlock-throttle.ts'

export interface HostOptions
  extends Pick<
    OpenClinicOptions,
    | 'modules'
    | 'migrations'
    | 'spawnIsolated'
    | 'openExternal'
    | 'catalogues'
    | 'ticker'
    | 'monotonic'
    | 'log'
  > {
  readonly dir: string
  /** Told to a second process that wants the same folder. */
  readonly door: Door
  readonly secrets: DeviceSecretStore
  readonly clock?: Clock
  readonly kdf?: KdfPolicy
  readonly createPerson: CreatePerson
  readonly demo?: DemoClinic
  /** Whether a clinic may lie there at all; for tests, which have no network drive. */
  readonly placeProblem?: (dir: string) => PlaceProblem | null
}

/** What people inside the open clinic may ask of the process that has it. */
type AskedFromInside = Pick<OpeningOptions, 'onRotate' | 'onRestored'>

export class HostState {
  readonly options: HostOptions
  readonly real: OpeningOptions
  readonly demo: OpeningOptions
  readonly throttle: UnlockThrottle
  readonly listeners = new Set<(tables: readonly string[]) => void>()
  /** Locks on folders, by folder: how each is let go. */
  readonly held = new Map<string, () => Promise<void>>()
  owner: FolderOwner | 'this process' | null = null
  opened: OpenedClinic | null = null
  problem: HostProblem | null = null
  passwordOnly = false
  kitId: string | null = null
  gate: KitGate | null = null
  step: RotationStep | null = null
  didNotOpen = false
  restoring: BootstrapRestore | null = null
  /** One act at a time: a clinic is not unlocked while it is being restored. */
  acting: Promise<unknown> | null = null
  isClosed = false

  constructor(options: HostOptions, asked: AskedFromInside) {
    const clock = options.clock ?? Date.now
    const kdf = options.kdf ?? productionKdf
    const folder = clinicFolder(options.dir)
    this.options = options
    this.real = {
      ...options,
      folder,
      clock,
      kdf,
      hasher: createHasher(),
      isDemo: false,
      ...asked,
      restoringOf,
    }
    this.demo = { ...this.real, folder: clinicFolder(folder.demo), secrets: noDeviceSecrets, isDemo: true }
    this.throttle = createUnlockThrottle(folder.tries, clock)
  }

  /** What the caller is told; the log and the status keep what it was. */
  refusal(thrown: unknown, opId: string): Reply<never> {
    const { error, problem, isOurs } = explain(thrown)
    if (isOurs) this.options.log.error('bootstrap failed', { opId, error: thrown })
    if (problem) this.options.log.warn('clinic not opened', { opId, code: problem.name })
    if (problem && !this.opened) this.problem = problem
    return { ok: false, error: { code: error.code, details: error.details, opId } }
  }

  follow(opened: OpenedClinic): void {
    this.problem = null
    this.didNotOpen = false
    this.opened = opened
    opened.clinic.onChanged((tables) => this.announce(tables))
  }

  announce(tables: readonly string[]): void {
    for (const listener of this.listeners) listener(tables)
  }

  async letGo(): Promise<void> {
    const opened = this.opened
    this.opened = null
    this.gate = null
    await opened?.close()
  }
}
