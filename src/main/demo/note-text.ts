// Short notes of the demo stories as note documents: four headings, paragraphs, bullet points.
import type { NoteDocument } from '#modules/notes/shared/document.ts'
import type { DemoNote } from './demo-data.ts'

type Block = NoteDocument['content'][number]

const paragraph = (text: string): Block => ({ type: 'paragraph', content: [{ type: 'text', text }] })
const heading = (section: string): Block => ({ type: 'sectionHeading', attrs: { section } })

export function visitNote(note: Pick<DemoNote, 's' | 'o' | 'a' | 'p'>): NoteDocument {
  return {
    type: 'doc',
    content: [
      heading('subjective'),
      paragraph(note.s),
      heading('objective'),
      paragraph(note.o),
      heading('assessment'),
      paragraph(note.a),
      heading('plan'),
      {
        type: 'bulletList',
        content: note.p.map((text) => ({ type: 'listItem', content: [paragraph(text)] })),
      },
    ],
  }
}

export const plainNote = (text: string): NoteDocument => ({ type: 'doc', content: [paragraph(text)] })

/** The same note with some words replaced wherever they stand. */
export function corrected(note: DemoNote, from: string, to: string): DemoNote {
  const swap = (text: string) => text.replaceAll(from, to)
  return { title: note.title, s: swap(note.s), o: swap(note.o), a: swap(note.a), p: note.p.map(swap) }
}
