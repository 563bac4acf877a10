// What the profile module brings to the window.
import type { RendererModule } from '#renderer/app/module.ts'

export const profileRenderer: RendererModule = {
  name: 'profile',
  routes: [],
  nav: [],
  actions: [],
}
