// Session: procedure to function.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { readSetting } from '#modules/clinic/main/api.ts'
import { session } from '../shared/contract.ts'
import { changePassword, setPassword } from './own-password.ts'
import { sessionLimits } from './policy.ts'
import { hints, lock, me, signOut, switchRole } from './service.ts'
import { signIn, unlock } from './sign-in.ts'
import { stepUp } from './step-up.ts'
import * as tables from './tables.ts'

export const sessionModule: ModuleDef = {
  name: 'session',
  tables: Object.values(tables),
  sessionLimits: { reads: ['clinic_setting'], read: (read) => readSetting(read, sessionLimits) },
  implementations: (services) => [
    implement(session, {
      hints,
      me: (ctx) => me(services, ctx),
      lock: (ctx) => lock(services, ctx),
      signIn: signIn(services),
      unlock: unlock(services),
      stepUp: stepUp(services),
      setPassword: setPassword(services),
      changePassword: changePassword(services),
      switchRole: (ctx, input) => switchRole(services, ctx, input),
      signOut: (ctx) => signOut(services, ctx),
    }),
  ],
}
