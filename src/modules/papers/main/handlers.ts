// Papers: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'

export const papersModule: ModuleDef = {
  name: 'papers',
  tables: [],
  implementations: () => [],
}
