// Finds out where the window stands: is there a clinic, is it open, is somebody signed in.
import { session } from '#modules/session/shared/contract.ts'
import { isApiError } from '../api/client.ts'
import { callProcedure, client } from '../api/hooks.ts'
import { setWindowState, stateFor, windowState } from '../api/session-store.ts'

/** Also called after bootstrap steps and by "try again". */
export async function findWhereWeAre(): Promise<void> {
  const status = await client.status().catch((error: unknown) => {
    // From another machine the bootstrap door stays shut; the clinic itself may well be open.
    if (isApiError(error) && !error.isNetwork) return null
    throw error
  })
  if (status && status.state !== 'open') return setWindowState({ kind: 'bootstrap', status })
  await enter()
}

/** Goes to work, to the lock screen or to sign-in, as the session says. */
export async function enter(): Promise<void> {
  try {
    const me = await callProcedure(session, 'me', {})
    setWindowState(stateFor(me))
  } catch (error) {
    if (!isApiError(error)) throw error
    if (error.code === 'NOT_SIGNED_IN') return setWindowState({ kind: 'signed-out', reason: 'fresh' })
    if (error.code === 'SESSION_LOCKED') return setWindowState({ kind: 'locked', me: null })
    const isNotOpen = error.code === 'UNAVAILABLE' && error.details.state !== undefined
    setWindowState({ kind: isNotOpen ? 'not-open' : 'unreachable' })
  }
}

export async function start(): Promise<void> {
  setWindowState({ kind: 'starting' })
  await findWhereWeAre().catch(() => setWindowState({ kind: 'unreachable' }))
}

const tablesOfMe = new Set(['user_account', 'role_grant', 'clinic', '*'])

/** Keeps name, roles and clinic in the header true while somebody else changes them (SESS-06). */
export function followMe(): () => void {
  return client.onChanged((tables) => {
    if (!tables.some((table) => tablesOfMe.has(table))) return
    callProcedure(session, 'me', {}, { background: true })
      .then((me) => {
        if (windowState().kind === 'signed-in' && !me.locked) setWindowState({ kind: 'signed-in', me })
      })
      .catch(() => undefined)
  })
}
