// Owns one clinic folder in this process: what doors speak to, and nothing else (DESIGN 5). Each act before a clinic is
// open is a host-*.ts beside it; what they share is host-state.ts. Keys and database belong to opened-clinic.ts.
import { type BootstrapName, bootstrapProcedures, type BootstrapStatus } from '#shared/bootstrap.ts'
import { AppError, type Reply } from '#shared/errors.ts'
import { isRestore } from './backup/bootstrap-restore.ts'
import type { OpenClinic, VerifyReport } from './clinic-types.ts'
import { readDowntimeHere } from './host-downtime.ts'
import { takeFolder } from './host-folder.ts'
import { confirmKit, gateOf, unlockKit } from './host-kit-acts.ts'
import type { FolderOwner } from './host-lock.ts'
import { parseInput } from './host-problems.ts'
import { restore, swapOpen } from './host-restore.ts'
import { rotate } from './host-rotation.ts'
import { type HostOptions, HostState } from './host-state.ts'
import { statusOf } from './host-status.ts'
import { create, openDemo, type SlotHolder, unlock, verifyClosed } from './host-unlock.ts'
import type { Call, Caller, Host } from './rpc/door-types.ts'
import type { Download } from './rpc/services.ts'
import { mintId } from './store/mint.ts'

export type { HostOptions } from './host-state.ts'

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
  const here = new HostState(options, {
    onRotate: (renewal) => void rotate(here, renewal),
    onRestored: () => void swapOpen(here),
  })
  await takeFolder(here)
  return new FolderHost(here)
}

class FolderHost implements ClinicHost {
  readonly dir: string
  readonly #here: HostState

  constructor(here: HostState) {
    this.#here = here
    this.dir = here.dir
  }

  clinic = (): OpenClinic | null => this.#here.opened?.clinic ?? null
  otherOwner = (): FolderOwner | null => (this.#here.owner === 'this process' ? null : this.#here.owner)

  status = (): BootstrapStatus => statusOf(this.#here)

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
    const here = this.#here
    if (name === 'status') {
      parseInput(bootstrapProcedures.status, input)
      if (!here.acting) await takeFolder(here)
      return { ok: true, value: statusOf(here) }
    }
    if (name === 'kitSheet') {
      parseInput(bootstrapProcedures.kitSheet, input)
      return { ok: true, value: gateOf(here).sheet() }
    }
    return await here.exclusively(caller.source, async () => {
      if (name === 'kitPaper') {
        const { language } = parseInput(bootstrapProcedures.kitPaper, input)
        return { ok: true, value: await gateOf(here).paper(language) }
      }
      if (isRestore(name)) return await restore(here, name, input, caller)
      if (name === 'readDowntime') return await readDowntimeHere(here, input, caller)
      if (name === 'confirmKit')
        return await confirmKit(here, parseInput(bootstrapProcedures.confirmKit, input))
      if (name === 'unlockKit')
        return await unlockKit(here, parseInput(bootstrapProcedures.unlockKit, input).kit, caller)
      if (name === 'create') return await create(here, parseInput(bootstrapProcedures.create, input), caller)
      if (name === 'unlock') return await unlock(here, parseInput(bootstrapProcedures.unlock, input), caller)
      return await openDemo(here, parseInput(bootstrapProcedures.openDemo, input).locale, caller)
    })
  }

  async verify(who: SlotHolder): Promise<Reply<VerifyReport>> {
    const opId = mintId(this.#here.real.clock())
    try {
      return { ok: true, value: await this.#here.exclusively('verify', () => verifyClosed(this.#here, who)) }
    } catch (thrown) {
      return this.#here.refusal(thrown, opId)
    }
  }

  dispatch(call: Call, caller: Caller): Promise<Reply> {
    return this.#here.dispatch(call, caller)
  }

  upload(token: string, body: AsyncIterable<Uint8Array>): Promise<Reply> {
    return this.#here.atWork()?.upload(token, body) ?? Promise.resolve(this.#here.notOpen())
  }

  download(token: string, caller: Pick<Caller, 'door' | 'token'>): Download | undefined {
    return this.#here.gate ? this.#here.gate.take(token) : this.#here.opened?.clinic.download(token, caller)
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
