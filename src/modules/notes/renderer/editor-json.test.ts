// What leaves the editor always fits the closed shape of a note.
import { expect, test } from 'vitest'
import { emptyVisitNote, NoteDocument } from '../shared/document.ts'
import { type EditorNode, editorToNote } from './editor-json.ts'

test('nodes, marks and lists come out as the contract wants them', () => {
  const doc: EditorNode = {
    type: 'doc',
    content: [
      { type: 'sectionHeading', attrs: { section: 'plan' } },
      {
        type: 'orderedList',
        attrs: { start: 3, type: null },
        content: [
          {
            type: 'listItem',
            content: [
              {
                type: 'paragraph',
                content: [
                  { type: 'text', text: 'Ramipril', marks: [{ type: 'bold' }, { type: 'bold' }] },
                  { type: 'hardBreak' },
                ],
              },
            ],
          },
        ],
      },
      { type: 'paragraph', attrs: {}, content: [] },
    ],
  }
  const note = editorToNote(doc)
  expect(NoteDocument.parse(note)).toEqual({
    type: 'doc',
    content: [
      { type: 'sectionHeading', attrs: { section: 'plan' } },
      {
        type: 'orderedList',
        attrs: { start: 3 },
        content: [
          {
            type: 'listItem',
            content: [
              {
                type: 'paragraph',
                content: [
                  { type: 'text', marks: [{ type: 'bold' }], text: 'Ramipril' },
                  { type: 'hardBreak' },
                ],
              },
            ],
          },
        ],
      },
      { type: 'paragraph' },
    ],
  })
})

test('unknown nodes, marks and sections are left out', () => {
  const note = editorToNote({
    type: 'doc',
    content: [
      { type: 'image' },
      { type: 'sectionHeading', attrs: { section: 'invented' } },
      { type: 'paragraph', content: [{ type: 'text', text: 'x', marks: [{ type: 'link' }] }] },
    ],
  })
  expect(note).toEqual({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: 'x' }] }],
  })
})

test('a very long paragraph is cut into runs without splitting a character', () => {
  const text = `${'a'.repeat(19_999)}😀${'b'.repeat(30_000)}`
  const note = editorToNote({
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
  })
  const runs = (note.content[0]?.content ?? []) as { text: string }[]
  expect(runs.map((run) => run.text).join('')).toBe(text)
  expect(runs.every((run) => run.text.length <= 20_000 && run.text.isWellFormed())).toBe(true)
  expect(NoteDocument.safeParse(note).success).toBe(true)
})

test('the empty visit note passes unchanged', () => {
  expect(editorToNote(emptyVisitNote() as EditorNode)).toEqual(emptyVisitNote())
})
