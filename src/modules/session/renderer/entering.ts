// What happens to the window once the clinic has let somebody in.
import { isApiError } from '#renderer/api/client.ts'
import { errorText } from '#renderer/api/error-text.ts'
import { setWindowState, stateFor, wasAtWork } from '#renderer/api/session-store.ts'
import { goHome } from '#renderer/app/go.ts'
import { start } from '#renderer/app/start.ts'
import type { Me } from '../shared/contract.ts'

/** The same person comes back to the page they were on; anybody else starts at Today. */
export function letIn(me: Me): void {
  if (!me.pending && !wasAtWork(me)) void goHome()
  setWindowState(stateFor(me))
}

/** What opening found wrong with the records gets its own screen; anything else is said beside the form. */
export function tellOrShow(error: unknown, tell: (words: string) => void): void {
  if (isApiError(error) && error.details.problem !== undefined) void start()
  else tell(wordsOf(error))
}

const wordsOf = (error: unknown): string => {
  if (isApiError(error)) return errorText(error)
  throw error
}
