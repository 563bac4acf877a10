// A full sign-in gives the five tries of a PIN back.
import type { CommandContext } from '#core/rpc/context.ts'
import * as q from './queries.ts'
import { devicePin } from './tables.ts'

export function forgivePinFailures(ctx: CommandContext, userId: string): void {
  const pin = ctx.read.get(q.pinOf, { user: userId })
  if (pin && pin.failures > 0) ctx.write.putLocal(devicePin, { user_id: userId, ...pin, failures: 0 })
}
