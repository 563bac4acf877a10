// Owns one clinic folder in this process: the lock on it, and the few acts before a clinic is open (DESIGN 5).
// Doors speak to the Host and to nothing else. Keys and database belong to opened-clinic.ts.
import { existsSync, mkdirSync } from 'node:fs'
import {
  type BootstrapName,
  type BootstrapStatus,
  bootstrapProcedures,
  type CreateClinic,
  type RotationStep,
  type Unlock,
} from '#shared/bootstrap.ts'
import { AppError, type Reply } from '#shared/errors.ts'
import { passwordFault, passwordLimits } from '#shared/password-rules.ts'
import {
  type BootstrapRestore,
  bootstrapRestore,
  isRestore,
  type RestoreName,
} from './backup/bootstrap-restore.ts'
import { restoringOf } from './backup/restoring-open.ts'
import { finishSwap } from './backup/swap.ts'
import type { CreatePerson } from './bootstrap.ts'
import { clinicFolder, folderState } from './clinic-folder.ts'
import { type OpenClinic, type OpenClinicOptions, OpenProblem, type VerifyReport } from './clinic-types.ts'
import { type DemoClinic, openDemoClinic } from './demo-clinic.ts'
import { packetFile } from './downtime/packet.ts'
import { readDowntime } from './downtime/read-downtime.ts'
import { type PlaceProblem, placeProblem } from './folder-place.ts'
import { type FolderOwner, lockFolder } from './host-lock.ts'
import { type KitGate, kitGate, noteKitUse, noteRotation, secretOf } from './host-kit.ts'
import { explain, type HostProblem, lookAt, parseInput } from './host-problems.ts'
import { type DeviceSecretStore, noDeviceSecrets } from './keys/device-secret.ts'
import { createHasher, type KdfPolicy, productionKdf } from './keys/kdf.ts'
import {
  createClinicIn,
  type OpenedClinic,
  type OpeningOptions,
  unlockClinicByKit,
  unlockClinicIn,
} from './opened-clinic.ts'
import type { Door } from './rpc/context.ts'
import type { Call, Caller, Host } from './rpc/door-types.ts'
import type { Clock, Download } from './rpc/services.ts'
import { readKeyFile } from './keys/key-file.ts'
import type { RootRenewal } from './keys/root-renewal.ts'
import { forgetAnchor } from './store/anchor.ts'
import { mintId } from './store/mint.ts'
import type { Reader } from './store/reader.ts'
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

/** `null`: anybody with a slot. */
export interface SlotHolder {
  readonly username: string | null
  readonly password: string
}

/** What the command line and tests may see besides; doors are given it as a plain Host. */
export interface ClinicHost extends Host {
  readonly clinic: () => OpenClinic | null
  /** Who has the folder, when it is not this process. */
  readonly otherOwner: () => FolderOwner | null
  /** Opens with anybody's or one person's password, checks everything, closes. Nobody is signed in by it. */
  verify(who: SlotHolder): Promise<Reply<VerifyReport>>
}

/** Resolves also when another process has the folder: the status then says which. */
export async function openHost(options: HostOptions): Promise<ClinicHost> {
  const host = new FolderHost(options)
  await host.takeFolder()
  return host
}

class FolderHost implements ClinicHost {
  readonly dir: string
  readonly #options: HostOptions
  readonly #real: OpeningOptions
  readonly #demo: OpeningOptions
  readonly #throttle: UnlockThrottle
  readonly #listeners = new Set<(tables: readonly string[]) => void>()
  readonly #held = new Map<string, () => Promise<void>>()
  #owner: FolderOwner | 'this process' | null = null
  #opened: OpenedClinic | null = null
  #problem: HostProblem | null = null
  #passwordOnly = false
  #kitId: string | null = null
  #gate: KitGate | null = null
  #step: RotationStep | null = null
  #didNotOpen = false
  #restoring: BootstrapRestore | null = null
  #acting: Promise<unknown> | null = null
  #isClosed = false

  constructor(options: HostOptions) {
    const clock = options.clock ?? Date.now
    const kdf = options.kdf ?? productionKdf
    const folder = clinicFolder(options.dir)
    this.dir = options.dir
    this.#options = options
    this.#real = {
      ...options,
      folder,
      clock,
      kdf,
      hasher: createHasher(),
      isDemo: false,
      onRotate: (renewal) => void this.#rotate(renewal),
      onRestored: () => void this.#swapOpen(),
      restoringOf,
    }
    this.#demo = { ...this.#real, folder: clinicFolder(folder.demo), secrets: noDeviceSecrets, isDemo: true }
    this.#throttle = createUnlockThrottle(folder.tries, clock)
  }

  clinic = (): OpenClinic | null => this.#opened?.clinic ?? null
  otherOwner = (): FolderOwner | null => (this.#owner === 'this process' ? null : this.#owner)

  /** Also tried again later: the other process may have ended meanwhile. */
  async takeFolder(): Promise<void> {
    if (this.#owner === 'this process' || this.#isClosed) return
    const place = (this.#options.placeProblem ?? placeProblem)(this.dir)
    if (place) {
      this.#problem = { name: place, value: null }
      return
    }
    mkdirSync(this.dir, { recursive: true, mode: 0o700 })
    this.#owner = await this.#lock(this.dir)
    if (this.#owner !== 'this process') {
      this.#problem = { name: 'owned-by-other-process', value: this.#owner.pid }
      return
    }
    // A restore that was cut short is finished, or cleared away, before anything is looked at.
    if (finishSwap(this.dir)) this.#options.log.warn('a restore that was cut short has been finished')
    const look = await lookAt(this.#real.folder, this.#real.secrets)
    this.#problem = look.problem
    this.#passwordOnly = look.passwordOnly
    this.#kitId = look.kitId
  }

  async #lock(dir: string): Promise<FolderOwner | 'this process'> {
    if (this.#held.has(dir)) return 'this process'
    const lock = await lockFolder(dir, this.#options.door)
    if (!lock.owned) return lock.owner ?? { pid: 0, door: 'unknown' }
    this.#held.set(dir, lock.release)
    return 'this process'
  }

  status(): BootstrapStatus {
    const open = this.#opened
    const identity = open ? open.clinic.read(clinicIdentity) : null
    const passwordOnly = open
      ? open.clinic.services.slots.warnings().includes('password-only')
      : this.#passwordOnly
    return {
      state: this.#state(),
      clinicName: identity?.name ?? null,
      isDemo: open?.isDemo ?? false,
      passwordOnly,
      minimumPassword: passwordOnly ? passwordLimits.minimumPasswordOnly : passwordLimits.minimum,
      problem: open ? null : (this.#problem?.name ?? null),
      problemValue: open ? null : (this.#problem?.value ?? null),
      keychain: open ? null : (this.#problem?.keychain ?? null),
      kitId: open ? (open.kit.current()?.id ?? null) : this.#kitId,
      kitFor: this.#gate?.why ?? null,
      downtime: this.#offersDowntime(),
      step: this.#step,
    }
  }

  #state(): BootstrapStatus['state'] {
    if (this.#step) return 'busy'
    if (this.#gate) return 'kit'
    if (this.#opened) return 'open'
    if (this.#problem) return 'broken'
    return folderState(this.#real.folder) === 'empty' ? 'none' : 'closed'
  }

  async bootstrap(name: string, input: unknown, caller: Caller): Promise<Reply> {
    const opId = mintId(this.#real.clock())
    try {
      if (!Object.hasOwn(bootstrapProcedures, name)) throw new AppError('NOT_FOUND')
      return await this.#act(name as BootstrapName, input, caller)
    } catch (thrown) {
      return this.#refusal(thrown, opId)
    }
  }

  #refusal(thrown: unknown, opId: string): Reply<never> {
    const { error, problem, isOurs } = explain(thrown)
    if (isOurs) this.#options.log.error('bootstrap failed', { opId, error: thrown })
    if (problem) this.#options.log.warn('clinic not opened', { opId, code: problem.name })
    if (problem && !this.#opened) this.#problem = problem
    return { ok: false, error: { code: error.code, details: error.details, opId } }
  }

  async #act(name: BootstrapName, input: unknown, caller: Caller): Promise<Reply> {
    if (name === 'status') {
      parseInput(bootstrapProcedures.status, input)
      if (!this.#acting) await this.takeFolder()
      return { ok: true, value: this.status() }
    }
    if (name === 'kitSheet') {
      parseInput(bootstrapProcedures.kitSheet, input)
      return { ok: true, value: this.#kitGate().sheet() }
    }
    return await this.#exclusively(caller.source, async () => {
      if (name === 'kitPaper') {
        const { language } = parseInput(bootstrapProcedures.kitPaper, input)
        return { ok: true, value: await this.#kitGate().paper(language) }
      }
      if (isRestore(name)) return await this.#restore(name, input, caller)
      if (name === 'readDowntime') return await this.#readDowntime(input, caller)
      if (name === 'confirmKit')
        return await this.#confirmKit(parseInput(bootstrapProcedures.confirmKit, input))
      if (name === 'unlockKit')
        return await this.#unlockKit(parseInput(bootstrapProcedures.unlockKit, input).kit, caller)
      if (name === 'create') return await this.#create(parseInput(bootstrapProcedures.create, input), caller)
      if (name === 'unlock') return await this.#unlock(parseInput(bootstrapProcedures.unlock, input), caller)
      return await this.#openDemo(parseInput(bootstrapProcedures.openDemo, input).locale, caller)
    })
  }

  /** One such act at a time, and not too often. */
  async #exclusively<T>(source: string, act: () => Promise<T>): Promise<T> {
    this.#throttle.check(source)
    if (this.#acting || this.#isClosed) throw new AppError('UNAVAILABLE', { reason: 'busy' })
    if (this.#owner !== 'this process')
      throw new AppError('UNAVAILABLE', { problem: this.#problem?.name ?? 'owned-by-other-process' })
    const acting = act()
    this.#acting = acting
    try {
      return await acting
    } finally {
      this.#acting = null
    }
  }

  async verify(who: SlotHolder): Promise<Reply<VerifyReport>> {
    const opId = mintId(this.#real.clock())
    try {
      return { ok: true, value: await this.#exclusively('verify', () => this.#verify(who)) }
    } catch (thrown) {
      return this.#refusal(thrown, opId)
    }
  }

  async #verify(who: SlotHolder): Promise<VerifyReport> {
    if (this.#opened) throw new AppError('CONFLICT', { state: 'open' })
    const opened = await this.#openSlot(who, { door: this.#options.door })
    try {
      return opened.clinic.verify()
    } finally {
      await opened.close()
    }
  }

  async #create(input: CreateClinic, caller: Caller): Promise<Reply> {
    if (this.#state() !== 'none') throw new AppError('CONFLICT', { state: this.#state() })
    const { admin } = input
    const fault = passwordFault(admin.password, {
      passwordOnly: this.#passwordOnly,
      names: [admin.username, admin.name, input.clinicName],
    })
    if (fault) throw new AppError('PASSWORD_TOO_WEAK', { fault, minimum: this.status().minimumPassword })
    const opened = await createClinicIn(this.#real, input)
    if (input.kit === 'later') opened.finish()
    const reply = await this.#enter(opened, admin, caller)
    if (reply.ok && input.kit !== 'later')
      this.#gate = kitGate(opened, 'set-up', input.clinicName, caller.door)
    return reply
  }

  #kitGate(): KitGate {
    if (!this.#gate) throw new AppError('CONFLICT', { state: this.#state() })
    return this.#gate
  }

  async #confirmKit({ typed }: { typed: readonly string[] }): Promise<Reply> {
    await this.#kitGate().confirm(typed)
    this.#gate = null
    this.#throttle.passed()
    return { ok: true, value: { done: true } }
  }

  /** Opens the records, lets nobody in: a new kit comes first, then people sign in as always. */
  async #unlockKit(typed: string, { door }: Caller): Promise<Reply> {
    if (this.#opened) throw new AppError('CONFLICT', { state: this.#state() })
    if (folderState(this.#real.folder) === 'empty') throw new AppError('CONFLICT', { state: 'none' })
    const secret = secretOf(typed)
    const opened = await this.#opening(() => unlockClinicByKit(this.#real, secret))
    secret.fill(0)
    if (!opened) {
      this.#throttle.failed()
      throw new AppError('WRONG_KIT', { fault: 'other' })
    }
    try {
      this.#openedByKit(opened, door)
    } catch (error) {
      await opened.close()
      throw error
    }
    return { ok: true, value: { done: true } }
  }

  #openedByKit(opened: OpenedClinic, door: Door): void {
    noteKitUse(opened, this.#options.modules, door)
    this.#follow(opened)
    this.#gate = kitGate(opened, 'kit-used', this.status().clinicName ?? '', door)
  }

  /** Only where no clinic is, or one that does not open: over a working one an administrator restores from inside. */
  async #restore(name: RestoreName, input: unknown, caller: Caller): Promise<Reply> {
    if (!['none', 'broken'].includes(this.#state())) throw new AppError('CONFLICT', { state: this.#state() })
    this.#restoring ??= bootstrapRestore(this.#real, this.#throttle)
    const reply = await this.#restoring.act(name, input, caller.door)
    if (reply.swapped) await this.#afterSwap(reply.kit, caller.door)
    return { ok: true, value: reply.value }
  }

  /** The swap is decided: whatever happens from here on, the restored clinic is the one that is here. */
  async #afterSwap(kit: Buffer | null, door: Door): Promise<void> {
    finishSwap(this.dir)
    this.#restoring = null
    // The keychain remembers the trail that was here until now, which the restored one need not reach.
    const restored = readKeyFile(this.#real.folder.keyFile)
    if (restored) await forgetAnchor(this.#real.secrets, restored.body.clinicId).catch(() => {})
    const look = await lookAt(this.#real.folder, this.#real.secrets)
    this.#problem = kit ? null : look.problem
    this.#passwordOnly = look.passwordOnly
    this.#kitId = look.kitId
    if (kit) {
      const opened = await unlockClinicByKit(this.#real, kit)
      kit.fill(0)
      if (opened) this.#openedByKit(opened, door)
    }
    for (const listener of this.#listeners) listener(['*'])
  }

  /** An administrator restored over the open clinic, and that act has ended: it is closed, swapped and opened anew by people. */
  async #swapOpen(): Promise<void> {
    if (!this.#opened || this.#acting || this.#isClosed) return
    const work = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      await this.#letGo()
      await this.#afterSwap(null, this.#options.door)
    }
    this.#acting = work()
    try {
      await this.#acting
    } catch (thrown) {
      this.#refusal(thrown, mintId(this.#real.clock()))
    } finally {
      this.#acting = null
    }
  }

  /** Started by an act inside the clinic, which has ended by then. */
  async #rotate(renewal: RootRenewal | null): Promise<void> {
    const former = this.#opened
    if (!former || this.#acting || this.#isClosed) {
      renewal?.drop()
      return
    }
    const work = async () => {
      // Callers find the clinic closed from here on; the act's own answer has left before.
      await new Promise((resolve) => setImmediate(resolve))
      this.#opened = null
      const { opened, error } = await former.rotate((step) => {
        this.#step = step
      }, renewal)
      this.#step = null
      this.#follow(opened)
      if (error) this.#options.log.error('the database key was not changed', { error })
      noteRotation(opened, this.#options.modules, this.#options.door, { renewal, isDone: error === null })
    }
    this.#acting = work()
    try {
      await this.#acting
    } catch (thrown) {
      this.#refusal(thrown, mintId(this.#real.clock()))
    } finally {
      renewal?.drop()
      this.#step = null
      this.#acting = null
      for (const listener of this.#listeners) listener(['*'])
    }
  }

  async #unlock(who: Unlock, caller: Caller): Promise<Reply> {
    // Somebody else was quicker: this is an ordinary sign-in then.
    if (this.#opened) return await this.#signIn(who, caller)
    const opened = await this.#openSlot(who, caller)
    const reply = await this.#enter(opened, who, caller)
    if (reply.ok) this.#throttle.passed()
    return reply
  }

  /** A right password and still no clinic: whatever the reason was, the copy of the day may be read. */
  async #opening(open: () => Promise<OpenedClinic | null>): Promise<OpenedClinic | null> {
    try {
      return await open()
    } catch (error) {
      this.#didNotOpen = true
      throw error
    }
  }

  /** Never beside a clinic that opens: there, roles, second factors and the trail decide who reads what. */
  #offersDowntime(): boolean {
    const state = this.#state()
    const isShut = state === 'broken' || (state === 'closed' && this.#didNotOpen)
    const isOurs = this.#owner === 'this process' && this.#problem?.name !== 'key-file-damaged'
    return isShut && isOurs && existsSync(packetFile(this.dir))
  }

  async #readDowntime(input: unknown, { door }: Caller): Promise<Reply> {
    const { opener } = parseInput(bootstrapProcedures.readDowntime, input)
    if (!this.#offersDowntime()) throw new AppError('CONFLICT', { state: this.#state() })
    return { ok: true, value: await readDowntime(this.#real, this.#throttle, opener, door) }
  }

  /** Its first audit entry also says how many wrong tries there were: nobody could write them down while it was closed. */
  async #openSlot(who: SlotHolder, { door }: Pick<Caller, 'door'>): Promise<OpenedClinic> {
    if (folderState(this.#real.folder) === 'empty') throw new AppError('CONFLICT', { state: 'none' })
    this.#problem = null
    const opened = await this.#opening(() => unlockClinicIn(this.#real, who))
    if (!opened) {
      this.#throttle.failed()
      throw new AppError('WRONG_PASSWORD')
    }
    const act = {
      action: 'clinic.open',
      category: 'system',
      detail: `wrong-tries=${this.#throttle.failures()}`,
    } as const
    try {
      opened.clinic.transact({ actor: null, door }, act, () => {})
      return opened
    } catch (error) {
      await opened.close()
      throw error
    }
  }

  async #openDemo(locale: string, caller: Caller): Promise<Reply> {
    const { demo } = this.#options
    if (!demo) throw new AppError('NOT_FOUND')
    const { admin } = demo.founding(locale)
    if (this.#opened?.isDemo) return await this.#signIn(admin, caller)
    if (this.#opened) throw new AppError('CONFLICT', { state: 'open' })
    const opened = await openDemoClinic(this.#demo, demo, locale, async (dir) => {
      const owner = await this.#lock(dir)
      if (owner !== 'this process') throw new OpenProblem('owned-by-other-process', owner.pid)
    })
    return await this.#enter(opened, admin, caller)
  }

  /** The same checks, delays and audit entries as at any other door: there is one way to sign in. */
  #signIn({ username, password }: Unlock, caller: Caller): Promise<Reply> {
    return this.dispatch({ procedure: 'session.signIn', input: { username, password } }, caller)
  }

  /** A slot alone lets nobody in: without a person at work the clinic is closed again. */
  async #enter(opened: OpenedClinic, who: Unlock, caller: Caller): Promise<Reply> {
    this.#follow(opened)
    const reply = await this.#signIn(who, caller)
    if (!reply.ok) await this.#letGo()
    return reply
  }

  #follow(opened: OpenedClinic): void {
    this.#problem = null
    this.#didNotOpen = false
    this.#opened = opened
    opened.clinic.onChanged((tables) => {
      for (const listener of this.#listeners) listener(tables)
    })
  }

  async #letGo(): Promise<void> {
    const opened = this.#opened
    this.#opened = null
    this.#gate = null
    await opened?.close()
  }

  dispatch(call: Call, caller: Caller): Promise<Reply> {
    return this.#atWork()?.dispatch(call, caller) ?? Promise.resolve(this.#notOpen())
  }

  upload(token: string, body: AsyncIterable<Uint8Array>): Promise<Reply> {
    return this.#atWork()?.upload(token, body) ?? Promise.resolve(this.#notOpen())
  }

  download(token: string, caller: Pick<Caller, 'door' | 'token'>): Download | undefined {
    return this.#gate ? this.#gate.take(token) : this.#opened?.clinic.download(token, caller)
  }

  /** Before the kit is on paper nobody works in the clinic. */
  #atWork(): OpenClinic | null {
    return this.#gate ? null : (this.#opened?.clinic ?? null)
  }

  #notOpen(): Reply {
    const details = { state: this.#state() }
    return { ok: false, error: { code: 'UNAVAILABLE', details, opId: mintId(this.#real.clock()) } }
  }

  onChanged(listener: (tables: readonly string[]) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#isClosed = true
    this.#restoring?.leave()
    // What is being opened right now is closed too.
    await this.#acting?.catch(() => {})
    this.#listeners.clear()
    try {
      await this.#letGo()
    } finally {
      const releases = [...this.#held.values()]
      this.#held.clear()
      await Promise.all(releases.map((release) => release()))
    }
  }
}

const clinicIdentity = (read: Reader) =>
  read.list((db) => db.selectFrom('clinic').select(['name']).where('voided_at', 'is', null).limit(1))[0] ??
  null
