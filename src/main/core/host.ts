// Owns one clinic folder in this process: the lock on it, and the few acts before a clinic is open (DESIGN 5).
// Doors speak to the Host and to nothing else. Keys and database belong to opened-clinic.ts.
import { existsSync, mkdirSync } from 'node:fs'
import {
  type BootstrapName,
  type BootstrapStatus,
  bootstrapProcedures,
  type CreateClinic,
  type Unlock,
} from '#shared/bootstrap.ts'
import { AppError, type Reply } from '#shared/errors.ts'
import { passwordFault, passwordLimits } from '#shared/password-rules.ts'
import { bootstrapRestore, isRestore, type RestoreName } from './backup/bootstrap-restore.ts'
import { finishSwap } from './backup/swap.ts'
import { folderState } from './clinic-folder.ts'
import { type OpenClinic, OpenProblem, type VerifyReport } from './clinic-types.ts'
import { openDemoClinic } from './demo-clinic.ts'
import { packetFile } from './downtime/packet.ts'
import { readDowntime } from './downtime/read-downtime.ts'
import { placeProblem } from './folder-place.ts'
import { type FolderOwner, lockFolder } from './host-lock.ts'
import { type KitGate, kitGate, noteKitUse, secretOf } from './host-kit.ts'
import { lookAt, parseInput } from './host-problems.ts'
import { createClinicIn, type OpenedClinic, unlockClinicByKit, unlockClinicIn } from './opened-clinic.ts'
import type { Door } from './rpc/context.ts'
import type { Call, Caller, Host } from './rpc/door-types.ts'
import type { Download } from './rpc/services.ts'
import { readKeyFile } from './keys/key-file.ts'
import { forgetAnchor } from './store/anchor.ts'
import { mintId } from './store/mint.ts'
import type { Reader } from './store/reader.ts'
import { type HostOptions, HostState } from './host-state.ts'
import { rotate } from './host-rotation.ts'

export type { HostOptions } from './host-state.ts'

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
  readonly #here: HostState

  constructor(options: HostOptions) {
    this.dir = options.dir
    this.#here = new HostState(options, {
      onRotate: () => void rotate(this.#here),
      onRestored: () => void this.#swapOpen(),
    })
  }

  clinic = (): OpenClinic | null => this.#here.opened?.clinic ?? null
  otherOwner = (): FolderOwner | null => (this.#here.owner === 'this process' ? null : this.#here.owner)

  /** Also tried again later: the other process may have ended meanwhile. */
  async takeFolder(): Promise<void> {
    if (this.#here.owner === 'this process' || this.#here.isClosed) return
    const place = (this.#here.options.placeProblem ?? placeProblem)(this.dir)
    if (place) {
      this.#here.problem = { name: place, value: null }
      return
    }
    mkdirSync(this.dir, { recursive: true, mode: 0o700 })
    this.#here.owner = await this.#lock(this.dir)
    if (this.#here.owner !== 'this process') {
      this.#here.problem = { name: 'owned-by-other-process', value: this.#here.owner.pid }
      return
    }
    // A restore that was cut short is finished, or cleared away, before anything is looked at.
    if (finishSwap(this.dir)) this.#here.options.log.warn('a restore that was cut short has been finished')
    const look = await lookAt(this.#here.real.folder, this.#here.real.secrets)
    this.#here.problem = look.problem
    this.#here.passwordOnly = look.passwordOnly
    this.#here.kitId = look.kitId
  }

  async #lock(dir: string): Promise<FolderOwner | 'this process'> {
    if (this.#here.held.has(dir)) return 'this process'
    const lock = await lockFolder(dir, this.#here.options.door)
    if (!lock.owned) return lock.owner ?? { pid: 0, door: 'unknown' }
    this.#here.held.set(dir, lock.release)
    return 'this process'
  }

  status(): BootstrapStatus {
    const open = this.#here.opened
    const identity = open ? open.clinic.read(clinicIdentity) : null
    const passwordOnly = open
      ? open.clinic.services.slots.warnings().includes('password-only')
      : this.#here.passwordOnly
    return {
      state: this.#state(),
      clinicName: identity?.name ?? null,
      isDemo: open?.isDemo ?? false,
      passwordOnly,
      minimumPassword: passwordOnly ? passwordLimits.minimumPasswordOnly : passwordLimits.minimum,
      problem: open ? null : (this.#here.problem?.name ?? null),
      problemValue: open ? null : (this.#here.problem?.value ?? null),
      keychain: open ? null : (this.#here.problem?.keychain ?? null),
      kitId: open ? (open.kit.current()?.id ?? null) : this.#here.kitId,
      kitFor: this.#here.gate?.why ?? null,
      downtime: this.#offersDowntime(),
      step: this.#here.step,
    }
  }

  #state(): BootstrapStatus['state'] {
    if (this.#here.step) return 'busy'
    if (this.#here.gate) return 'kit'
    if (this.#here.opened) return 'open'
    if (this.#here.problem) return 'broken'
    return folderState(this.#here.real.folder) === 'empty' ? 'none' : 'closed'
  }

  async bootstrap(name: string, input: unknown, caller: Caller): Promise<Reply> {
    const opId = mintId(this.#here.real.clock())
    try {
      if (!Object.hasOwn(bootstrapProcedures, name)) throw new AppError('NOT_FOUND')
      return await this.#act(name as BootstrapName, input, caller)
    } catch (thrown) {
      return this.#here.refusal(thrown, opId)
    }
  }

  async #act(name: BootstrapName, input: unknown, caller: Caller): Promise<Reply> {
    if (name === 'status') {
      parseInput(bootstrapProcedures.status, input)
      if (!this.#here.acting) await this.takeFolder()
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
    this.#here.throttle.check(source)
    if (this.#here.acting || this.#here.isClosed) throw new AppError('UNAVAILABLE', { reason: 'busy' })
    if (this.#here.owner !== 'this process')
      throw new AppError('UNAVAILABLE', { problem: this.#here.problem?.name ?? 'owned-by-other-process' })
    const acting = act()
    this.#here.acting = acting
    try {
      return await acting
    } finally {
      this.#here.acting = null
    }
  }

  async verify(who: SlotHolder): Promise<Reply<VerifyReport>> {
    const opId = mintId(this.#here.real.clock())
    try {
      return { ok: true, value: await this.#exclusively('verify', () => this.#verify(who)) }
    } catch (thrown) {
      return this.#here.refusal(thrown, opId)
    }
  }

  async #verify(who: SlotHolder): Promise<VerifyReport> {
    if (this.#here.opened) throw new AppError('CONFLICT', { state: 'open' })
    const opened = await this.#openSlot(who, { door: this.#here.options.door })
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
      passwordOnly: this.#here.passwordOnly,
      names: [admin.username, admin.name, input.clinicName],
    })
    if (fault) throw new AppError('PASSWORD_TOO_WEAK', { fault, minimum: this.status().minimumPassword })
    const opened = await createClinicIn(this.#here.real, input)
    if (input.kit === 'later') opened.finish()
    const reply = await this.#enter(opened, admin, caller)
    if (reply.ok && input.kit !== 'later')
      this.#here.gate = kitGate(opened, 'set-up', input.clinicName, caller.door)
    return reply
  }

  #kitGate(): KitGate {
    if (!this.#here.gate) throw new AppError('CONFLICT', { state: this.#state() })
    return this.#here.gate
  }

  async #confirmKit({ typed }: { typed: readonly string[] }): Promise<Reply> {
    await this.#kitGate().confirm(typed)
    this.#here.gate = null
    this.#here.throttle.passed()
    return { ok: true, value: { done: true } }
  }

  /** Opens the records, lets nobody in: a new kit comes first, then people sign in as always. */
  async #unlockKit(typed: string, { door }: Caller): Promise<Reply> {
    if (this.#here.opened) throw new AppError('CONFLICT', { state: this.#state() })
    if (folderState(this.#here.real.folder) === 'empty') throw new AppError('CONFLICT', { state: 'none' })
    const secret = secretOf(typed)
    const opened = await this.#opening(() => unlockClinicByKit(this.#here.real, secret))
    secret.fill(0)
    if (!opened) {
      this.#here.throttle.failed()
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
    noteKitUse(opened, this.#here.options.modules, door)
    this.#here.follow(opened)
    this.#here.gate = kitGate(opened, 'kit-used', this.status().clinicName ?? '', door)
  }

  /** Only where no clinic is, or one that does not open: over a working one an administrator restores from inside. */
  async #restore(name: RestoreName, input: unknown, caller: Caller): Promise<Reply> {
    if (!['none', 'broken'].includes(this.#state())) throw new AppError('CONFLICT', { state: this.#state() })
    this.#here.restoring ??= bootstrapRestore(this.#here.real, this.#here.throttle)
    const reply = await this.#here.restoring.act(name, input, caller.door)
    if (reply.swapped) await this.#afterSwap(reply.kit, caller.door)
    return { ok: true, value: reply.value }
  }

  /** The swap is decided: whatever happens from here on, the restored clinic is the one that is here. */
  async #afterSwap(kit: Buffer | null, door: Door): Promise<void> {
    finishSwap(this.dir)
    this.#here.restoring = null
    // The keychain remembers the trail that was here until now, which the restored one need not reach.
    const restored = readKeyFile(this.#here.real.folder.keyFile)
    if (restored) await forgetAnchor(this.#here.real.secrets, restored.body.clinicId).catch(() => {})
    const look = await lookAt(this.#here.real.folder, this.#here.real.secrets)
    this.#here.problem = kit ? null : look.problem
    this.#here.passwordOnly = look.passwordOnly
    this.#here.kitId = look.kitId
    if (kit) {
      const opened = await unlockClinicByKit(this.#here.real, kit)
      kit.fill(0)
      if (opened) this.#openedByKit(opened, door)
    }
    this.#here.announce(['*'])
  }

  /** An administrator restored over the open clinic, and that act has ended: it is closed, swapped and opened anew by people. */
  async #swapOpen(): Promise<void> {
    if (!this.#here.opened || this.#here.acting || this.#here.isClosed) return
    const work = async () => {
      await new Promise((resolve) => setImmediate(resolve))
      await this.#here.letGo()
      await this.#afterSwap(null, this.#here.options.door)
    }
    this.#here.acting = work()
    try {
      await this.#here.acting
    } catch (thrown) {
      this.#here.refusal(thrown, mintId(this.#here.real.clock()))
    } finally {
      this.#here.acting = null
    }
  }

  async #unlock(who: Unlock, caller: Caller): Promise<Reply> {
    // Somebody else was quicker: this is an ordinary sign-in then.
    if (this.#here.opened) return await this.#signIn(who, caller)
    const opened = await this.#openSlot(who, caller)
    const reply = await this.#enter(opened, who, caller)
    if (reply.ok) this.#here.throttle.passed()
    return reply
  }

  /** A right password and still no clinic: whatever the reason was, the copy of the day may be read. */
  async #opening(open: () => Promise<OpenedClinic | null>): Promise<OpenedClinic | null> {
    try {
      return await open()
    } catch (error) {
      this.#here.didNotOpen = true
      throw error
    }
  }

  /** Never beside a clinic that opens: there, roles, second factors and the trail decide who reads what. */
  #offersDowntime(): boolean {
    const state = this.#state()
    const isShut = state === 'broken' || (state === 'closed' && this.#here.didNotOpen)
    const isOurs = this.#here.owner === 'this process' && this.#here.problem?.name !== 'key-file-damaged'
    return isShut && isOurs && existsSync(packetFile(this.dir))
  }

  async #readDowntime(input: unknown, { door }: Caller): Promise<Reply> {
    const { opener } = parseInput(bootstrapProcedures.readDowntime, input)
    if (!this.#offersDowntime()) throw new AppError('CONFLICT', { state: this.#state() })
    return { ok: true, value: await readDowntime(this.#here.real, this.#here.throttle, opener, door) }
  }

  /** Its first audit entry also says how many wrong tries there were: nobody could write them down while it was closed. */
  async #openSlot(who: SlotHolder, { door }: Pick<Caller, 'door'>): Promise<OpenedClinic> {
    if (folderState(this.#here.real.folder) === 'empty') throw new AppError('CONFLICT', { state: 'none' })
    this.#here.problem = null
    const opened = await this.#opening(() => unlockClinicIn(this.#here.real, who))
    if (!opened) {
      this.#here.throttle.failed()
      throw new AppError('WRONG_PASSWORD')
    }
    const act = {
      action: 'clinic.open',
      category: 'system',
      detail: `wrong-tries=${this.#here.throttle.failures()}`,
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
    const { demo } = this.#here.options
    if (!demo) throw new AppError('NOT_FOUND')
    const { admin } = demo.founding(locale)
    if (this.#here.opened?.isDemo) return await this.#signIn(admin, caller)
    if (this.#here.opened) throw new AppError('CONFLICT', { state: 'open' })
    const opened = await openDemoClinic(this.#here.demo, demo, locale, async (dir) => {
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
    this.#here.follow(opened)
    const reply = await this.#signIn(who, caller)
    if (!reply.ok) await this.#here.letGo()
    return reply
  }

  dispatch(call: Call, caller: Caller): Promise<Reply> {
    return this.#atWork()?.dispatch(call, caller) ?? Promise.resolve(this.#notOpen())
  }

  upload(token: string, body: AsyncIterable<Uint8Array>): Promise<Reply> {
    return this.#atWork()?.upload(token, body) ?? Promise.resolve(this.#notOpen())
  }

  download(token: string, caller: Pick<Caller, 'door' | 'token'>): Download | undefined {
    return this.#here.gate ? this.#here.gate.take(token) : this.#here.opened?.clinic.download(token, caller)
  }

  /** Before the kit is on paper nobody works in the clinic. */
  #atWork(): OpenClinic | null {
    return this.#here.gate ? null : (this.#here.opened?.clinic ?? null)
  }

  #notOpen(): Reply {
    const details = { state: this.#state() }
    return { ok: false, error: { code: 'UNAVAILABLE', details, opId: mintId(this.#here.real.clock()) } }
  }

  onChanged(listener: (tables: readonly string[]) => void): () => void {
    this.#here.listeners.add(listener)
    return () => this.#here.listeners.delete(listener)
  }

  async close(): Promise<void> {
    this.#here.isClosed = true
    this.#here.restoring?.leave()
    // What is being opened right now is closed too.
    await this.#here.acting?.catch(() => {})
    this.#here.listeners.clear()
    try {
      await this.#here.letGo()
    } finally {
      const releases = [...this.#here.held.values()]
      this.#here.held.clear()
      await Promise.all(releases.map((release) => release()))
    }
  }
}

const clinicIdentity = (read: Reader) =>
  read.list((db) => db.selectFrom('clinic').select(['name']).where('voided_at', 'is', null).limit(1))[0] ??
  null
