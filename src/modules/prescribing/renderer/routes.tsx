// What the prescribing module brings to the window: the button in the chart, and the dialogs behind it.
import type { RendererModule } from '#renderer/app/module.ts'
import { PrescribeAction } from './PrescribeAction.tsx'

export const prescribingRenderer: RendererModule = {
  name: 'prescribing',
  routes: [],
  nav: [],
  actions: [],
  chartActions: [{ order: 20, Action: PrescribeAction }],
}
