// Keys: procedure to function, and what is told to people when something happens to the keys.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import type { Services } from '#core/rpc/services.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { AppError } from '#shared/errors.ts'
import { keys } from '../shared/contract.ts'
import { kitPages } from './kit.ts'
import { state } from './state.ts'

export const keysModule: ModuleDef = {
  name: 'keys',
  tables: [],
  implementations: (services) => [
    implement(keys, {
      state: (ctx) => state(services, ctx),
      ...kitPages(services),
      rotate(ctx) {
        requireRoom(services)
        ctx.afterCommit(() => services.keyWork.rotate())
        return { started: true as const }
      },
    }),
  ],
  onKitUsed(ctx, kitId) {
    notify(ctx, { to: { role: 'admin' }, kind: 'kit-used', detail: kitId })
  },
  onRotated(ctx, done) {
    notify(ctx, { to: { role: 'admin' }, kind: done ? 'database-key-changed' : 'database-key-not-changed' })
  },
}

/** Asked before the clinic is closed for it. */
function requireRoom({ keyWork }: Services): void {
  const { freeBytes, neededBytes } = keyWork.facts()
  if (freeBytes < neededBytes)
    throw new AppError('UNAVAILABLE', { reason: 'disk-space', needed: neededBytes, free: freeBytes })
}
