// What the downtime module brings to the window: words of its job. Its screen stands before sign-in.
import type { RendererModule } from '#renderer/app/module.ts'
import { downtimeTexts } from './i18n.ts'

export const downtimeRenderer: RendererModule = {
  name: 'downtime',
  routes: [],
  nav: [],
  actions: [],
  jobs: [
    {
      name: 'downtime.write',
      labelKey: downtimeTexts.key('job.write'),
      problems: { 'not-written': downtimeTexts.key('job.not-written') },
    },
  ],
}
