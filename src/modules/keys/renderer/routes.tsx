// What the keys module brings to the window: the security centre and the page of a new kit.
import type { RendererModule } from '#renderer/app/module.ts'
import { keysTexts } from './i18n.ts'
import { KeysPage } from './KeysPage.tsx'
import { NewKitPage } from './NewKitPage.tsx'
import { RenewRootPage } from './RenewRootPage.tsx'

export const keysRenderer: RendererModule = {
  name: 'keys',
  routes: [
    { path: 'admin/keys', element: <KeysPage /> },
    { path: 'admin/keys/kit', element: <NewKitPage /> },
    { path: 'admin/keys/renew', element: <RenewRootPage /> },
  ],
  nav: [],
  adminTabs: [
    {
      path: '/admin/keys',
      labelKey: keysTexts.key('nav.keys'),
      access: 'keys.R',
      order: 80,
      group: 'security',
    },
  ],
  actions: [],
}
