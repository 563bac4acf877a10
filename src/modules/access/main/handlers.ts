// Access: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'
import * as tables from './tables.ts'

export const accessModule: ModuleDef = {
  name: 'access',
  tables: Object.values(tables),
  implementations: () => [],
}
