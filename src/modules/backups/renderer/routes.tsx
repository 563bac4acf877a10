// What the backups module brings to the window: its page, the restore page, a red banner, words of its jobs.
import type { RendererModule } from '#renderer/app/module.ts'
import { targetProblems } from '#shared/backup-faults.ts'
import { BackupsPage } from './BackupsPage.tsx'
import { backupsTexts } from './i18n.ts'
import { LateBanner } from './LateBanner.tsx'
import { RestorePage } from './RestorePage.tsx'

const problems = [...targetProblems, 'no-backup', 'internal'] as const
const words = Object.fromEntries(problems.map((problem) => [problem, backupsTexts.key(`problem.${problem}`)]))

export const backupsRenderer: RendererModule = {
  name: 'backups',
  routes: [
    { path: 'admin/backups', element: <BackupsPage /> },
    { path: 'admin/backups/restore', element: <RestorePage /> },
  ],
  nav: [],
  adminTabs: [
    {
      path: '/admin/backups',
      labelKey: backupsTexts.key('nav.backups'),
      access: 'backups.R',
      order: 20,
      group: 'system',
    },
  ],
  actions: [
    { id: 'backups.open', labelKey: backupsTexts.key('title'), access: 'backups.M', path: '/admin/backups' },
    {
      id: 'backups.restore',
      labelKey: backupsTexts.key('restore.title'),
      access: 'backups.M',
      path: '/admin/backups/restore',
    },
  ],
  today: [{ order: 1, Card: LateBanner }],
  jobs: [
    { name: 'backups.make', labelKey: backupsTexts.key('job.make'), problems: words },
    { name: 'backups.test-restore', labelKey: backupsTexts.key('job.test'), problems: words },
    { name: 'backups.leftovers', labelKey: backupsTexts.key('job.leftovers'), problems: words },
    { name: 'backups.watch', labelKey: backupsTexts.key('job.watch'), problems: words },
  ],
}
