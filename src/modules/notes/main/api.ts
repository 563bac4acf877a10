// What other modules may use of notes: beginning one, saving it, filing one that was signed at another time.
export { saveDraft, startNote } from './drafts.ts'
export { fileSignedNote, type SigningKey } from './signing.ts'
