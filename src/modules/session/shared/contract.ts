// Signing in and out, locking, switching the hat, one's own password: the calls around a session.
import * as z from 'zod'
import { command, contract, query } from '#shared/contract.ts'
import { UserId } from '#shared/ids.ts'
import { roles } from '#shared/permissions.ts'
import { Instant } from '#shared/time.ts'

export const Username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,63}$/)
const Password = z.string().min(1).max(1024)
const RoleName = z.enum(roles)

export const Me = z.strictObject({
  userId: UserId,
  username: z.string(),
  name: z.string(),
  role: RoleName,
  roles: z.array(RoleName),
  locked: z.boolean(),
  /** Seconds without a person's act after which this session locks (SESS-02). */
  idleSeconds: z.number().int(),
  signedInAt: Instant,
  /** False after a reset by code until the signing key is made anew; signing asks for the password then. */
  canSign: z.boolean(),
  /** What is still to be done before anything else is answered: show the second factor, or set one up. */
  pending: z.enum(['second-factor', 'enrolment']).nullable(),
  /** Whether a second factor is set up; otherwise by when it has to be (null: nobody asks for one). */
  hasSecondFactor: z.boolean(),
  secondFactorDueAt: Instant.nullable(),
  clinic: z.strictObject({
    name: z.string(),
    country: z.string(),
    timeZone: z.string(),
    currency: z.string(),
    locale: z.string(),
    isDemo: z.boolean(),
  }),
})
export type Me = z.infer<typeof Me>

const nothing = z.strictObject({})
const done = z.strictObject({ done: z.literal(true) })

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
      people: z.array(z.strictObject({ username: z.string(), name: z.string() })),
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
    input: nothing,
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
})
