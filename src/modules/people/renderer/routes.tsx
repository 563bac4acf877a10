// What the people module brings to the window: accounts and the permission matrix, under Admin.
import { Cog } from '@blueprintjs/icons'
import { Navigate } from 'react-router'
import type { RendererModule } from '#renderer/app/module.ts'
import { peopleTexts } from './i18n.ts'
import { PeoplePage } from './PeoplePage.tsx'
import { PermissionsPage } from './PermissionsPage.tsx'

export const peopleRenderer: RendererModule = {
  name: 'people',
  routes: [
    { path: 'admin', element: <Navigate to="/admin/people" replace /> },
    { path: 'admin/people', element: <PeoplePage /> },
    { path: 'admin/permissions', element: <PermissionsPage /> },
  ],
  nav: [
    { path: '/admin', labelKey: peopleTexts.key('nav.admin'), icon: <Cog />, access: 'users.R', order: 90 },
  ],
  adminTabs: [
    {
      path: '/admin/people',
      labelKey: peopleTexts.key('nav.people'),
      access: 'users.R',
      order: 10,
      group: 'people',
    },
    {
      path: '/admin/permissions',
      labelKey: peopleTexts.key('nav.permissions'),
      access: 'users.R',
      order: 20,
      group: 'people',
    },
  ],
  actions: [],
}
