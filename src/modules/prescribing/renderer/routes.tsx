// What the prescribing module brings to the window.
import type { RendererModule } from '#renderer/app/module.ts'

export const prescribingRenderer: RendererModule = {
  name: 'prescribing',
  routes: [],
  nav: [],
  actions: [],
}
