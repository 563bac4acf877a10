// What the reminders module brings to the window.
import type { RendererModule } from '#renderer/app/module.ts'

export const remindersRenderer: RendererModule = {
  name: 'reminders',
  routes: [],
  nav: [],
  actions: [],
}
