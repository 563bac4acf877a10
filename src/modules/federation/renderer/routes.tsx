// What the federation module brings to the window: ways on the sign-in screen, a card of the own account, a page of Admin.
import type { RendererModule } from '#renderer/app/module.ts'
import { federationTexts } from './i18n.ts'
import { OwnWaysCard } from './OwnWaysCard.tsx'
import { ProviderPage } from './ProviderPage.tsx'
import { SignInWays } from './SignInWays.tsx'

export const federationRenderer: RendererModule = {
  name: 'federation',
  routes: [{ path: 'admin/organisation-sign-in', element: <ProviderPage /> }],
  nav: [],
  actions: [],
  adminTabs: [
    {
      path: '/admin/organisation-sign-in',
      labelKey: federationTexts.key('nav.provider'),
      access: 'users.M',
      order: 12,
      group: 'security',
    },
  ],
  signInWays: [{ order: 10, Way: SignInWays }],
  accountCards: [{ order: 30, Card: OwnWaysCard }],
}
