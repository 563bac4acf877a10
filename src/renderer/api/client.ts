// The typed client of the two doors: the preload bridge where there is one, HTTPS otherwise. Screens cannot tell.
// Words for people live in error-text.ts; caching and refetching in hooks.ts.
import type { BootstrapName, BootstrapStatus } from '#shared/bootstrap.ts'
import type { CopyPlace } from '#shared/copies.ts'
import type { ErrorCode, ErrorDetails, Reply } from '#shared/errors.ts'
import { formatUuidV7 } from '#shared/ids.ts'

export interface CallRequest {
  /** `module.procedure`. */
  readonly procedure: string
  readonly input: unknown
  readonly opId?: string
  readonly background?: boolean
}

/** What the preload exposes as `window.osler`. */
export interface OslerBridge {
  readonly call: (request: CallRequest) => Promise<Reply>
  readonly bootstrap: (name: string, input: unknown) => Promise<Reply>
  readonly onChanged: (listener: (tables: readonly string[]) => void) => () => void
  /** Says that something was copied here, by its digest. */
  readonly copied: (place: CopyPlace, digest: string) => Promise<void>
  readonly platform: string
}

declare global {
  interface Window {
    readonly osler?: OslerBridge
  }
}

export class ApiError extends Error {
  readonly code: ErrorCode
  readonly details: ErrorDetails
  /** Joins this screen, the log line and the audit entry; shown to people as a reference. */
  readonly opId: string

  constructor(code: ErrorCode, details: ErrorDetails, opId: string) {
    super(code)
    this.name = 'ApiError'
    this.code = code
    this.details = details
    this.opId = opId
  }

  /** The call never reached the clinic, or its answer never came back: the same act may be sent again. */
  get isNetwork(): boolean {
    return this.code === 'UNAVAILABLE' && this.details.network === true
  }
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError

/** One per intended act: a repeat with the same id returns the first result. */
export function newOpId(): string {
  return formatUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)))
}

export interface Client {
  readonly call: (request: CallRequest, signal?: AbortSignal) => Promise<unknown>
  readonly bootstrap: (name: BootstrapName, input: unknown) => Promise<unknown>
  readonly status: () => Promise<BootstrapStatus>
  /** Sends a file's bytes to the one-time token that a procedure handed out. */
  readonly upload: (token: string, body: Blob, signal?: AbortSignal) => Promise<void>
  /** The bytes behind a one-time token that a procedure handed out. */
  readonly download: (token: string) => Promise<Uint8Array<ArrayBuffer>>
  readonly onChanged: (listener: (tables: readonly string[]) => void) => () => void
  /** `linux`, `darwin`, `win32`, or `browser`. */
  readonly platform: string
}

interface Door {
  call(request: CallRequest, signal?: AbortSignal): Promise<Reply>
  bootstrap(name: string, input: unknown): Promise<Reply>
  onChanged(listener: (tables: readonly string[]) => void): () => void
  readonly platform: string
}

export function createClient(): Client {
  const door = window.osler ?? httpsDoor()
  const call = async (request: CallRequest, signal?: AbortSignal) => {
    const opId = request.opId ?? newOpId()
    return valueOf(await door.call({ ...request, opId }, signal), opId)
  }
  const bootstrap = async (name: BootstrapName, input: unknown) =>
    valueOf(await door.bootstrap(name, input), newOpId())
  return {
    call,
    bootstrap,
    status: async () => (await bootstrap('status', {})) as BootstrapStatus,
    upload: async (token, body, signal) => {
      const path = `/blob/${encodeURIComponent(token)}`
      await valueOf(await post(path, body, { 'x-osler': '1' }, signal), newOpId())
    },
    download,
    onChanged: door.onChanged,
    platform: door.platform,
  }
}

function valueOf(reply: Reply, opId: string): unknown {
  if (reply.ok) return reply.value
  throw new ApiError(reply.error.code, reply.error.details, reply.error.opId || opId)
}

function httpsDoor(): Door {
  const token = takeTokenFromAddress()
  return {
    call: ({ procedure, ...rest }, signal) => post(`/api/${procedure}`, rest, { 'x-osler': '1' }, signal),
    bootstrap: (name, input) =>
      post(`/bootstrap/${name}`, { input }, { 'x-osler': '1', ...(token ? { 'x-osler-token': token } : {}) }),
    onChanged: listenToEvents,
    platform: 'browser',
  }
}

/** The printed address carries a one-time token after `#`. It is kept in memory only and taken off the address. */
function takeTokenFromAddress(): string | null {
  const hash = window.location.hash.slice(1)
  if (!/^[\w-]{16,}$/.test(hash)) return null
  window.history.replaceState(null, '', `${window.location.pathname}${window.location.search}`)
  return hash
}

async function post(
  path: string,
  body: unknown,
  headers: Record<string, string>,
  signal?: AbortSignal,
): Promise<Reply> {
  const isBlob = body instanceof Blob
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { ...headers, 'content-type': isBlob ? 'application/octet-stream' : 'application/json' },
      body: isBlob ? body : JSON.stringify(body),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: signal ?? null,
    })
    const reply: unknown = await response.json()
    if (isReply(reply)) return reply
    return notReached(response.status)
  } catch (cause) {
    if (signal?.aborted) throw cause
    return notReached(0)
  }
}

async function download(token: string): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response
  try {
    response = await fetch(`/blob/${encodeURIComponent(token)}`, {
      credentials: 'same-origin',
      cache: 'no-store',
    })
    if (response.ok) return new Uint8Array(await response.arrayBuffer())
  } catch {
    throw new ApiError('UNAVAILABLE', { network: true, status: 0 }, newOpId())
  }
  const code = response.status === 404 ? 'NOT_FOUND' : 'INTERNAL'
  throw new ApiError(code, { status: response.status }, newOpId())
}

const isReply = (value: unknown): value is Reply =>
  typeof value === 'object' && value !== null && typeof (value as { ok?: unknown }).ok === 'boolean'

const notReached = (status: number): Reply => ({
  ok: false,
  error: { code: 'UNAVAILABLE', details: { network: true, status }, opId: '' },
})

const listeners = new Set<(tables: readonly string[]) => void>()
let stream: EventSource | null = null

/** One stream of server-sent events for all listeners, open only while somebody listens. */
function listenToEvents(listener: (tables: readonly string[]) => void): () => void {
  listeners.add(listener)
  stream ??= openStream((tables) => {
    for (const each of listeners) each(tables)
  })
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    stream?.close()
    stream = null
  }
}

/** The browser reconnects by itself, and everything counts as changed after a gap. */
function openStream(announce: (tables: readonly string[]) => void): EventSource {
  const source = new EventSource('/api/events', { withCredentials: true })
  let hadGap = false
  source.onmessage = (event: MessageEvent<string>) => {
    try {
      const tables: unknown = JSON.parse(event.data)
      if (Array.isArray(tables)) announce(tables.filter((name): name is string => typeof name === 'string'))
    } catch {
      // A line that is no list of tables announces nothing.
    }
  }
  source.onerror = () => {
    hadGap = true
  }
  source.onopen = () => {
    if (hadGap) announce(['*'])
    hadGap = false
  }
  return source
}
