// What the session module brings to the window: the gates around a session and the own account.
import type { Gates, RendererModule } from '#renderer/app/module.ts'
import { AccountPage } from './AccountPage.tsx'
import { BootstrapGate } from './BootstrapGate.tsx'
import { LockGate } from './LockGate.tsx'
import { SignInGate } from './SignInGate.tsx'
import { StepUpDialog } from './StepUpDialog.tsx'

export const sessionRenderer: RendererModule = {
  name: 'session',
  routes: [{ path: 'account', element: <AccountPage /> }],
  nav: [],
  actions: [],
}

export const sessionGates: Gates = {
  Bootstrap: BootstrapGate,
  SignIn: SignInGate,
  Lock: LockGate,
  StepUp: StepUpDialog,
}
