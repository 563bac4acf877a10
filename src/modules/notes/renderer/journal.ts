// The journal of a note being written: when it saves, what it does when saving fails, and what it tells the person.
// No DOM and no API in here: the text, the calls and the clock are handed in (use-journal.ts wires them).
import type { ErrorCode } from '#shared/errors.ts'
import type { OpId } from '#shared/ids.ts'
import type { NoteDocument } from '../shared/document.ts'

/** Shorter than the 300 ms the design allows, so that reading and sending the text fit inside. */
export const saveEveryMs = 240
const longestPauseMs = 10_000

export interface NoteContent {
  readonly title: string
  readonly body: NoteDocument
}
export interface StoredContent extends NoteContent {
  readonly step: number
  readonly updatedAt: string
}

export interface JournalPorts {
  /** The newest text; asked only at the moment of saving. */
  read(): NoteContent
  save(step: number, content: NoteContent, opId: OpId): Promise<{ readonly step: number }>
  /** What the clinic holds now; asked when a save is answered with DRAFT_MOVED_ON. */
  load(): Promise<StoredContent>
  newOpId(): OpId
  codeOf(error: unknown): ErrorCode
  now(): number
  /** Runs `act` after `ms`; returns what cancels it. */
  later(act: () => void, ms: number): () => void
}

export type JournalState =
  | { readonly kind: 'untouched' }
  | { readonly kind: 'keeping' }
  /** `at`: own clock, for "kept 2 s ago". */
  | { readonly kind: 'kept'; readonly at: number }
  /** `again`: whether it retries by itself. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly again: boolean }
  | { readonly kind: 'moved-on'; readonly mine: NoteContent; readonly theirs: StoredContent }
  | { readonly kind: 'closed' }

interface Attempt {
  readonly step: number
  readonly content: NoteContent
  readonly opId: OpId
}

/** The outcome is unknown: the same call, with the same opId, is repeated until it is. */
const uncertain: ReadonlySet<ErrorCode> = new Set(['UNAVAILABLE', 'INTERNAL'])

export class Journal {
  readonly #listeners = new Set<() => void>()
  #ports: JournalPorts
  #step: number
  #state: JournalState = { kind: 'untouched' }
  #dirty = false
  #attempt: Attempt | null = null
  #inFlight: Promise<void> | null = null
  #cancelTimer: (() => void) | null = null
  #nextAt = Number.NEGATIVE_INFINITY
  #failures = 0
  #isAttached = false

  constructor(ports: JournalPorts, step: number) {
    this.#ports = ports
    this.#step = step
  }

  get step(): number {
    return this.#step
  }

  /** True while something typed is not known to be in the clinic's database. */
  get unsaved(): boolean {
    return this.#state.kind !== 'closed' && (this.#dirty || this.#attempt !== null)
  }

  get isAttached(): boolean {
    return this.#isAttached
  }

  state = (): JournalState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Something changed: saves now (leading), or as soon as the interval since the last save is over (trailing). */
  touched(): void {
    if (this.#state.kind === 'closed') return
    this.#dirty = true
    if (this.#state.kind === 'moved-on') return
    if (this.#state.kind !== 'failed') this.#tell({ kind: 'keeping' })
    this.#schedule()
  }

  /** Saves what is open at once; true when everything typed is kept. */
  async flush(): Promise<boolean> {
    if (this.#inFlight) await this.#inFlight
    if (this.unsaved && this.#state.kind !== 'moved-on') {
      this.#stopTimer()
      await this.#run()
    }
    return !this.unsaved && this.#state.kind !== 'moved-on'
  }

  retryNow(): void {
    if (this.#state.kind !== 'failed' || this.#inFlight) return
    this.#stopTimer()
    void this.#run()
  }

  /** Ends DRAFT_MOVED_ON: keep what stands here, or take what is stored (the caller puts it on screen). */
  choose(which: 'mine' | 'theirs'): void {
    if (this.#state.kind !== 'moved-on') return
    this.#step = this.#state.theirs.step
    this.#attempt = null
    this.#dirty = which === 'mine'
    this.#tell(this.#dirty ? { kind: 'keeping' } : { kind: 'kept', at: this.#ports.now() })
    this.#schedule()
  }

  /** The draft is signed or dropped: nothing may be saved any more. */
  close(): void {
    this.#stopTimer()
    this.#dirty = false
    this.#attempt = null
    this.#tell({ kind: 'closed' })
  }

  /** A screen shows this draft: from now on its text is the newest. */
  attach(read: () => NoteContent): void {
    this.#isAttached = true
    this.#ports = { ...this.#ports, read }
  }

  /** The screen goes away: freezes the text as it stands and goes on until it is kept. */
  detach(): void {
    this.#isAttached = false
    if (this.#state.kind === 'closed') return
    const last = this.#ports.read()
    this.#ports = { ...this.#ports, read: () => last }
    void this.flush()
  }

  /** The text that would be saved next; what a reopened screen starts from while it is not kept yet. */
  newest(): NoteContent {
    return this.#ports.read()
  }

  #schedule(): void {
    if (this.#inFlight || this.#cancelTimer || !this.unsaved) return
    const wait = this.#nextAt - this.#ports.now()
    if (wait <= 0) void this.#run()
    else {
      this.#cancelTimer = this.#ports.later(() => {
        this.#cancelTimer = null
        void this.#run()
      }, wait)
    }
  }

  #run(): Promise<void> {
    this.#inFlight ??= this.#save().finally(() => {
      this.#inFlight = null
      if (this.#state.kind === 'keeping' || (this.#state.kind === 'failed' && this.#state.again))
        this.#schedule()
    })
    return this.#inFlight
  }

  async #save(): Promise<void> {
    const attempt = this.#attempt ?? this.#newAttempt()
    this.#attempt = attempt
    this.#nextAt = this.#ports.now() + saveEveryMs
    try {
      const reply = await this.#ports.save(attempt.step, attempt.content, attempt.opId)
      if (this.#state.kind !== 'closed') this.#saved(reply.step)
    } catch (error) {
      if (this.#state.kind !== 'closed') await this.#refused(this.#ports.codeOf(error), attempt)
    }
  }

  #newAttempt(): Attempt {
    this.#dirty = false
    return { step: this.#step, content: this.#ports.read(), opId: this.#ports.newOpId() }
  }

  #saved(step: number): void {
    this.#step = step
    this.#attempt = null
    this.#failures = 0
    this.#tell(this.#dirty ? { kind: 'keeping' } : { kind: 'kept', at: this.#ports.now() })
  }

  async #refused(code: ErrorCode, attempt: Attempt): Promise<void> {
    if (code === 'DRAFT_MOVED_ON' && (await this.#movedOn(attempt))) return
    this.#failures += 1
    const again = uncertain.has(code) || code === 'DRAFT_MOVED_ON'
    if (!again) {
      // A definite no: nothing was written, so the next try carries the newest text under a new opId.
      this.#attempt = null
      this.#dirty = true
    }
    const pause = code === 'INVALID_INPUT' ? 1000 : Math.min(500 * 2 ** this.#failures, longestPauseMs)
    this.#nextAt = this.#ports.now() + pause
    this.#tell({ kind: 'failed', code, again })
  }

  /** True when the answer settled the matter: our own save that got through unheard, or a choice for the person. */
  async #movedOn(attempt: Attempt): Promise<boolean> {
    let theirs: StoredContent
    try {
      theirs = await this.#ports.load()
    } catch {
      return false
    }
    if (sameContent(theirs, attempt.content)) {
      this.#saved(theirs.step)
      return true
    }
    this.#attempt = null
    this.#dirty = true
    this.#tell({ kind: 'moved-on', mine: this.#ports.read(), theirs })
    return true
  }

  #stopTimer(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
  }

  #tell(state: JournalState): void {
    this.#state = state
    for (const listener of this.#listeners) listener()
  }
}

/** Equal words in equal shape; the order of keys changes on the way through the database. */
export function sameContent(a: NoteContent, b: NoteContent): boolean {
  return a.title === b.title && canonical(a.body) === canonical(b.body)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([x], [y]) => (x < y ? -1 : 1)))
      : part,
  )
}
