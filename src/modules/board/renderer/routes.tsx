// What the board module brings to the window.
import type { RendererModule } from '#renderer/app/module.ts'

export const boardRenderer: RendererModule = {
  name: 'board',
  routes: [],
  nav: [],
  actions: [],
}
