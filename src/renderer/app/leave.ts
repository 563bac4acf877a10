// Ending a session: the screen is emptied first, then the clinic is told.
import { session } from '#modules/session/shared/contract.ts'
import { callProcedure } from '../api/hooks.ts'
import { setWindowState } from '../api/session-store.ts'
import { goHome } from './go.ts'

/** `switch` keeps the list of people at hand, so that the next one is in within two seconds. */
export async function leaveSession(reason: 'left' | 'switch'): Promise<void> {
  void goHome()
  const told = callProcedure(session, 'signOut', { isSwitch: reason === 'switch' }).catch(() => undefined)
  setWindowState({ kind: 'signed-out', reason })
  await told
}
