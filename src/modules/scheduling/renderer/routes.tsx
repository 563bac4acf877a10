// What the scheduling module brings to the window.
import type { RendererModule } from '#renderer/app/module.ts'

export const schedulingRenderer: RendererModule = {
  name: 'scheduling',
  routes: [],
  nav: [],
  actions: [],
}
