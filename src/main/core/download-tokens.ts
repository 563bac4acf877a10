// Files on their way out: a procedure that was allowed and audited hands out a token; the same person's session fetches
// the bytes with it, once, within two minutes. What is fetched was decided when the token was issued.
import { randomBytes } from 'node:crypto'
import type { Clock, Download, DownloadTokens } from './rpc/services.ts'
import type { Caller } from './rpc/door-types.ts'
import type { SessionStore } from './rpc/session.ts'

const twoMinutesMs = 2 * 60 * 1000
/** A person waits for one paper, not for hundreds; what lies here holds a whole document. */
const mostPerSession = 20

interface Waiting {
  readonly until: number
  readonly sessionId: string
  readonly download: Download
}

export function createDownloads(
  clock: Clock,
  sessions: SessionStore,
): DownloadTokens & { take(token: string, caller: Pick<Caller, 'door' | 'token'>): Download | undefined } {
  const waiting = new Map<string, Waiting>()

  const dropOld = (sessionId: string) => {
    const now = clock()
    for (const [token, entry] of waiting) if (entry.until < now) waiting.delete(token)
    const own = [...waiting].filter(([, entry]) => entry.sessionId === sessionId)
    for (const [token] of own.slice(0, Math.max(0, own.length - mostPerSession + 1))) waiting.delete(token)
  }

  /**
   * A browser proves its session by cookie. The window's own pages have none: there the door itself is the proof, and only
   * tokens of sessions that live in a window count.
   */
  const isOwn = (entry: Waiting, caller: Pick<Caller, 'door' | 'token'>): boolean => {
    const session = sessions.list().find((s) => s.id === entry.sessionId)
    if (!session || session.locked || session.door !== caller.door) return false
    if (caller.door === 'ipc') return true
    return caller.token !== null && sessions.find(caller.token)?.id === session.id && !session.locked
  }

  return {
    issue(actor, download) {
      dropOld(actor.sessionId)
      const token = randomBytes(32).toString('base64url')
      waiting.set(token, { until: clock() + twoMinutesMs, sessionId: actor.sessionId, download })
      return token
    },
    take(token, caller) {
      const entry = waiting.get(token)
      if (!entry) return undefined
      // A stranger's try does not take the paper away from the person it was made for.
      if (entry.until >= clock() && !isOwn(entry, caller)) return undefined
      waiting.delete(token)
      return entry.until >= clock() ? entry.download : undefined
    },
  }
}
