// What the reminders module brings to the window: the log, the settings, a patient's consent, words of its job.
import { Envelope } from '@blueprintjs/icons'
import type { RendererModule } from '#renderer/app/module.ts'
import { mailProblems } from '../shared/contract.ts'
import { AttentionCard } from './AttentionCard.tsx'
import { ConsentCard } from './ConsentCard.tsx'
import { remindersTexts } from './i18n.ts'
import { LogPage } from './LogPage.tsx'
import { SettingsPage } from './SettingsPage.tsx'

export const remindersRenderer: RendererModule = {
  name: 'reminders',
  routes: [
    { path: 'reminders', element: <LogPage /> },
    { path: 'admin/reminders', element: <SettingsPage /> },
  ],
  nav: [
    {
      path: '/reminders',
      labelKey: remindersTexts.key('nav.log'),
      icon: <Envelope />,
      access: 'reminders.U',
      order: 50,
    },
  ],
  adminTabs: [
    {
      path: '/admin/reminders',
      labelKey: remindersTexts.key('nav.settings'),
      access: 'reminders.M',
      order: 35,
      group: 'clinic',
    },
  ],
  actions: [],
  patientCards: [{ order: 30, Card: ConsentCard }],
  today: [{ order: 15, Card: AttentionCard }],
  jobs: [
    {
      name: 'reminders.send',
      labelKey: remindersTexts.key('job.send'),
      problems: Object.fromEntries(
        mailProblems.map((problem) => [problem, remindersTexts.key(`problem.${problem}`)]),
      ),
    },
  ],
}
