// What the doors (IPC, HTTPS, command line) and the machine say to each other.
import type { Reply } from '#shared/errors.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import type { Door } from './context.ts'
import type { Download } from './services.ts'

export interface Call {
  /** `module.procedure`. */
  readonly procedure: string
  readonly input: unknown
  /** UUIDv7 made by the client once per intended act; made here when absent (queries). */
  readonly opId?: string | undefined
  /** Background calls (polling, prefetch) do not keep a session alive. */
  readonly background?: boolean | undefined
}

export interface Caller {
  readonly door: Door
  /** Session token as the door holds it for this window or browser. */
  readonly token: string | null
  /** Where the call comes from, for delays and limits: a window id, an address. Never logged in clear. */
  readonly source: string
  /** `https://name:port` of this server as an allowed browser calls it; absent at other doors. */
  readonly origin?: string | undefined
  /** The session of this caller changed: keep the new token, or forget it. */
  readonly setToken: (token: string | null) => void
}

/** One clinic folder, owned by this process. Everything a door needs; no door sees more. */
export interface Host {
  readonly dir: string
  status(): BootstrapStatus
  /** Bootstrap contract; the caller's session starts with `create`, `openDemo` and `unlock`. */
  bootstrap(name: string, input: unknown, caller: Caller): Promise<Reply>
  dispatch(call: Call, caller: Caller): Promise<Reply>
  /** Body of the upload route; resolves when taken. Answers NOT_FOUND for an unknown or used token. */
  upload(token: string, body: AsyncIterable<Uint8Array>): Promise<Reply>
  /** What the download route serves; `undefined` for a token that is unknown, used, late or another session's. */
  download(token: string, caller: Pick<Caller, 'door' | 'token'>): Download | undefined
  /** Tables that changed after a commit. */
  onChanged(listener: (tables: readonly string[]) => void): () => void
  /** Runs open jobs to a safe stop, checkpoints, closes, wipes keys, releases the folder. */
  close(): Promise<void>
}
