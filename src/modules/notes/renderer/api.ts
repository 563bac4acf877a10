// What other modules' screens may use of notes: the chart draws the desk in its middle.
export { NoteDesk, type NoteDeskProps } from './NoteDesk.tsx'
