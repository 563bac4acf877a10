// What the notes module brings to the window: own drafts on Today. Its other screens stand inside the chart (api.ts).
import type { RendererModule } from '#renderer/app/module.ts'
import { MyDrafts } from './MyDrafts.tsx'

export const notesRenderer: RendererModule = {
  name: 'notes',
  routes: [],
  nav: [],
  actions: [],
  today: [{ order: 10, Card: MyDrafts }],
}
