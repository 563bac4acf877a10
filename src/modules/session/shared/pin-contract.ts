// The PIN: coming back to one desktop computer within twelve hours of a full sign-in there (SECURITY 3.5).
import * as z from 'zod'
import { command } from '#shared/contract.ts'
import { Me, done, nothing } from './me-shape.ts'

export const Pin = z.string().regex(/^[0-9]{1,12}$/)

/** A PIN is guessed in five tries when it is a row of keys. */
export function isPinGood(pin: string): boolean {
  if (pin.length < 6) return false
  const digits = Array.from(pin, Number)
  const steps = new Set(digits.slice(1).map((digit, i) => (digit - (digits[i] ?? 0) + 10) % 10))
  return steps.size > 1 && new Set(digits).size > 2
}

export const pinProcedures = {
  setPin: command({
    summary: 'Set a PIN for this computer.',
    access: 'ownAccount.U',
    stepUp: true,
    audit: { action: 'session.set-pin', category: 'account' },
    input: z.strictObject({ pin: Pin }),
    output: done,
    errors: ['PASSWORD_TOO_WEAK', 'TOO_MANY_TRIES', 'PIN_NOT_NOW'],
  }),
  removePin: command({
    summary: 'Remove the own PIN from this computer.',
    access: 'ownAccount.U',
    audit: { action: 'session.remove-pin', category: 'account' },
    input: nothing,
    output: done,
  }),
  pinSignIn: command({
    summary: 'Come back with a PIN at the computer where one fully signed in today.',
    access: 'public',
    whileLocked: true,
    audit: { action: 'session.pin-sign-in', category: 'account', detail: (_i, o) => o.userId },
    input: z.strictObject({ username: z.string().max(200), pin: Pin }),
    output: Me,
    errors: ['WRONG_PASSWORD', 'PIN_NOT_NOW', 'TOO_MANY_TRIES'],
  }),
}
