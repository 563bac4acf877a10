// Oversight: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'
import * as tables from './tables.ts'

export const oversightModule: ModuleDef = {
  name: 'oversight',
  tables: Object.values(tables),
  implementations: () => [],
}
