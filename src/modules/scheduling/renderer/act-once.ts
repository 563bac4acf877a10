// One act outside of a form (a drag, an undo): the same id over retries, so that it cannot happen twice.
import { isApiError, newOpId } from '#renderer/api/client.ts'
import { callProcedure, type CommandName, type InputFor, type OutputFor } from '#renderer/api/hooks.ts'
import { scheduling } from '../shared/contract.ts'

type Scheduling = typeof scheduling
const tries = 3

export async function actOnce<K extends CommandName<Scheduling>>(
  name: K,
  input: InputFor<Scheduling, K>,
): Promise<OutputFor<Scheduling, K>> {
  const opId = newOpId()
  for (let n = 1; ; n++) {
    try {
      return await callProcedure(scheduling, name, input, { opId })
    } catch (error) {
      if (!isApiError(error) || !error.isNetwork || n === tries) throw error
      await new Promise((resolve) => setTimeout(resolve, 400 * n))
    }
  }
}
