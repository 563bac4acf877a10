// Sessions: who is at a door, under which role, until when. Held in memory: a restart ends them all.
// Only the SHA-256 of a token is kept (SESS-01); limits are decided here and nowhere else (SESS-02).
import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '#shared/permissions.ts'
import type { Door } from './context.ts'

export interface Session {
  readonly id: string
  readonly userId: string
  readonly door: Door
  readonly startedAt: number
  role: Role
  lastActiveAt: number
  /** When the person last proved who they are by password or second factor: for step-up. */
  provenAt: number
  locked: boolean
  /** PKCS#8 of the person's Ed25519 key, unlocked by the password at sign-in; wiped at the end. */
  signingKey: { readonly keyId: string; readonly privateKey: Uint8Array } | null
}

/** Idle limits in seconds: desktop 5 min, front desk 2, browser 10 (SESS-02). */
export function idleSecondsFor(door: Door, role: Role): number {
  if (door === 'https') return 600
  return role === 'reception' ? 120 : 300
}
/** Absolute limit for staff: 12 hours (SESS-02). */
export const absoluteSeconds = 12 * 3600
const sessionsPerPerson = 3
/** How long a proof is good for a dangerous act (SECURITY 3.5). */
export const stepUpSeconds = 5 * 60

export interface SessionStore {
  /** Ends the oldest of a person's sessions when there are more than three (SESS-05). */
  start(from: Omit<Session, 'id' | 'startedAt' | 'lastActiveAt' | 'provenAt' | 'locked'>): {
    token: string
    session: Session
  }
  /** `undefined` when unknown, ended or past its absolute limit. Locks it when it has been idle too long. */
  find(token: string): Session | undefined
  /** Nothing is answered until the password opens it again; the signing key is gone until then. */
  lock(session: Session): void
  /** A person's act, as opposed to a background call, keeps a session alive. */
  touch(session: Session): void
  /** The person just proved who they are. */
  prove(session: Session): void
  /** A new token for the same session; the old one is dead at once (SESS-01: at unlock and change of role or password). */
  renew(session: Session): string
  end(session: Session): void
  endAllOf(userId: string, except?: Session): void
  list(): readonly Session[]
}

function wipeKey(session: Session): void {
  session.signingKey?.privateKey.fill(0)
  session.signingKey = null
}

function lock(session: Session): void {
  session.locked = true
  wipeKey(session)
}

export function createSessionStore(now: () => number): SessionStore {
  const byHash = new Map<string, Session>()
  const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
  const end = (session: Session) => {
    for (const [hash, found] of byHash) if (found.id === session.id) byHash.delete(hash)
    wipeKey(session)
  }
  const renew = (session: Session): string => {
    const token = randomBytes(32).toString('base64url')
    for (const [hash, found] of byHash) if (found.id === session.id) byHash.delete(hash)
    byHash.set(hashOf(token), session)
    return token
  }
  const endAllOf = (userId: string, except?: Session) => {
    for (const s of byHash.values()) if (s.userId === userId && s.id !== except?.id) end(s)
  }
  return {
    start(from) {
      const own = [...byHash.values()].filter((s) => s.userId === from.userId)
      own.sort((a, b) => a.startedAt - b.startedAt)
      for (const old of own.slice(0, Math.max(0, own.length - sessionsPerPerson + 1))) end(old)
      const token = randomBytes(32).toString('base64url')
      const session: Session = {
        ...from,
        id: randomBytes(16).toString('hex'),
        startedAt: now(),
        lastActiveAt: now(),
        provenAt: now(),
        locked: false,
      }
      byHash.set(hashOf(token), session)
      return { token, session }
    },
    find(token) {
      const session = byHash.get(hashOf(token))
      if (!session) return undefined
      if (now() - session.startedAt >= absoluteSeconds * 1000) {
        end(session)
        return undefined
      }
      if (now() - session.lastActiveAt >= idleSecondsFor(session.door, session.role) * 1000) lock(session)
      return session
    },
    lock,
    touch(session) {
      session.lastActiveAt = now()
    },
    prove(session) {
      session.provenAt = now()
    },
    renew,
    end,
    endAllOf,
    list: () => [...byHash.values()],
  }
}
