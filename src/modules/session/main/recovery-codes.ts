// Ten codes on paper for the day the phone is gone: 80 bits each, single use, kept as keyed digests (AUTH-06).
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import type { Reader } from '#core/store/reader.ts'
import { newPaperCode, paperCodeAsMeant, isSameDigest } from '#modules/people/main/api.ts'
import { AppError } from '#shared/errors.ts'
import * as q from './queries.ts'
import { recoveryCode } from './tables.ts'

const howMany = 10

const digestOf = (services: Pick<Services, 'keyedDigest'>, userId: string, code: string): string =>
  Buffer.from(services.keyedDigest('recovery-code', `${userId}\0${paperCodeAsMeant(code)}`)).toString(
    'base64url',
  )

/** The former set is dead with this. */
export function makeRecoveryCodes(services: Services, ctx: CommandContext, userId: string): string[] {
  dropRecoveryCodes(ctx, userId, 'new codes')
  return Array.from({ length: howMany }, () => {
    const code = newPaperCode()
    ctx.write.insert(recoveryCode, {
      user_id: userId,
      digest: digestOf(services, userId, code),
      made_at: ctx.now,
    })
    return code
  })
}

export function dropRecoveryCodes(ctx: CommandContext, userId: string, reason: string): void {
  for (const { id } of ctx.read.all(q.recoveryCodesOf, { user: userId }))
    ctx.write.void(recoveryCode, id, 'any', reason)
}

/** In the transaction: of two at once one wins. */
export function takeRecoveryCode(
  services: Services,
  ctx: CommandContext,
  userId: string,
  code: string,
): void {
  const digest = digestOf(services, userId, code)
  const found = ctx.read
    .all(q.recoveryCodesOf, { user: userId })
    .find((row) => row.used_at === null && isSameDigest(row.digest, digest))
  if (!found) throw new AppError('WRONG_CODE')
  ctx.write.update(recoveryCode, found.id, 'any', { used_at: ctx.now })
}

export const recoveryCodesLeft = (read: Reader, userId: string): number =>
  read.all(q.recoveryCodesOf, { user: userId }).filter((row) => row.used_at === null).length
