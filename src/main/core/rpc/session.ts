// Sessions: who is at a door, under which role, until when. Held in memory: a restart ends them all.
// Only the SHA-256 of a token is kept (SESS-01); limits are decided here and nowhere else (SESS-02).
import { createHash, randomBytes } from 'node:crypto'
import type { Role } from '#shared/permissions.ts'
import {
  defaultLimits,
  idleSecondsFor,
  type SessionLimits,
  absoluteSecondsFor,
} from '#shared/session-limits.ts'
import type { Door } from './context.ts'

/** How the person proved who they are when this session began. */
export type SignInMethod = 'password' | 'password+totp' | 'recovery' | 'pin' | 'oidc' | 'passkey'

/** What is still to be done before the session may do anything: show the second factor, or set one up. */
export type Pending = 'second-factor' | 'enrolment'

export interface Session {
  readonly id: string
  readonly userId: string
  readonly door: Door
  /** Where it was started from, as the door names it: a window, an address. */
  readonly source: string
  readonly startedAt: number
  method: SignInMethod
  role: Role
  lastActiveAt: number
  /** When the person last proved who they are by password or second factor: for step-up. 0: never in this session. */
  provenAt: number
  locked: boolean
  /** While set, only calls that a contract opens for it are answered. */
  pending: Pending | null
  /** A second factor being set up: its seed, until the confirming code comes. */
  enrolling: { readonly seed: Uint8Array; readonly until: number } | null
  /** PKCS#8 of the person's Ed25519 key, unlocked by the password at sign-in; wiped at the end. */
  signingKey: { readonly keyId: string; readonly privateKey: Uint8Array } | null
}

const sessionsPerPerson = 3
/** How long a proof is good for a dangerous act (SECURITY 3.5). */
export const stepUpSeconds = 5 * 60
/** How long half a sign-in waits: for the phone that is at hand, and for setting it up for the first time. */
const pendingSeconds: Readonly<Record<Pending, number>> = { 'second-factor': 5 * 60, enrolment: 20 * 60 }
/** How long after a full sign-in at this computer a PIN opens it again (SECURITY 3.5). */
export const pinHours = 12

export interface NewSession {
  readonly userId: string
  readonly door: Door
  readonly role: Role
  readonly signingKey: Session['signingKey']
  readonly source?: string
  readonly method?: SignInMethod
  readonly pending?: Pending | null
}

export interface SessionStore {
  /** Ends the oldest of a person's sessions when there are more than three (SESS-05). */
  start(from: NewSession): { token: string; session: Session }
  /** The sessions that the next `start` of this person closes; `except` is one that ends anyway. */
  crowdedOut(userId: string, except?: Session): readonly Session[]
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
  /** The second factor was shown, or set up: the session works from now on, under the new token that is returned. */
  complete(session: Session, method: SignInMethod): string
  end(session: Session): void
  /** Also forgets that the person fully signed in here, so that no PIN brings them back. */
  endAllOf(userId: string, except?: Session): void
  list(): readonly Session[]
  /** Whether a PIN is enough at this computer: a full sign-in here within twelve hours, and since this program started. */
  mayUsePin(userId: string): boolean
  forgetFullSignIn(userId: string): void
  idleSeconds(door: Door, role: Role): number
}

function wipe(session: Session): void {
  session.signingKey?.privateKey.fill(0)
  session.signingKey = null
  session.enrolling?.seed.fill(0)
  session.enrolling = null
}

function lock(session: Session): void {
  session.locked = true
  wipe(session)
}

export function createSessionStore(
  now: () => number,
  limits: () => SessionLimits = () => defaultLimits,
): SessionStore {
  const byHash = new Map<string, Session>()
  const fullSignIns = new Map<string, number>()
  const hashOf = (token: string) => createHash('sha256').update(token).digest('base64url')
  const end = (session: Session) => {
    for (const [hash, found] of byHash) if (found.id === session.id) byHash.delete(hash)
    wipe(session)
  }
  const renew = (session: Session): string => {
    const token = randomBytes(32).toString('base64url')
    for (const [hash, found] of byHash) if (found.id === session.id) byHash.delete(hash)
    byHash.set(hashOf(token), session)
    return token
  }
  const endAllOf = (userId: string, except?: Session) => {
    for (const s of byHash.values()) if (s.userId === userId && s.id !== except?.id) end(s)
    if (!except) fullSignIns.delete(userId)
  }
  const crowdedOut = (userId: string, except?: Session) => {
    const own = [...byHash.values()].filter((s) => s.userId === userId && s.id !== except?.id)
    own.sort((a, b) => a.startedAt - b.startedAt)
    return own.slice(0, Math.max(0, own.length - sessionsPerPerson + 1))
  }
  const isOver = (session: Session): boolean => {
    const age = now() - session.startedAt
    if (session.pending && age >= pendingSeconds[session.pending] * 1000) return true
    return age >= absoluteSecondsFor(limits(), session.role) * 1000
  }
  const isIdle = (session: Session): boolean =>
    now() - session.lastActiveAt >= idleSecondsFor(limits(), session.door, session.role) * 1000
  return {
    start(from) {
      for (const old of crowdedOut(from.userId)) end(old)
      const token = randomBytes(32).toString('base64url')
      const { source = '', method = 'password', pending = null } = from
      const session: Session = {
        userId: from.userId,
        door: from.door,
        role: from.role,
        signingKey: from.signingKey,
        source,
        method,
        pending,
        id: randomBytes(16).toString('hex'),
        startedAt: now(),
        lastActiveAt: now(),
        // A PIN says who sits there; it is no proof for a dangerous act.
        provenAt: method === 'pin' ? 0 : now(),
        locked: false,
        enrolling: null,
      }
      byHash.set(hashOf(token), session)
      if (from.door === 'ipc' && method !== 'pin' && !pending) fullSignIns.set(from.userId, now())
      return { token, session }
    },
    crowdedOut,
    find(token) {
      const session = byHash.get(hashOf(token))
      if (!session) return undefined
      if (isOver(session)) {
        end(session)
        return undefined
      }
      // Half a sign-in shows nothing that could be locked away.
      if (!session.pending && isIdle(session)) lock(session)
      return session
    },
    lock,
    touch(session) {
      session.lastActiveAt = now()
    },
    prove(session) {
      session.provenAt = now()
    },
    complete(session, method) {
      session.pending = null
      session.method = method
      session.provenAt = now()
      if (session.door === 'ipc') fullSignIns.set(session.userId, now())
      return renew(session)
    },
    renew,
    end,
    endAllOf,
    list: () => [...byHash.values()],
    mayUsePin(userId) {
      const at = fullSignIns.get(userId)
      return at !== undefined && now() - at < pinHours * 3_600_000
    },
    forgetFullSignIn: (userId) => void fullSignIns.delete(userId),
    idleSeconds: (door, role) => idleSecondsFor(limits(), door, role),
  }
}
