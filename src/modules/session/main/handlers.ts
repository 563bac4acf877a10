// Session: procedure to function.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { readSetting } from '#modules/clinic/main/api.ts'
import { isOtherAdmin } from '#modules/people/main/api.ts'
import { session } from '../shared/contract.ts'
import { beginFactor, confirmFactor, newRecoveryCodes, removeFactor, resetFactor } from './enrolment.ts'
import { endSession, endSessionOf, rules, security, sessionsOf, setRules } from './oversee.ts'
import { changePassword, setPassword } from './own-password.ts'
import { pinSignIn, removePin, setPin } from './pin.ts'
import { recoveryCode, secondFactor } from './second-factor.ts'
import { sessionLimits } from './policy.ts'
import { hints, lock, me, signOut, switchRole } from './service.ts'
import { signIn, unlock } from './sign-in.ts'
import { stepUp } from './step-up.ts'
import * as tables from './tables.ts'

export const sessionModule: ModuleDef = {
  name: 'session',
  tables: Object.values(tables),
  fourEyesWaivers: {
    'session.resetFactor': (read, input, userId) =>
      !isOtherAdmin(read, (input as { userId: string }).userId, userId),
  },
  sessionLimits: { reads: ['clinic_setting'], read: (read) => readSetting(read, sessionLimits) },
  implementations: (services) => [
    implement(session, {
      hints: (ctx) => hints(services, ctx),
      me: (ctx) => me(services, ctx),
      lock: (ctx) => lock(services, ctx),
      signIn: signIn(services),
      unlock: unlock(services),
      stepUp: stepUp(services),
      setPassword: setPassword(services),
      changePassword: changePassword(services),
      switchRole: (ctx, input) => switchRole(services, ctx, input),
      signOut: (ctx, input) => signOut(services, ctx, input),
      secondFactor: secondFactor(services),
      recoveryCode: recoveryCode(services),
      beginFactor: (ctx) => beginFactor(services, ctx),
      confirmFactor: confirmFactor(services),
      newRecoveryCodes: (ctx) => newRecoveryCodes(services, ctx),
      removeFactor: removeFactor(services),
      resetFactor: (ctx, input) => resetFactor(services, ctx, input),
      setPin: setPin(services),
      removePin,
      pinSignIn: pinSignIn(services),
      security: (ctx) => security(services, ctx),
      endSession: (ctx, input) => endSession(services, ctx, input),
      sessionsOf: (ctx, input) => sessionsOf(services, ctx, input),
      endSessionOf: (ctx, input) => endSessionOf(services, ctx, input),
      rules,
      setRules,
    }),
  ],
}
