// ProseMirror's history remembers, in a variable of its module, the plugins of the editor that worked last; through
// them the whole text outlives its screen and the lock (SESS-03). Letting an empty editor work last takes its place.
import { history } from '@tiptap/pm/history'
import { Schema } from '@tiptap/pm/model'
import { EditorState } from '@tiptap/pm/state'

const afterDestroyMs = 50

/** To be called when an editor's screen goes: its own last transactions come with the blur, a moment later. */
export function forgetEditor(): void {
  setTimeout(() => {
    const schema = new Schema({ nodes: { doc: { content: 'text*' }, text: {} } })
    const empty = EditorState.create({ schema, plugins: [history()] })
    empty.apply(empty.tr.insertText('-'))
  }, afterDestroyMs)
}
