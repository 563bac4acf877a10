// The surface a note is typed on: TipTap without its style sheet, the closed schema, a small bar of formats.
// Knows nothing of saving: it says that something changed and hands out the text when asked.
import type { Editor, JSONContent } from '@tiptap/core'
import { EditorContent, useEditor, useEditorState } from '@tiptap/react'
import { Bold, Italic, NumberedList, Properties, Strikethrough, Underline } from '@blueprintjs/icons'
import { type ReactElement, type RefObject, useEffect, useMemo } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { IconButton } from '#ui/Button.tsx'
import type { NoteDocument } from '../shared/document.ts'
import { type EditorNode, editorToNote } from './editor-json.ts'
import { forgetEditor } from './forget-editor.ts'
import { notesTexts } from './i18n.ts'
import { type NoteWords, noteExtensions } from './note-schema.ts'

export interface NoteEditorHandle {
  readonly read: () => NoteDocument
  readonly replace: (body: JSONContent) => void
  readonly focus: () => void
  readonly hasFocus: () => boolean
}

export interface NoteEditorProps {
  /** What it starts from, checked against the schema (bodyForEditor); later changes of this are ignored. */
  readonly body: JSONContent
  /** Caret to start from; the end of the text where it is not known. */
  readonly caret: number | undefined
  readonly handle: RefObject<NoteEditorHandle | null>
  readonly focusAtOnce: boolean
  readonly onTouched: () => void
  readonly onCaret: (at: number) => void
  readonly onBlur: () => void
  readonly onSign: () => void
}

export function NoteEditor(props: NoteEditorProps) {
  const t = useTexts(notesTexts)
  const words = useMemo<NoteWords>(
    () => ({
      section: (section) => t(`section.${section}`),
      hint: (section) => t(section ? `hint.${section}` : 'hint.plain'),
    }),
    // The words are fixed when the editor is made; NotePane makes a new one for another language.
    // oxlint-disable-next-line react/exhaustive-deps
    [],
  )
  const editor = useEditor({
    extensions: useMemo(() => noteExtensions(words), [words]),
    content: props.body,
    injectCSS: false,
    enableInputRules: true,
    enablePasteRules: false,
    editorProps: {
      attributes: {
        class: 'note-body note-editing',
        role: 'textbox',
        'aria-multiline': 'true',
        'aria-label': t('pane.text'),
        // Cloud spelling checkers of browsers would send a patient's story away.
        spellcheck: 'false',
        autocorrect: 'off',
      },
      handleKeyDown: (_view, event) => {
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return false
        props.onSign()
        return true
      },
    },
    onUpdate: () => props.onTouched(),
    onSelectionUpdate: ({ editor: now }) => props.onCaret(now.state.selection.head),
    onBlur: () => props.onBlur(),
  })
  const { handle, caret } = props
  useEffect(() => forgetEditor, [])
  useEffect(() => {
    placeCaret(editor, caret)
    handle.current = {
      read: () => editorToNote(editor.getJSON() as EditorNode),
      replace: (body) => editor.commands.setContent(body, { emitUpdate: false }),
      focus: () => editor.commands.focus(undefined, { scrollIntoView: true }),
      hasFocus: () => editor.isFocused,
    }
    if (props.focusAtOnce) handle.current.focus()
    // The caret of the opening counts, not where it moved since.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [editor, handle])
  return (
    <div className="note-paper">
      <FormatBar editor={editor} />
      <EditorContent editor={editor} className="note-surface" />
    </div>
  )
}

/** Where it was left; after a restart, behind the last words. */
function placeCaret(editor: Editor, caret: number | undefined): void {
  if (editor.isDestroyed) return
  const { doc } = editor.state
  let at = caret
  if (at === undefined) {
    doc.descendants((node, pos) => {
      if (node.isText) at = pos + node.nodeSize
    })
  }
  const end = doc.content.size
  editor.commands.setTextSelection(Math.min(at ?? firstLine(editor), end))
}

/** The first place that takes text: below the first heading. */
function firstLine(editor: Editor): number {
  let at = 1
  editor.state.doc.descendants((node, pos) => {
    if (node.isTextblock && at === 1) at = pos + 1
    return !node.isTextblock
  })
  return at
}

type Format = 'bold' | 'italic' | 'underline' | 'strike' | 'bulletList' | 'orderedList'
const formats: readonly {
  name: Format
  label: 'bold' | 'italic' | 'underline' | 'strike' | 'bullets' | 'numbers'
  keys: string
  icon: ReactElement
}[] = [
  { name: 'bold', label: 'bold', keys: 'Mod+B', icon: <Bold /> },
  { name: 'italic', label: 'italic', keys: 'Mod+I', icon: <Italic /> },
  { name: 'underline', label: 'underline', keys: 'Mod+U', icon: <Underline /> },
  { name: 'strike', label: 'strike', keys: 'Mod+Shift+S', icon: <Strikethrough /> },
  { name: 'bulletList', label: 'bullets', keys: 'Mod+Shift+8', icon: <Properties /> },
  { name: 'orderedList', label: 'numbers', keys: 'Mod+Shift+7', icon: <NumberedList /> },
]

function FormatBar({ editor }: { editor: Editor }) {
  const t = useTexts(notesTexts)
  const active = useEditorState({
    editor,
    selector: ({ editor: now }) =>
      formats
        .filter(({ name }) => now.isActive(name))
        .map(({ name }) => name)
        .join(' '),
  }).split(' ')
  const toggle: Record<Format, () => void> = {
    bold: () => editor.chain().focus().toggleBold().run(),
    italic: () => editor.chain().focus().toggleItalic().run(),
    underline: () => editor.chain().focus().toggleUnderline().run(),
    strike: () => editor.chain().focus().toggleStrike().run(),
    bulletList: () => editor.chain().focus().toggleBulletList().run(),
    orderedList: () => editor.chain().focus().toggleOrderedList().run(),
  }
  return (
    <div className="note-bar" role="toolbar" aria-label={t('tool.bar')}>
      {formats.map(({ name, label, keys, icon }) => (
        <IconButton
          key={name}
          icon={icon}
          label={t(`tool.${label}`)}
          kbd={keys}
          pressed={active.includes(name)}
          onClick={toggle[name]}
        />
      ))}
    </div>
  )
}
