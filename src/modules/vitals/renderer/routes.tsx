// What the vitals module brings to the window.
import type { RendererModule } from '#renderer/app/module.ts'

export const vitalsRenderer: RendererModule = {
  name: 'vitals',
  routes: [],
  nav: [],
  actions: [],
}
