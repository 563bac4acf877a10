// Time-based codes (RFC 6238): 6 digits, 30 seconds, one step of grace either way, each code once (AUTH-05).
import { Secret, TOTP } from 'otpauth'
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { AppError } from '#shared/errors.ts'
import * as q from './queries.ts'
import { secondFactorUse } from './tables.ts'

export const stepSeconds = 30
const graceSteps = 1
export const seedBytes = 20

export function totpOf(seed: Uint8Array, names: { issuer: string; label: string }): TOTP {
  const secret = new Secret({ buffer: Uint8Array.from(seed).buffer })
  return new TOTP({ ...names, algorithm: 'SHA1', digits: 6, period: stepSeconds, secret })
}

/** The step whose code this is, or null. Blanks in the middle are how people type what they read. */
export function stepOf(seed: Uint8Array, code: string, nowMs: number): number | null {
  const token = code.replace(/\s+/g, '')
  if (!/^\d{6}$/.test(token)) return null
  const delta = totpOf(seed, { issuer: '', label: '' }).validate({
    token,
    timestamp: nowMs,
    window: graceSteps,
  })
  return delta === null ? null : Math.floor(nowMs / 1000 / stepSeconds) + delta
}

/** A seed row opens for its own person only. */
const seedLabel = (userId: string): string => `totp-seed/v1\0${userId}`
export const sealSeed = (
  services: Pick<Services, 'sealSecret'>,
  userId: string,
  seed: Uint8Array,
): Uint8Array => services.sealSecret(seedLabel(userId), seed)

/** Takes a code of the person's second factor, once, or throws WRONG_CODE. In the transaction: of many at once one wins. */
export function takeCode(
  services: Pick<Services, 'openSecret'>,
  ctx: CommandContext,
  userId: string,
  code: string,
): void {
  const factor = ctx.read.get(q.factorOf, { user: userId })
  const seed = factor ? services.openSecret(seedLabel(userId), factor.seed) : null
  const step = seed ? stepOf(seed, code, ctx.nowMs) : null
  seed?.fill(0)
  if (step === null) throw new AppError('WRONG_CODE')
  spendStep(ctx, userId, step)
}

export function spendStep(ctx: CommandContext, userId: string, step: number): void {
  const last = ctx.read.get(q.lastStepOf, { user: userId })?.last_step ?? 0
  if (step <= last) throw new AppError('WRONG_CODE')
  ctx.write.putLocal(secondFactorUse, { user_id: userId, last_step: step })
}
