// Sign-ins that wait for the browser. In memory only, bound to the window that began them, good for five minutes, once.
import { randomBytes } from 'node:crypto'
import type { Clock } from '#core/rpc/services.ts'
import { Fault } from './fault.ts'
import { patienceMs, type Waiting } from './loopback.ts'
import type { Conversation, Secrets } from './service-client.ts'

export interface Pending {
  readonly purpose: 'sign-in' | 'link'
  /** The window, as its door names it. */
  readonly source: string
  /** Whose session began a link. */
  readonly sessionId: string | null
  readonly begunAt: number
  readonly waiting: Waiting
  readonly conversation: Conversation
  readonly secrets: Secrets
}

export type Whose = Pick<Pending, 'purpose' | 'source' | 'sessionId'>

export interface PendingLogins {
  /** Seconds to wait when this window has opened the browser too often lately; 0 when it may. */
  waitFor(source: string): number

  /** A window waits for one browser at a time: an earlier wait of it ends. */
  add(pending: Pending): string
  /** @throws Fault unless it is there, in time, and this window's own. Taken once. */
  take(handle: string, whose: Whose): Pending
  cancel(handle: string, source: string): boolean
}

const mostAtOnce = 20
/** A window that opens pages in a row is no person's. */
const begins = { most: 20, within: 60_000 } as const

export function createPendingLogins(clock: Clock): PendingLogins {
  const open = new Map<string, Pending>()
  const running = new Map<string, Pending>()
  const begun = new Map<string, { at: number; count: number }>()
  const isLate = (pending: Pending) => clock() - pending.begunAt > patienceMs
  const drop = (handle: string, pending: Pending) => {
    open.delete(handle)
    running.delete(handle)
    pending.waiting.cancel()
  }
  return {
    waitFor(source) {
      for (const [key, { at }] of begun) if (Math.abs(clock() - at) >= begins.within) begun.delete(key)
      const own = begun.get(source) ?? { at: clock(), count: 0 }
      begun.set(source, { ...own, count: own.count + 1 })
      return own.count < begins.most ? 0 : Math.ceil((own.at + begins.within - clock()) / 1000)
    },
    add(pending) {
      const all = [...open, ...running]
      for (const [handle, other] of all) {
        if (other.source === pending.source || isLate(other)) drop(handle, other)
      }
      const [oldest] = open
      if (open.size >= mostAtOnce && oldest) drop(...oldest)
      const handle = randomBytes(32).toString('base64url')
      open.set(handle, pending)
      return handle
    },
    take(handle, whose) {
      const pending = open.get(handle)
      if (!pending) throw new Fault('too-late')
      const isOwn = (['purpose', 'source', 'sessionId'] as const).every((key) => pending[key] === whose[key])
      // Somebody else's handle in the wrong hands is not used up by them.
      if (!isOwn) throw new Fault('other-window')
      open.delete(handle)
      if (isLate(pending)) {
        pending.waiting.cancel()
        throw new Fault('too-late')
      }
      // Still to be cancelled while it waits.
      running.set(handle, pending)
      const end = () => running.delete(handle)
      pending.waiting.answer.then(end, end)
      return pending
    },
    cancel(handle, source) {
      const pending = open.get(handle) ?? running.get(handle)
      if (pending?.source !== source) return false
      drop(handle, pending)
      return true
    },
  }
}
