// What the privacy module brings to the window: the officer's pages, the card of a patient, the mark in an open chart.
import { Shield } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { BreachesPage } from './BreachesPage.tsx'
import { ErasuresPage } from './ErasuresPage.tsx'
import { privacyTexts } from './i18n.ts'
import { LockedMark, PatientCard } from './PatientCard.tsx'
import { RequestPage } from './RequestPage.tsx'
import { RequestsPage } from './RequestsPage.tsx'
import { SettingsPage } from './SettingsPage.tsx'

export const privacyRenderer: RendererModule = {
  name: 'privacy',
  routes: [
    { path: 'privacy', element: <RequestsPage /> },
    { path: 'privacy/requests/:patientId/:id', element: <RequestPage /> },
    { path: 'privacy/breaches', element: <BreachesPage /> },
    { path: 'privacy/erasures', element: <ErasuresPage /> },
    { path: 'privacy/settings', element: <SettingsPage /> },
  ],
  nav: [
    {
      path: '/privacy',
      labelKey: privacyTexts.key('nav.privacy'),
      icon: <Shield />,
      access: 'privacy.R',
      order: 70,
    },
  ],
  actions: [
    {
      id: 'privacy.requests',
      labelKey: privacyTexts.key('nav.requests'),
      access: 'privacy.C',
      path: '/privacy',
    },
    {
      id: 'privacy.breaches',
      labelKey: privacyTexts.key('nav.breaches'),
      access: 'privacy.X',
      path: '/privacy/breaches',
    },
  ],
  patientCards: [{ order: 40, Card: PatientCard }],
  chartActions: [{ order: 5, Action: LockedMark }],
  jobs: [{ name: 'privacy.purge', labelKey: privacyTexts.key('job.purge'), problems: {} }],
}
