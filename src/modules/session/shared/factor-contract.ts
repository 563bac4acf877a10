// The second factor: showing it at sign-in, setting it up, its codes on paper (AUTH-05, AUTH-06).
import * as z from 'zod'
import { command } from '#shared/contract.ts'
import { UserId } from '#shared/ids.ts'
import { Me, Password, done, nothing } from './me-shape.ts'

/** Six digits from the phone, or a code from paper. */
const Code = z.string().trim().min(1).max(64)
const codesOnPaper = 10
const Codes = z.array(z.string()).length(codesOnPaper)

export const factorProcedures = {
  secondFactor: command({
    summary: 'Complete a sign-in with the code from the phone.',
    access: 'ownAccount.U',
    whilePending: 'second-factor',
    audit: { action: 'session.second-factor', category: 'account' },
    input: z.strictObject({ code: Code }),
    output: Me,
    errors: ['WRONG_CODE', 'TOO_MANY_TRIES'],
  }),
  recoveryCode: command({
    summary: 'Complete a sign-in with one of the codes on paper; each works once.',
    access: 'ownAccount.U',
    whilePending: 'second-factor',
    audit: { action: 'session.recovery-code', category: 'account' },
    input: z.strictObject({ code: Code }),
    output: Me,
    errors: ['WRONG_CODE', 'TOO_MANY_TRIES'],
  }),
  beginFactor: command({
    summary: 'Begin to set up a second factor: returns the secret for the phone, once.',
    access: 'ownAccount.U',
    whilePending: 'enrolment',
    stepUp: true,
    audit: { action: 'session.begin-factor', category: 'account' },
    input: nothing,
    output: z.strictObject({ uri: z.string(), secret: z.string() }),
  }),
  confirmFactor: command({
    summary: 'Confirm the second factor with a first code; returns ten codes for paper, once.',
    access: 'ownAccount.U',
    whilePending: 'enrolment',
    audit: { action: 'session.confirm-factor', category: 'account' },
    input: z.strictObject({ code: Code }),
    output: z.strictObject({ me: Me, recoveryCodes: Codes }),
    errors: ['WRONG_CODE', 'TOO_MANY_TRIES', 'WRONG_STATE'],
  }),
  newRecoveryCodes: command({
    summary: 'Make ten new codes for paper; the former ones are dead.',
    access: 'ownAccount.U',
    stepUp: true,
    audit: { action: 'session.new-recovery-codes', category: 'account' },
    input: nothing,
    output: z.strictObject({ recoveryCodes: Codes }),
    errors: ['WRONG_STATE'],
  }),
  removeFactor: command({
    summary: 'Remove the own second factor; the password must be long enough to stand alone.',
    access: 'ownAccount.U',
    stepUp: true,
    audit: { action: 'session.remove-factor', category: 'account' },
    input: z.strictObject({ password: Password }),
    output: Me,
    errors: ['WRONG_PASSWORD', 'PASSWORD_TOO_WEAK', 'TOO_MANY_TRIES', 'WRONG_STATE'],
  }),
  resetFactor: command({
    summary: 'Take a colleague’s second factor away; they set up a new one at their next sign-in.',
    access: 'users.U',
    stepUp: true,
    // Of another administrator; for everybody else one person is enough (main/handlers.ts).
    fourEyes: true,
    keepsInput: true,
    askedFacts: (i) => ({ user: i.userId }),
    audit: { action: 'session.reset-factor', category: 'account', detail: (i) => i.userId },
    input: z.strictObject({ userId: UserId }),
    output: done,
    errors: ['WRONG_STATE'],
  }),
}
