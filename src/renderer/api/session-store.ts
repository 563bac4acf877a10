// Which of the few outermost states the window is in: starting, before a clinic is open, at sign-in, locked, at work.
// Only the API layer and the session screens change it; everything else reads it.
import { useSyncExternalStore } from 'react'
import type { Me } from '#modules/session/shared/contract.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'

export type WindowState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'unreachable' }
  /** No clinic is open, and this window may not open it: another machine, or an address without its token. */
  | { readonly kind: 'not-open' }
  | { readonly kind: 'bootstrap'; readonly status: BootstrapStatus }
  | { readonly kind: 'signed-out'; readonly reason: 'fresh' | 'ended' | 'left' | 'switch' }
  /** Half signed in: the second factor is shown, or set up, before anything else. */
  | { readonly kind: 'pending'; readonly me: Me }
  | { readonly kind: 'locked'; readonly me: Me | null }
  | { readonly kind: 'signed-in'; readonly me: Me }

type Listener = () => void

let state: WindowState = { kind: 'starting' }
const listeners = new Set<Listener>()
const leaveListeners = new Set<Listener>()

let lastAtWork: Me | null = null

/** Whose page the window showed last, under which role: only they come back to it. */
export const wasAtWork = (me: Me): boolean => lastAtWork?.userId === me.userId && lastAtWork.role === me.role

export const windowState = (): WindowState => state

export function setWindowState(next: WindowState): void {
  const left = state.kind === 'signed-in' && next.kind !== 'signed-in'
  state = next
  if (next.kind === 'signed-in') lastAtWork = next.me
  if (left) for (const listener of leaveListeners) listener()
  for (const listener of listeners) listener()
}

/** Runs when the window stops showing a person's work (lock, sign-out): drop whatever was kept in memory. */
export function onLeave(listener: Listener): () => void {
  leaveListeners.add(listener)
  return () => leaveListeners.delete(listener)
}

/** The session is over or unknown. */
export function sessionEnded(): void {
  if (state.kind === 'signed-in' || state.kind === 'locked' || state.kind === 'pending')
    setWindowState({ kind: 'signed-out', reason: 'ended' })
}

export function sessionLocked(): void {
  if (state.kind === 'locked') return
  setWindowState({ kind: 'locked', me: state.kind === 'signed-in' ? { ...state.me, locked: true } : null })
}

export function subscribeWindowState(listener: Listener): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useWindowState(): WindowState {
  return useSyncExternalStore(subscribeWindowState, windowState)
}

/** Where somebody goes whom the clinic has let in, as far as it has. */
export const stateFor = (me: Me): WindowState =>
  me.pending ? { kind: 'pending', me } : me.locked ? { kind: 'locked', me } : { kind: 'signed-in', me }

/** Who is signed in. Only for screens inside the layout, which is shown to signed-in people alone. */
export function useMe(): Me {
  const now = useWindowState()
  if (now.kind !== 'signed-in') throw new Error('useMe: nobody is signed in')
  return now.me
}
