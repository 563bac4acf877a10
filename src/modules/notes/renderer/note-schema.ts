// What the note editor knows: the closed node list of notes/shared/document.ts, and plain text at its borders.
// No HTML comes in by paste or drop and none goes out by copy or cut (SECURITY section 5, notes).
import { Extension, type Extensions, getSchema, type JSONContent, Node } from '@tiptap/core'
import type { Node as ProseMirrorNode, Schema } from '@tiptap/pm/model'
import { Plugin } from '@tiptap/pm/state'
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view'
import { StarterKit } from '@tiptap/starter-kit'
import { type NoteDocument, sections } from '../shared/document.ts'
import {
  crossesHeading,
  deleteAroundHeadings,
  plainTextSlice,
  replaceAroundHeadings,
  sectionGuard,
} from './section-guard.ts'

export type Section = (typeof sections)[number]
export interface NoteWords {
  readonly section: (section: Section) => string
  /** What to write in an empty section; `null` for a note without sections. */
  readonly hint: (section: Section | null) => string
}

/** The document takes headings at its top level only; lists and their items cannot hold one. */
const NoteDoc = Node.create({ name: 'doc', topNode: true, content: '(block | sectionHeading)+' })

const sectionHeading = (words: NoteWords) =>
  Node.create({
    name: 'sectionHeading',
    group: 'section',
    atom: true,
    selectable: false,
    draggable: false,
    isolating: true,
    defining: true,
    addAttributes: () => ({ section: { default: 'subjective' } }),
    renderHTML: ({ node }) => [
      'h3',
      { class: 'note-section', contenteditable: 'false' },
      words.section(node.attrs['section'] as Section),
    ],
    addProseMirrorPlugins: () => [sectionGuard()],
  })

/** Copy, cut, paste and drop as plain text. */
const plainBorders = (words: NoteWords) =>
  Extension.create({
    name: 'plainBorders',
    priority: 1000,
    addProseMirrorPlugins: () => [
      new Plugin({
        props: {
          handlePaste: (view, event) => {
            insertPlain(view, event.clipboardData?.getData('text/plain') ?? '')
            return true
          },
          handleDrop: (view, event, _slice, moved) => {
            if (moved) return false
            event.preventDefault()
            const at = view.posAtCoords({ left: event.clientX, top: event.clientY })
            const text = event.dataTransfer?.getData('text/plain') ?? ''
            if (at && text)
              view.dispatch(view.state.tr.replace(at.pos, at.pos, plainTextSlice(view.state, text)))
            return true
          },
          handleDOMEvents: {
            copy: (view, event) => takeOut(view, event, words),
            cut: (view, event) => {
              if (!takeOut(view, event, words)) return false
              const { from, to } = view.state.selection
              view.dispatch(
                crossesHeading(view.state.doc, from, to)
                  ? deleteAroundHeadings(view.state.tr, from, to)
                  : view.state.tr.deleteSelection(),
              )
              return true
            },
          },
        },
      }),
    ],
  })

function insertPlain(view: EditorView, text: string): void {
  if (!text) return
  view.dispatch(replaceAroundHeadings(view.state, plainTextSlice(view.state, text)).setMeta('paste', true))
}

function takeOut(view: EditorView, event: ClipboardEvent, words: NoteWords): boolean {
  const { from, to, empty } = view.state.selection
  if (empty || !event.clipboardData) return false
  event.preventDefault()
  event.clipboardData.clearData()
  event.clipboardData.setData('text/plain', rangeAsText(view.state.doc, from, to, words))
  return true
}

/** The selected words, a line per block, headings by their name. */
export function rangeAsText(doc: ProseMirrorNode, from: number, to: number, words: NoteWords): string {
  return doc
    .textBetween(from, to, '\n', (leaf) =>
      leaf.type.name === 'sectionHeading' ? `\n${words.section(leaf.attrs['section'] as Section)}` : '\n',
    )
    .trim()
}

/** The section a position lies in. */
export function sectionAt(doc: ProseMirrorNode, pos: number): Section | null {
  let found: Section | null = null
  doc.forEach((node, offset) => {
    if (offset <= pos && node.type.name === 'sectionHeading') found = node.attrs['section'] as Section
  })
  return found
}

/** What belongs into a section stands in it, dim, as long as it has nothing but its one empty line. */
const sectionHints = (words: NoteWords) =>
  Extension.create({
    name: 'sectionHints',
    addProseMirrorPlugins: () => [
      new Plugin({ props: { decorations: ({ doc }) => DecorationSet.create(doc, hintsIn(doc, words)) } }),
    ],
  })

function hintsIn(doc: ProseMirrorNode, words: NoteWords): Decoration[] {
  const isEdge = (node: ProseMirrorNode | null) => node === null || node.type.name === 'sectionHeading'
  const found: Decoration[] = []
  doc.forEach((node, offset, index) => {
    const before = index > 0 ? doc.child(index - 1) : null
    const after = index + 1 < doc.childCount ? doc.child(index + 1) : null
    if (node.type.name !== 'paragraph' || node.content.size > 0 || !isEdge(before) || !isEdge(after)) return
    const hint = words.hint(before ? (before.attrs['section'] as Section) : null)
    found.push(
      Decoration.node(offset, offset + node.nodeSize, { class: 'is-empty', 'data-placeholder': hint }),
    )
  })
  return found
}

export function noteExtensions(words: NoteWords): Extensions {
  return [
    NoteDoc,
    StarterKit.configure({
      document: false,
      blockquote: false,
      code: false,
      codeBlock: false,
      dropcursor: false,
      gapcursor: false,
      heading: false,
      horizontalRule: false,
      link: false,
      trailingNode: false,
      // A paragraph in Arabic inside an English note reads from the right, and the other way round.
      paragraph: { HTMLAttributes: { dir: 'auto' } },
      listItem: { HTMLAttributes: { dir: 'auto' } },
    }),
    sectionHeading(words),
    plainBorders(words),
    sectionHints(words),
  ]
}

let schema: Schema | null = null

/**
 * The body as the editor takes it, or `null` where it does not fit the schema: the editor would open such a note
 * empty, and the next key would keep it so.
 */
export function bodyForEditor(body: NoteDocument): JSONContent | null {
  schema ??= getSchema(noteExtensions({ section: (name) => name, hint: () => '' }))
  const json = (
    body.content.length > 0 ? body : { type: 'doc', content: [{ type: 'paragraph' }] }
  ) as JSONContent
  try {
    schema.nodeFromJSON(json).check()
    return json
  } catch {
    return null
  }
}
