// What other modules may use of notes.
export { fileSignedNote, type SigningKey } from './signing.ts'
