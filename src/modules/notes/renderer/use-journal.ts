// A draft on screen and its journal, tied together for as long as the screen stands.
import { useEffect, useState, useSyncExternalStore } from 'react'
import type { Draft } from '../shared/contract.ts'
import type { Journal, JournalState, NoteContent } from './journal.ts'
import { enterJournal, journalFor, leaveJournal } from './open-journals.ts'

export interface OpenJournal {
  readonly journal: Journal
  readonly state: JournalState
  /** What the screen starts from: the stored text, or words of this window that are not kept yet. */
  readonly start: NoteContent
}

/** `read` gives the newest text; it is asked only while the screen stands. */
export function useJournal(draft: Draft, read: () => NoteContent | null): OpenJournal {
  const [{ journal, start }] = useState(() => {
    const open = journalFor(draft)
    return { journal: open, start: open.unsaved ? open.newest() : { title: draft.title, body: draft.body } }
  })
  const state = useSyncExternalStore(journal.subscribe, journal.state)
  useEffect(() => {
    enterJournal(draft.id, journal, () => read() ?? start)
    if (journal.unsaved) journal.touched()
    return () => leaveJournal(draft.id, journal)
    // `read` goes through refs: its identity says nothing.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [journal])
  return { journal, state, start }
}
