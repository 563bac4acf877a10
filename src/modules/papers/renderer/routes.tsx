// What the papers module brings to the window: the print queue, the letterhead, sick notes in the chart.
import { Print } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { papersTexts } from './i18n.ts'
import { LetterheadPage } from './LetterheadPage.tsx'
import { PaperLamps } from './PaperLamps.tsx'
import { PrintQueuePage } from './PrintQueuePage.tsx'
import { SickNoteAction } from './SickNoteAction.tsx'

export const papersRenderer: RendererModule = {
  name: 'papers',
  routes: [
    { path: 'printing', element: <PrintQueuePage /> },
    { path: 'admin/letterhead', element: <LetterheadPage /> },
  ],
  nav: [],
  actions: [
    {
      id: 'papers.queue',
      labelKey: papersTexts.key('nav.queue'),
      access: 'printing.R',
      icon: <Print />,
      path: '/printing',
    },
  ],
  adminTabs: [
    {
      path: '/admin/letterhead',
      labelKey: papersTexts.key('nav.letterhead'),
      access: 'clinic.M',
      order: 33,
      group: 'clinic',
    },
  ],
  chartActions: [{ order: 40, Action: SickNoteAction }],
  Lamps: PaperLamps,
}
