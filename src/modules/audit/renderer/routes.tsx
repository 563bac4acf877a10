// What the audit module brings to the window: the log, the chain, who opened a record, what was given to others.
import { SearchTemplate } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { AuditPage } from './AuditPage.tsx'
import { ChainPage } from './ChainPage.tsx'
import { DisclosuresPage } from './DisclosuresPage.tsx'
import { auditTexts } from './i18n.ts'
import { PatientCard } from './PatientCard.tsx'
import { WhoOpenedPage } from './WhoOpenedPage.tsx'

export const auditRenderer: RendererModule = {
  name: 'audit',
  routes: [
    { path: 'audit', element: <AuditPage /> },
    { path: 'audit/chain', element: <ChainPage /> },
    { path: 'audit/patients/:patientId', element: <WhoOpenedPage /> },
    { path: 'audit/patients/:patientId/disclosures', element: <DisclosuresPage /> },
  ],
  nav: [
    {
      path: '/audit',
      labelKey: auditTexts.key('nav.log'),
      icon: <SearchTemplate />,
      access: 'audit.X',
      order: 35,
    },
  ],
  adminTabs: [
    { path: '/audit', labelKey: auditTexts.key('nav.log'), access: 'users.M', order: 50, group: 'security' },
    {
      path: '/audit/chain',
      labelKey: auditTexts.key('nav.chain'),
      access: 'users.M',
      order: 51,
      group: 'security',
    },
  ],
  actions: [
    { id: 'audit.own', labelKey: auditTexts.key('nav.own'), access: 'audit.R', path: '/audit' },
    { id: 'audit.chain', labelKey: auditTexts.key('nav.chain'), access: 'reviews.R', path: '/audit/chain' },
  ],
  patientCards: [{ order: 60, Card: PatientCard }],
  jobs: [
    { name: 'audit.snooping', labelKey: auditTexts.key('job.snooping'), problems: {} },
    {
      name: 'audit.check',
      labelKey: auditTexts.key('job.check'),
      problems: { broken: auditTexts.key('job.check.broken') },
    },
  ],
}
