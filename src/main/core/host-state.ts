// What the acts of a host share: what it was given, which clinic is open here, and what keeps one closed.
import type { BootstrapStatus, RotationStep } from '#shared/bootstrap.ts'
import { AppError, type Reply } from '#shared/errors.ts'
import type { BootstrapRestore } from './backup/bootstrap-restore.ts'
import { restoringOf } from './backup/restoring-open.ts'
import type { CreatePerson } from './bootstrap.ts'
import { clinicFolder, folderState } from './clinic-folder.ts'
import type { OpenClinic, ProcessParts } from './clinic-types.ts'
import type { DemoClinic } from './demo-clinic.ts'
import type { PlaceProblem } from './folder-place.ts'
import type { KitGate } from './host-kit.ts'
import type { FolderOwner } from './host-lock.ts'
import { explain, type HostProblem } from './host-problems.ts'
import { type DeviceSecretStore, noDeviceSecrets } from './keys/device-secret.ts'
import { createHasher, type KdfPolicy, productionKdf } from './keys/kdf.ts'
import type { OpenedClinic, OpeningOptions } from './opened-clinic.ts'
import type { Door } from './rpc/context.ts'
import type { Call, Caller } from './rpc/door-types.ts'
import type { Clock } from './rpc/services.ts'
import { mintId } from './store/mint.ts'
import { createUnlockThrottle, type UnlockThrottle } from './unlock-throttle.ts'

export interface HostOptions extends ProcessParts {
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

/** One for each host; the acts change it, one at a time (`exclusively`). */
export class HostState {
  readonly dir: string
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
  acting: Promise<unknown> | null = null
  isClosed = false

  constructor(options: HostOptions, asked: AskedFromInside) {
    const clock = options.clock ?? Date.now
    const kdf = options.kdf ?? productionKdf
    const folder = clinicFolder(options.dir)
    this.dir = options.dir
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

  state(): BootstrapStatus['state'] {
    if (this.step) return 'busy'
    if (this.gate) return 'kit'
    if (this.opened) return 'open'
    if (this.problem) return 'broken'
    return folderState(this.real.folder) === 'empty' ? 'none' : 'closed'
  }

  /** One such act at a time, and not too often. */
  async exclusively<T>(source: string, act: () => Promise<T>): Promise<T> {
    this.throttle.check(source)
    if (this.acting || this.isClosed) throw new AppError('UNAVAILABLE', { reason: 'busy' })
    if (this.owner !== 'this process')
      throw new AppError('UNAVAILABLE', { problem: this.problem?.name ?? 'owned-by-other-process' })
    const acting = act()
    this.acting = acting
    try {
      return await acting
    } finally {
      this.acting = null
    }
  }

  /**
   * The same for what was decided inside the open clinic, which gives way to it: the act that decided has ended, and callers
   * find the clinic closed from here on. Nobody waits for the end, so what goes wrong is told to the log and the status.
   */
  async instead(work: () => Promise<void>): Promise<void> {
    const acting = new Promise((resolve) => setImmediate(resolve)).then(work)
    this.acting = acting
    try {
      await acting
    } catch (thrown) {
      this.refusal(thrown, mintId(this.real.clock()))
    } finally {
      this.acting = null
    }
  }

  /** A right password and still no clinic: whatever the reason was, the copy of the day may be read. */
  async opening(open: () => Promise<OpenedClinic | null>): Promise<OpenedClinic | null> {
    try {
      return await open()
    } catch (error) {
      this.didNotOpen = true
      throw error
    }
  }

  dispatch(call: Call, caller: Caller): Promise<Reply> {
    return this.atWork()?.dispatch(call, caller) ?? Promise.resolve(this.notOpen())
  }

  /** Before the kit is on paper nobody works in the clinic. */
  atWork(): OpenClinic | null {
    return this.gate ? null : (this.opened?.clinic ?? null)
  }

  notOpen(): Reply {
    const details = { state: this.state() }
    return { ok: false, error: { code: 'UNAVAILABLE', details, opId: mintId(this.real.clock()) } }
  }
}
