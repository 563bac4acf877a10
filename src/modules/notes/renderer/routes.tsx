// What the notes module brings to the window. Its screens stand inside the chart (NoteDesk) and on Today (MyDrafts).
import type { RendererModule } from '#renderer/app/module.ts'

export const notesRenderer: RendererModule = { name: 'notes', routes: [], nav: [], actions: [] }
