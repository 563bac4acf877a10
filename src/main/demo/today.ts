// Notes of the demo clinic that were begun today and wait for their author.
import type { NoteDocument } from '#modules/notes/shared/document.ts'
import { visitNote } from './note-text.ts'

export const begunToday: Readonly<Record<string, { title: string; body: NoteDocument }>> = {
  hypertension: {
    title: 'Hypertension review',
    body: visitNote({
      s: 'Headaches on waking for three weeks, no visual change, no chest pain. Missed ramipril about twice a week since the night shifts began.',
      o: 'BP 172/104 sitting, left arm, repeated after five minutes 168/102. Heart and lungs normal. No ankle oedema.',
      a: 'Essential hypertension, not controlled. Likely missed doses.',
      p: [
        'Ramipril to 10 mg, in the evening',
        'Home readings for two weeks',
        'Kidney function and potassium',
      ],
    }),
  },
}
