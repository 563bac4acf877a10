// Session: procedure to function.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { session } from '../shared/contract.ts'
import { changePassword, setPassword } from './own-password.ts'
import { hints, lock, me, signOut, switchRole } from './service.ts'
import { signIn, unlock } from './sign-in.ts'
import * as tables from './tables.ts'

export const sessionModule: ModuleDef = {
  name: 'session',
  tables: Object.values(tables),
  implementations: (services) => [
    implement(session, {
      hints,
      me,
      lock: (ctx) => lock(services, ctx),
      signIn: signIn(services),
      unlock: unlock(services),
      setPassword: setPassword(services),
      changePassword: changePassword(services),
      switchRole: (ctx, input) => switchRole(services, ctx, input),
      signOut: (ctx) => signOut(services, ctx),
    }),
  ],
}
