// A note that nobody named carries the name of its kind.
import type { Draft } from '../shared/contract.ts'
import { notesTexts } from './i18n.ts'

/** Whether a title is only the name of its kind, in whichever language the note was begun. */
export const isUnnamed = (title: string, kind: Draft['kind']): boolean =>
  title === notesTexts.en[`kind.${kind}`] || title === notesTexts.ar[`kind.${kind}`]
