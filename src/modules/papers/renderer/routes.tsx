// What the papers module brings to the window.
import type { RendererModule } from '#renderer/app/module.ts'

export const papersRenderer: RendererModule = {
  name: 'papers',
  routes: [],
  nav: [],
  actions: [],
}
