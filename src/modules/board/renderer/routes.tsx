// The board stands on the Today page (api.ts); it has no address of its own.
import type { RendererModule } from '#renderer/app/module.ts'

export const boardRenderer: RendererModule = {
  name: 'board',
  routes: [],
  nav: [],
  actions: [],
}
