// Headings stay, whatever a person selects, types, cuts or pastes over them.
import { getSchema } from '@tiptap/core'
import { Node } from '@tiptap/pm/model'
import { EditorState, TextSelection, type Transaction } from '@tiptap/pm/state'
import { expect, test } from 'vitest'
import { emptyVisitNote, NoteDocument, plainTextOf, sections } from '../shared/document.ts'
import { type EditorNode, editorToNote } from './editor-json.ts'
import { bodyForEditor, noteExtensions, rangeAsText, sectionAt } from './note-schema.ts'
import {
  crossesHeading,
  deleteAroundHeadings,
  fillEmptySections,
  headingsOf,
  plainTextSlice,
  replaceAroundHeadings,
  sectionGuard,
} from './section-guard.ts'

const words = { section: (name: string) => name, hint: () => '' }
const schema = getSchema(noteExtensions(words))
const guard = sectionGuard()

function stateOf(texts: Partial<Record<(typeof sections)[number], string>>): EditorState {
  const content = sections.flatMap((section) => [
    { type: 'sectionHeading', attrs: { section } },
    ...(texts[section] ?? '').split('\n').map((text) => ({
      type: 'paragraph',
      ...(text ? { content: [{ type: 'text', text }] } : {}),
    })),
  ])
  return EditorState.create({
    schema,
    doc: Node.fromJSON(schema, { type: 'doc', content }),
    plugins: [guard],
  })
}
const full = () =>
  stateOf({ subjective: 'pain\nfever', objective: 'red', assessment: 'angina', plan: 'rest' })
const select = (state: EditorState, from: number, to: number) =>
  state.apply(state.tr.setSelection(TextSelection.between(state.doc.resolve(from), state.doc.resolve(to))))
const everything = (state: EditorState) => select(state, 0, state.doc.content.size)
const textOf = (state: EditorState) => plainTextOf(state.doc.toJSON())
const positionOf = (state: EditorState, text: string) => {
  let at = -1
  state.doc.descendants((node, pos) => {
    const index = node.isText ? (node.text ?? '').indexOf(text) : -1
    if (index >= 0 && at < 0) at = pos + index
  })
  return at
}
const noteOf = (state: EditorState) => NoteDocument.parse(editorToNote(state.doc.toJSON() as EditorNode))

test('the schema holds the closed node list and nothing else', () => {
  expect(Object.keys(schema.nodes).toSorted()).toEqual([
    'bulletList',
    'doc',
    'hardBreak',
    'listItem',
    'orderedList',
    'paragraph',
    'sectionHeading',
    'text',
  ])
  expect(Object.keys(schema.marks).toSorted()).toEqual(['bold', 'italic', 'strike', 'underline'])
  expect(() => schema.nodeFromJSON(emptyVisitNote()).check()).not.toThrow()
})

test('a list item cannot hold a heading', () => {
  expect(
    schema.nodes['listItem']?.contentMatch.findWrapping(schema.nodes['sectionHeading'] as never),
  ).toBeNull()
})

test('deleting everything empties the sections and leaves the four headings', () => {
  const state = everything(full())
  const { from, to } = state.selection
  expect(crossesHeading(state.doc, from, to)).toBe(true)
  const after = state.apply(deleteAroundHeadings(state.tr, from, to))
  expect(headingsOf(after.doc)).toEqual([...sections])
  expect(textOf(after)).toBe('')
  expect(noteOf(after)).toEqual(emptyVisitNote())
})

test('a deletion over a heading keeps what lies outside of it', () => {
  const state = full()
  const from = positionOf(state, 'ver')
  const to = positionOf(state, 'ed')
  const after = state.apply(deleteAroundHeadings(state.tr, from, to))
  expect(headingsOf(after.doc)).toEqual([...sections])
  expect(textOf(after).split('\n')).toEqual(['pain', 'fe', 'ed', 'angina', 'rest'])
})

test('typing over a selection of everything puts the letter into the first section', () => {
  const state = everything(full())
  const { from, to } = state.selection
  const after = state.apply(deleteAroundHeadings(state.tr, from, to).insertText('x'))
  expect(textOf(after)).toBe('x')
  expect(sectionAt(after.doc, positionOf(after, 'x'))).toBe('subjective')
})

test('a transaction that would remove, add or reorder a heading is refused', () => {
  const state = full()
  const refused = (tr: Transaction) => expect(state.applyTransaction(tr).transactions).toHaveLength(0)
  refused(state.tr.delete(0, 1))
  refused(state.tr.delete(0, state.doc.content.size))
  refused(state.tr.insert(0, schema.nodes['sectionHeading']!.create({ section: 'plan' })))
})

test('a section never loses its last line', () => {
  const doc = Node.fromJSON(schema, {
    type: 'doc',
    content: sections.map((section) => ({ type: 'sectionHeading', attrs: { section } })),
  })
  const state = EditorState.create({ schema, doc })
  const filled = fillEmptySections(state)
  expect(filled).not.toBeNull()
  expect(noteOf(state.apply(filled as Transaction))).toEqual(emptyVisitNote())
})

test('pasted text comes in as lines, without control characters', () => {
  const state = select(full(), positionOf(full(), 'red') + 3, positionOf(full(), 'red') + 3)
  const after = state.apply(
    replaceAroundHeadings(state, plainTextSlice(state, ' spots\r\nno\u0000 fever\t38\r\n')),
  )
  expect(textOf(after).split('\n')).toEqual(['pain', 'fever', 'red spots', 'no fever 38', 'angina', 'rest'])
  expect(headingsOf(after.doc)).toEqual([...sections])
})

test('pasting over everything keeps the headings', () => {
  const state = everything(full())
  const after = state.apply(replaceAroundHeadings(state, plainTextSlice(state, 'one\ntwo')))
  expect(headingsOf(after.doc)).toEqual([...sections])
  expect(textOf(after).split('\n').filter(Boolean)).toEqual(['one', 'two'])
})

test('what is copied is plain text with the names of the sections', () => {
  const { doc } = full()
  expect(rangeAsText(doc, 0, doc.content.size, words)).toBe(
    'subjective\npain\nfever\n\nobjective\nred\n\nassessment\nangina\n\nplan\nrest',
  )
})

test('nesting deeper than a stored note may be is refused', () => {
  const nest = (levels: number): object =>
    levels === 0
      ? { type: 'paragraph', content: [{ type: 'text', text: 'x' }] }
      : {
          type: 'bulletList',
          content: [{ type: 'listItem', content: [{ type: 'paragraph' }, nest(levels - 1)] }],
        }
  const state = EditorState.create({
    schema,
    doc: Node.fromJSON(schema, { type: 'doc', content: [{ type: 'paragraph' }] }),
    plugins: [guard],
  })
  const insert = (levels: number) => state.tr.insert(0, Node.fromJSON(schema, nest(levels)))
  expect(state.applyTransaction(insert(4)).transactions.length).toBeGreaterThan(0)
  expect(state.applyTransaction(insert(5)).transactions).toHaveLength(0)
})

test('a stored body that does not fit is never opened as an empty note', () => {
  const inList = {
    type: 'doc' as const,
    content: [
      {
        type: 'bulletList',
        content: [{ type: 'listItem', content: [{ type: 'sectionHeading', attrs: { section: 'plan' } }] }],
      },
    ],
  }
  expect(NoteDocument.safeParse(inList).success).toBe(true)
  expect(bodyForEditor(inList)).toBeNull()
  expect(bodyForEditor({ type: 'doc', content: [] })).toEqual({
    type: 'doc',
    content: [{ type: 'paragraph' }],
  })
  expect(bodyForEditor(emptyVisitNote())).toEqual(emptyVisitNote())
})
