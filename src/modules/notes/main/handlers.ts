// Procedure to function, one line each.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { notes } from '../shared/contract.ts'
import {
  dropDraft,
  myDrafts,
  openDraft,
  restoreDraft,
  saveDraft,
  startAddendum,
  startNote,
  unlockNote,
} from './drafts.ts'
import { authorship } from './relation.ts'
import { getNote } from './signed-notes.ts'
import { signDraft } from './signing.ts'
import { composition, noteDraft } from './tables.ts'

export const notesModule: ModuleDef = {
  name: 'notes',
  tables: [composition, noteDraft],
  implementations: () => [
    implement(notes, {
      start: startNote,
      openDraft,
      saveDraft,
      dropDraft,
      restoreDraft,
      sign: signDraft,
      get: getNote,
      startAddendum,
      unlock: unlockNote,
      myDrafts,
    }),
  ],
  relations: [authorship],
}
