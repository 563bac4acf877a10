// Letting in who has been proven. Both ways prove two factors by themselves: the service says so under its assurance claim,
// a passkey by checking the person. An account that may not sign in gets the one answer like any other fault.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { accountById, rolesOf } from '#modules/people/main/api.ts'
import { startSession } from '#modules/session/main/api.ts'
import type { Me } from '#modules/session/shared/contract.ts'
import { refusal } from './fault.ts'

export function enter(
  services: Services,
  ctx: CommandContext,
  userId: string,
  method: 'oidc' | 'passkey',
): Me {
  const isOpen = accountById(ctx.read, userId)?.active === 1 && rolesOf(ctx.read, userId).length > 0
  if (!isOpen) throw refusal('account-closed')
  return startSession(services, ctx, { userId, method, assurance: 'two' })
}
