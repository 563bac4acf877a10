// The journals of this window, by draft. One outlives its screen until its last words are kept, so that going to
// another patient, hiding the window or locking it loses nothing.
import { isApiError, newOpId } from '#renderer/api/client.ts'
import { callProcedure } from '#renderer/api/hooks.ts'
import { onLeave, subscribeWindowState, windowState } from '#renderer/api/session-store.ts'
import { OpId } from '#shared/ids.ts'
import { type Draft, notes } from '../shared/contract.ts'
import { Journal, type NoteContent } from './journal.ts'

const journals = new Map<string, { readonly userId: string; readonly journal: Journal }>()
/** Where the caret stood, so that a draft opens where it was left. Positions only, no text. */
const carets = new Map<string, number>()

export const caretOf = (draftId: string): number | undefined => carets.get(draftId)
export const rememberCaret = (draftId: string, at: number): void => {
  carets.set(draftId, at)
}

const currentUserId = (): string => {
  const state = windowState()
  return state.kind === 'signed-in' ? state.me.userId : ''
}

/** The journal of an opened draft; one that still holds unsaved words of the same person is taken up again. */
export function journalFor(draft: Draft): Journal {
  const open = journals.get(draft.id)
  return open && open.userId === currentUserId() && open.journal.unsaved ? open.journal : newJournal(draft)
}

/** A screen shows the draft and gives its text. */
export function enterJournal(draftId: string, journal: Journal, read: () => NoteContent): void {
  watchWindow()
  journals.set(draftId, { userId: currentUserId(), journal })
  journal.attach(read)
}

/** The screen leaves. What it held is dropped from memory as soon as it is kept. */
export function leaveJournal(draftId: string, journal: Journal): void {
  journal.detach()
  const release = () => {
    if (journal.unsaved || journal.isAttached) return
    unsubscribe()
    if (journals.get(draftId)?.journal === journal) journals.delete(draftId)
  }
  const unsubscribe = journal.subscribe(release)
  release()
}

function newJournal(draft: Draft): Journal {
  const { id: draftId, patientId, step } = draft
  return new Journal(
    {
      read: () => ({ title: draft.title, body: draft.body }),
      save: (at, { title, body }: NoteContent, opId) =>
        callProcedure(notes, 'saveDraft', { patientId, draftId, step: at, title, body }, { opId }),
      load: () => callProcedure(notes, 'openDraft', { patientId, draftId }),
      newOpId: () => OpId.parse(newOpId()),
      codeOf: (error) => (isApiError(error) ? error.code : 'INTERNAL'),
      now: () => Date.now(),
      later: (act, ms) => {
        const timer = setTimeout(act, ms)
        return () => clearTimeout(timer)
      },
    },
    step,
  )
}

/** A draft is signed or dropped. */
export function forgetJournal(draftId: string): void {
  journals.get(draftId)?.journal.close()
  journals.delete(draftId)
  carets.delete(draftId)
}

/** Brings everything typed in this window into the clinic's database: before locking, leaving or hiding. */
export async function flushJournals(): Promise<boolean> {
  const kept = await Promise.all([...journals.values()].map(({ journal }) => journal.flush()))
  return kept.every(Boolean)
}

const unsavedHere = () => [...journals.values()].some(({ journal }) => journal.unsaved)

function retryOwn(): void {
  const userId = currentUserId()
  for (const { userId: owner, journal } of journals.values()) if (owner === userId) journal.retryNow()
}

let watching = false
function watchWindow(): void {
  if (watching) return
  watching = true
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden') void flushJournals()
  })
  window.addEventListener('pagehide', () => void flushJournals())
  window.addEventListener('blur', () => void flushJournals())
  window.addEventListener('beforeunload', (event) => {
    if (!unsavedHere()) return
    void flushJournals()
    event.preventDefault()
  })
  for (const back of ['focus', 'online'] as const) window.addEventListener(back, retryOwn)
  // Locking empties the screen at once; the last words are on their way before the clinic hears of the lock.
  onLeave(() => void flushJournals())
  // After unlocking, what the lock kept from saving goes on by itself.
  subscribeWindowState(() => {
    if (windowState().kind === 'signed-in') retryOwn()
  })
}
