// Keys: procedure to function, and what is told to people when something happens to the keys.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { notify } from '#modules/oversight/main/api.ts'
import { keys } from '../shared/contract.ts'
import { hasOneAdmin } from './alone.ts'
import { kitPages } from './kit.ts'
import { requireRoom } from './room.ts'
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
  fourEyesWaivers: { 'keys.makeKit': (read) => hasOneAdmin(read) },
  onKitUsed(ctx, kitId) {
    notify(ctx, { to: { role: 'admin' }, kind: 'kit-used', detail: kitId })
  },
  onRotated(ctx, { done, root, kitId }) {
    const to = { role: 'admin' } as const
    if (root === null) notify(ctx, { to, kind: done ? 'database-key-changed' : 'database-key-not-changed' })
    else
      notify(ctx, {
        to,
        kind: root === 'renewed' ? 'root-key-renewed' : 'root-key-not-renewed',
        detail: kitId ?? '',
      })
  },
}
