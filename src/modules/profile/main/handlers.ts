// Profile: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'

export const profileModule: ModuleDef = {
  name: 'profile',
  tables: [],
  implementations: () => [],
}
