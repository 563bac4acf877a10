// Taking something back from a toast: the screen that showed it may be gone by then.
import { type ApiError, isApiError, newOpId } from '#renderer/api/client.ts'
import { callProcedure, type CommandName, type InputFor } from '#renderer/api/hooks.ts'
import { showToast } from '#ui/toast.ts'
import { profile } from '../shared/contract.ts'

type Words = (error: ApiError) => string

export async function takeBack<K extends CommandName<typeof profile>>(
  name: K,
  input: InputFor<typeof profile, K>,
  words: Words,
): Promise<void> {
  try {
    await callProcedure(profile, name, input, { opId: newOpId() })
  } catch (error) {
    if (isApiError(error)) showToast({ tone: 'bad', text: words(error) })
    else throw error
  }
}

/** What stands in the record of an entry that was taken back at once. */
export const undoneReason = 'undone right after it was recorded'
