// Keeps the section headings of a note where they are: typing, deleting and pasting work around them.
// Headings are laid down when a draft starts; no key, cut or drop of a person takes one away or makes one.
import { Fragment, type Node, type NodeType, Slice } from '@tiptap/pm/model'
import { type EditorState, Plugin, TextSelection, type Transaction } from '@tiptap/pm/state'

/** The stored shape allows 12 levels, runs of text included (notes/shared/document.ts). */
export const deepestNesting = 12

const isHeading = (node: Node) => node.type.name === 'sectionHeading'

export function headingsOf(doc: Node): string[] {
  const found: string[] = []
  doc.forEach((node) => {
    if (isHeading(node)) found.push(String(node.attrs['section']))
  })
  return found
}

/** True where a range takes in or touches over a heading, so that deleting it whole would remove one. */
export function crossesHeading(doc: Node, from: number, to: number): boolean {
  let crosses = false
  doc.nodesBetween(from, to, (node, pos) => {
    if (isHeading(node) && from < pos + node.nodeSize && to > pos) crosses = true
    return !crosses && node === doc
  })
  return crosses
}

/** Deletes the text of a range and leaves every heading in it; an emptied section keeps one empty line. */
export function deleteAroundHeadings(tr: Transaction, from: number, to: number): Transaction {
  const paragraph = tr.doc.type.schema.nodes['paragraph'] as NodeType
  const runs = runsBetweenHeadings(tr.doc).filter((run) => run.start < to && run.end > from)
  for (const run of runs.toReversed()) {
    const start = Math.max(from, run.start)
    const end = Math.min(to, run.end)
    if (start <= run.start && end >= run.end) tr.replaceWith(run.start, run.end, paragraph.create())
    else tr.deleteRange(start, end)
  }
  const first = runs[0]
  const caret = Math.max(from, first ? first.start : from)
  tr.setSelection(TextSelection.near(tr.doc.resolve(Math.min(caret, tr.doc.content.size)), 1))
  return tr
}

/** Stretches of ordinary blocks between headings, as positions in the document. */
function runsBetweenHeadings(doc: Node): { start: number; end: number }[] {
  const runs: { start: number; end: number }[] = []
  let open: { start: number; end: number } | null = null
  doc.forEach((node, offset) => {
    if (isHeading(node)) open = null
    else if (open) open.end = offset + node.nodeSize
    else {
      open = { start: offset, end: offset + node.nodeSize }
      runs.push(open)
    }
  })
  return runs
}

/** An empty line for every heading that has none below it, so that each section can be typed into. */
export function fillEmptySections(state: EditorState): Transaction | null {
  const paragraph = state.schema.nodes['paragraph'] as NodeType
  const places: number[] = []
  state.doc.forEach((node, offset, index) => {
    const next = index + 1 < state.doc.childCount ? state.doc.child(index + 1) : null
    if (isHeading(node) && (!next || isHeading(next))) places.push(offset + node.nodeSize)
  })
  if (places.length === 0) return null
  const tr = state.tr
  for (const place of places.toReversed()) tr.insert(place, paragraph.create())
  return tr
}

/** Lines of plain text as paragraphs: the only thing a paste or drop brings in. */
export function plainTextSlice(state: EditorState, text: string): Slice {
  const { schema } = state
  const paragraph = schema.nodes['paragraph'] as NodeType
  const lines = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n')
  const marks = state.storedMarks ?? state.selection.$from.marks()
  const blocks = lines.map((line) => {
    const clean = withoutControls(line)
    return paragraph.create(null, clean ? schema.text(clean, marks) : null)
  })
  return new Slice(Fragment.from(blocks), 1, 1)
}

/** Control characters (the tab kept as a space) have no place in a record. */
function withoutControls(line: string): string {
  let out = ''
  for (const char of line.replaceAll('\t', ' ')) {
    const code = char.codePointAt(0) ?? 0
    if (code >= 0x20 && code !== 0x7f && !(code >= 0x80 && code < 0xa0)) out += char
  }
  return out
}

function depthOf(node: Node): number {
  let deepest = 0
  node.forEach((child) => {
    deepest = Math.max(deepest, depthOf(child))
  })
  return deepest + 1
}

const sameHeadings = (a: Node, b: Node) => headingsOf(a).join() === headingsOf(b).join()

/** Replaces the selection, working around headings where it spans some. */
export function replaceAroundHeadings(state: EditorState, slice: Slice): Transaction {
  const { from, to } = state.selection
  const tr = state.tr
  if (crossesHeading(state.doc, from, to)) deleteAroundHeadings(tr, from, to)
  return tr.replaceSelection(slice).scrollIntoView()
}

export function sectionGuard(): Plugin {
  return new Plugin({
    filterTransaction: (tr, state) =>
      !tr.docChanged ||
      (sameHeadings(state.doc, tr.doc) &&
        (depthOf(tr.doc) <= deepestNesting || depthOf(tr.doc) <= depthOf(state.doc))),
    appendTransaction: (transactions, _before, state) =>
      transactions.some((tr) => tr.docChanged) ? fillEmptySections(state) : null,
    props: {
      handleKeyDown: (view, event) => {
        if (event.key !== 'Backspace' && event.key !== 'Delete' && event.key !== 'Enter') return false
        const { from, to } = view.state.selection
        if (!crossesHeading(view.state.doc, from, to)) return false
        view.dispatch(deleteAroundHeadings(view.state.tr, from, to).scrollIntoView())
        return true
      },
      handleTextInput: (view, from, to, text) => {
        if (!crossesHeading(view.state.doc, from, to)) return false
        view.dispatch(deleteAroundHeadings(view.state.tr, from, to).insertText(text).scrollIntoView())
        return true
      },
    },
  })
}
