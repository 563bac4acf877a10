// What the session module brings to the window: the gates around a session and the own account.
import type { Gates, RendererModule } from '#renderer/app/module.ts'
import { AccountPage } from './AccountPage.tsx'
import { BootstrapGate } from './BootstrapGate.tsx'
import { LockGate } from './LockGate.tsx'
import { DueCard } from './DueCard.tsx'
import { signInTexts } from './i18n.ts'
import { PendingGate } from './PendingGate.tsx'
import { RulesPage } from './RulesPage.tsx'
import { SignInGate } from './SignInGate.tsx'
import { StepUpDialog } from './StepUpDialog.tsx'

export const sessionRenderer: RendererModule = {
  name: 'session',
  routes: [
    { path: 'account', element: <AccountPage /> },
    { path: 'admin/sign-in', element: <RulesPage /> },
  ],
  nav: [],
  actions: [],
  adminTabs: [
    {
      path: '/admin/sign-in',
      labelKey: signInTexts.key('rules.title'),
      access: 'clinic.M',
      order: 10,
      group: 'security',
    },
  ],
  today: [{ order: 5, Card: DueCard }],
}

export const sessionGates: Gates = {
  Bootstrap: BootstrapGate,
  SignIn: SignInGate,
  Lock: LockGate,
  Pending: PendingGate,
  StepUp: StepUpDialog,
}
