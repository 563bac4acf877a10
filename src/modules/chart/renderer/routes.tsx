// What the chart brings to the window: the page of one patient.
import type { RendererModule } from '#renderer/app/module.ts'
import { ChartPage } from './ChartPage.tsx'

export const chartRenderer: RendererModule = {
  name: 'chart',
  routes: [{ path: 'patients/:patientId', element: <ChartPage /> }],
  nav: [],
  actions: [],
}
