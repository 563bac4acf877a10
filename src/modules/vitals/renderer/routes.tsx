// What the vitals module brings to the window: the sheet in the chart. On the board it is opened by the board.
import type { RendererModule } from '#renderer/app/module.ts'
import { VitalsAction } from './ChartAction.tsx'

export const vitalsRenderer: RendererModule = {
  name: 'vitals',
  routes: [],
  nav: [],
  actions: [],
  chartActions: [{ order: 10, Action: VitalsAction }],
}
