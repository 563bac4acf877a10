// Locks this window after the session's idle limit, and tells the clinic that a person is still at work.
// The clinic decides for itself as well (SESS-02): this only makes the screen follow at once.
import { useEffect } from 'react'
import { session } from '#modules/session/shared/contract.ts'
import { callProcedure, lastForegroundCallMs } from '../api/hooks.ts'
import { sessionLocked, windowState } from '../api/session-store.ts'

const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
/** Reading and scrolling make no calls; one small call in this time keeps the session from idling out. */
const pingAfterMs = 30_000

/** The screen is emptied first, whether or not the clinic can be reached. */
export function lockNow(): void {
  if (windowState().kind !== 'signed-in') return
  sessionLocked()
  callProcedure(session, 'lock', {}).catch(() => undefined)
}

export function useIdleWatch(idleSeconds: number): void {
  useEffect(() => {
    let lastSignMs = Date.now()
    let lastPingMs = 0
    const check = () => {
      if (Date.now() - lastSignMs >= idleSeconds * 1000) lockNow()
    }
    const onSign = () => {
      const nowMs = Date.now()
      // After a sleep the first movement must not wake what should have been locked.
      if (nowMs - lastSignMs >= idleSeconds * 1000) return lockNow()
      lastSignMs = nowMs
      if (nowMs - Math.max(lastForegroundCallMs(), lastPingMs) < pingAfterMs) return
      lastPingMs = nowMs
      callProcedure(session, 'me', {}).catch(() => undefined)
    }
    const timer = setInterval(check, 1000)
    for (const sign of signs) window.addEventListener(sign, onSign, { passive: true, capture: true })
    document.addEventListener('visibilitychange', check)
    return () => {
      clearInterval(timer)
      for (const sign of signs) window.removeEventListener(sign, onSign, { capture: true })
      document.removeEventListener('visibilitychange', check)
    }
  }, [idleSeconds])
}
