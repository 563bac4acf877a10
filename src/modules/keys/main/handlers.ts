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
    const tell = (kind: string, detail?: string) =>
      notify(ctx, { to: { role: 'admin' }, kind, ...(detail ? { detail } : {}) })
    if (root === 'renewed') tell('root-key-renewed', kitId ?? '')
    if (root === 'kept') tell('root-key-not-renewed', kitId ?? '')
    else if (!done) tell('database-key-not-changed')
    else if (root === null) tell('database-key-changed')
  },
}
