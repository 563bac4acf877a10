// What the access module brings to the window: approvals and access rules under Admin, marks on an open chart.
import type { RendererModule } from '#renderer/app/module.ts'
import { ApprovalsPage } from './ApprovalsPage.tsx'
import { accessTexts } from './i18n.ts'
import { MarksAction } from './MarkButtons.tsx'
import { MarksCard } from './MarksCard.tsx'
import { PolicyPage } from './PolicyPage.tsx'

export const accessRenderer: RendererModule = {
  name: 'access',
  routes: [
    { path: 'admin/approvals', element: <ApprovalsPage /> },
    { path: 'admin/access', element: <PolicyPage /> },
  ],
  nav: [],
  adminTabs: [
    {
      path: '/admin/approvals',
      labelKey: accessTexts.key('nav.approvals'),
      access: 'approvals.R',
      order: 20,
      group: 'security',
    },
    {
      path: '/admin/access',
      labelKey: accessTexts.key('nav.policy'),
      access: 'clinic.M',
      order: 25,
      group: 'security',
    },
  ],
  actions: [],
  chartActions: [{ order: 80, Action: MarksAction }],
  patientCards: [{ order: 45, Card: MarksCard }],
}
