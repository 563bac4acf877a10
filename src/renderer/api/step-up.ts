// "Show once more who you are": one question for the whole window, however many calls wait for its answer.
// Calls ask here (hooks.ts); the session module's dialog answers.
import { useSyncExternalStore } from 'react'
import { onLeave } from './session-store.ts'

/** `sign`: only the password brings the signing key back; `act`: password or code. */
export type StepUpKind = 'act' | 'sign'

interface Asked {
  readonly kind: StepUpKind
  readonly answer: (proven: boolean) => void
  readonly promise: Promise<boolean>
}

let asked: Asked | null = null
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

/** Resolves true once the person has proven it, false when they would rather not. */
export function askStepUp(kind: StepUpKind): Promise<boolean> {
  if (asked) {
    if (asked.kind === 'act' && kind === 'sign') {
      asked = { ...asked, kind }
      tell()
    }
    return asked.promise
  }
  const { promise, resolve } = Promise.withResolvers<boolean>()
  asked = { kind, promise, answer: resolve }
  tell()
  return promise
}

export function answerStepUp(proven: boolean): void {
  const was = asked
  asked = null
  tell()
  was?.answer(proven)
}

// Nobody proves anything at a locked window.
onLeave(() => answerStepUp(false))

export function useAskedStepUp(): StepUpKind | null {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => asked?.kind ?? null,
  )
}
