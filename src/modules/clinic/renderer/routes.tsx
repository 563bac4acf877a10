// What the clinic module brings to the window: Today, the settings, the health of the records.
import { Home } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { HealthLamp } from './HealthLamp.tsx'
import { HealthPage } from './HealthPage.tsx'
import { clinicTexts } from './i18n.ts'
import { RecentCard } from './RecentCard.tsx'
import { SettingsPage } from './SettingsPage.tsx'
import { TodayPage } from './TodayPage.tsx'

export const clinicRenderer: RendererModule = {
  name: 'clinic',
  routes: [
    { path: 'today', element: <TodayPage /> },
    { path: 'admin/clinic', element: <SettingsPage /> },
    { path: 'admin/health', element: <HealthPage /> },
  ],
  nav: [
    {
      path: '/today',
      labelKey: clinicTexts.key('nav.today'),
      icon: <Home />,
      access: 'ownAccount.R',
      order: 10,
    },
  ],
  adminTabs: [
    {
      path: '/admin/clinic',
      labelKey: clinicTexts.key('nav.clinic'),
      access: 'clinic.M',
      order: 30,
      group: 'clinic',
    },
    {
      path: '/admin/health',
      labelKey: clinicTexts.key('nav.health'),
      access: 'clinic.M',
      order: 10,
      group: 'system',
    },
  ],
  actions: [],
  jobs: [
    { name: 'clock.compare', labelKey: clinicTexts.key('job.compare'), problems: {} },
    {
      name: 'integrity.sweep',
      labelKey: clinicTexts.key('job.sweep'),
      problems: {
        'rows-differ': clinicTexts.key('job.sweep.rows-differ'),
        stopped: clinicTexts.key('job.sweep.stopped'),
      },
    },
  ],
  today: [{ order: 20, Card: RecentCard }],
  Lamps: HealthLamp,
}
