// Vitals: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'

export const vitalsModule: ModuleDef = {
  name: 'vitals',
  tables: [],
  implementations: () => [],
}
