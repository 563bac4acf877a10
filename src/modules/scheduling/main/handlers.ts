// Scheduling: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'
import * as tables from './tables.ts'

export const schedulingModule: ModuleDef = {
  name: 'scheduling',
  tables: Object.values(tables),
  implementations: () => [],
}
