// Signing in and out, locking, switching the hat, one's own password: the calls around a session.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { factorProcedures } from './factor-contract.ts'
import { done, Me, nothing, Password, RoleName } from './me-shape.ts'
import { pinProcedures } from './pin-contract.ts'
import { oversightProcedures } from './sessions-contract.ts'

export { Me, Username } from './me-shape.ts'

export const session = contract('session', {
  hints: query({
    summary: 'Names of people who lately signed in at this PC; empty for browsers.',
    access: 'public',
    audit: false,
    reads: ['user_account'],
    input: nothing,
    output: z.strictObject({
      clinicName: z.string(),
      isDemo: z.boolean(),
      /** `pin`: a PIN is enough for this person here and now. */
      people: z.array(z.strictObject({ username: z.string(), name: z.string(), pin: z.boolean() })),
    }),
  }),
  signIn: command({
    summary: 'Sign in with name and password; starts a session.',
    access: 'public',
    whileLocked: true,
    // Nobody is signed in yet, so the entry itself names no person.
    audit: { action: 'session.sign-in', category: 'account', detail: (_i, o) => o.userId },
    input: z.strictObject({ username: z.string().max(200), password: Password }),
    output: Me,
    errors: ['WRONG_PASSWORD', 'TOO_MANY_TRIES'],
  }),
  setPassword: command({
    summary: 'Set the own password with a one-time code from an admin.',
    access: 'public',
    whileLocked: true,
    audit: { action: 'session.set-password', category: 'account' },
    input: z.strictObject({
      username: z.string().max(200),
      code: z.string().trim().max(64),
      newPassword: Password,
    }),
    output: done,
    errors: ['ONE_TIME_CODE_WRONG', 'PASSWORD_TOO_WEAK', 'TOO_MANY_TRIES'],
  }),
  me: query({
    summary: 'Who is signed in, under which role, in which clinic.',
    access: 'ownAccount.R',
    whileLocked: true,
    whilePending: 'both',
    audit: false,
    reads: ['user_account', 'role_grant', 'clinic'],
    input: nothing,
    output: Me,
  }),
  switchRole: command({
    summary: 'Work under another of the own roles.',
    access: 'ownAccount.U',
    audit: { action: 'session.switch-role', category: 'account', detail: (i) => i.role },
    input: z.strictObject({ role: RoleName }),
    output: Me,
  }),
  stepUp: command({
    summary: 'Prove once more who you are, by password or by a code of the second factor.',
    access: 'ownAccount.U',
    whilePending: 'enrolment',
    audit: {
      action: 'session.step-up',
      category: 'account',
      detail: (i) => i.by,
    },
    input: z.strictObject({ by: z.enum(['password', 'code']), proof: Password }),
    output: Me,
    errors: ['WRONG_PASSWORD', 'WRONG_CODE', 'TOO_MANY_TRIES'],
  }),
  lock: command({
    summary: 'Lock this session; the screen shows nothing clinical until it is unlocked.',
    access: 'ownAccount.U',
    whileLocked: true,
    audit: { action: 'session.lock', category: 'account' },
    input: nothing,
    output: done,
  }),
  unlock: command({
    summary: 'Unlock the own session with the password.',
    access: 'ownAccount.U',
    whileLocked: true,
    audit: { action: 'session.unlock', category: 'account' },
    input: z.strictObject({ password: Password }),
    output: Me,
    errors: ['WRONG_PASSWORD', 'TOO_MANY_TRIES'],
  }),
  signOut: command({
    summary: 'End this session.',
    access: 'ownAccount.U',
    whileLocked: true,
    whilePending: 'both',
    audit: { action: 'session.sign-out', category: 'account' },
    /** Switching to a colleague keeps the own PIN good for coming back; leaving ends that too. */
    input: z.strictObject({ isSwitch: z.boolean().default(false) }),
    output: done,
  }),
  changePassword: command({
    summary: 'Change the own password; the signing key is re-wrapped.',
    access: 'ownAccount.U',
    audit: { action: 'session.change-password', category: 'account' },
    input: z.strictObject({ oldPassword: Password, newPassword: Password }),
    output: done,
    errors: ['WRONG_PASSWORD', 'PASSWORD_TOO_WEAK', 'TOO_MANY_TRIES'],
  }),
  ...factorProcedures,
  ...pinProcedures,
  ...oversightProcedures,
})
