// What the billing module brings to the window.
import type { RendererModule } from '#renderer/app/module.ts'

export const billingRenderer: RendererModule = {
  name: 'billing',
  routes: [],
  nav: [],
  actions: [],
}
