// What the codes module brings to the window.
import type { RendererModule } from '#renderer/app/module.ts'

export const codesRenderer: RendererModule = {
  name: 'codes',
  routes: [],
  nav: [],
  actions: [],
}
