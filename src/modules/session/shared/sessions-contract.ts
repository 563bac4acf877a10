// Looking at sessions and ending them, one's own and as an administrator; the clinic's rules for signing in (SESS-02, -05).
import * as z from 'zod'
import { command, query } from '#shared/contract.ts'
import { UserId } from '#shared/ids.ts'
import { SessionLimits } from '#shared/session-limits.ts'
import { Instant } from '#shared/time.ts'
import { done, nothing, RoleName } from './me-shape.ts'

const SessionId = z.string().max(100)

export const SessionLine = z.strictObject({
  id: SessionId,
  /** `ipc`: a window of the clinic's own computer · `https`: a browser · `cli`: the command line. */
  door: z.enum(['ipc', 'https', 'cli', 'job']),
  /** Address of a browser; empty for this computer. */
  address: z.string(),
  role: RoleName,
  method: z.enum(['password', 'password+totp', 'recovery', 'pin', 'oidc', 'passkey']),
  startedAt: Instant,
  lastActAt: Instant,
  locked: z.boolean(),
  /** The one that asks. */
  isThis: z.boolean(),
})
export type SessionLine = z.infer<typeof SessionLine>

export const SignInRules = z.strictObject({
  limits: SessionLimits,
  /** Days after the first sign-in by which a second factor is there; 0 is at once. */
  secondFactorDays: z.number().int().min(0).max(7),
})
export type SignInRules = z.infer<typeof SignInRules>

export const oversightProcedures = {
  security: query({
    summary: 'How the own account is protected, and where it is signed in.',
    access: 'ownAccount.R',
    audit: { action: 'session.security', category: 'account' },
    reads: ['second_factor', 'recovery_code', 'device_pin'],
    input: nothing,
    output: z.strictObject({
      factorSince: Instant.nullable(),
      recoveryCodesLeft: z.number().int(),
      /** `elsewhere`: PINs are for windows of the clinic's computers. */
      pin: z.enum(['elsewhere', 'none', 'set', 'blocked']),
      sessions: z.array(SessionLine),
    }),
  }),
  endSession: command({
    summary: 'End one of the own sessions.',
    access: 'ownAccount.U',
    audit: { action: 'session.end', category: 'account' },
    input: z.strictObject({ id: SessionId }),
    output: done,
  }),
  sessionsOf: query({
    summary: 'Where a colleague is signed in, and how the account is protected.',
    access: 'users.R',
    audit: { action: 'session.list-of', category: 'account', detail: (i) => i.userId },
    reads: ['second_factor'],
    input: z.strictObject({ userId: UserId }),
    output: z.strictObject({ factorSince: Instant.nullable(), sessions: z.array(SessionLine) }),
  }),
  endSessionOf: command({
    summary: 'End one of a colleague’s sessions, or all of them.',
    access: 'users.U',
    audit: { action: 'session.end-of', category: 'account', detail: (i) => i.userId },
    input: z.strictObject({ userId: UserId, id: SessionId.nullable() }),
    output: done,
  }),
  rules: query({
    summary: 'The clinic’s rules for signing in.',
    access: 'clinic.M',
    audit: { action: 'session.rules', category: 'configuration' },
    reads: ['clinic_setting'],
    input: nothing,
    output: SignInRules,
  }),
  setRules: command({
    summary: 'Change the clinic’s rules for signing in.',
    access: 'clinic.M',
    stepUp: true,
    audit: {
      action: 'session.set-rules',
      category: 'configuration',
      detail: (i) => `${Object.values(i.limits).join(' ')} factor=${i.secondFactorDays}`,
    },
    input: SignInRules,
    output: SignInRules,
  }),
}
