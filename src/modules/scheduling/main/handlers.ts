// Scheduling: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'

export const schedulingModule: ModuleDef = {
  name: 'scheduling',
  tables: [],
  implementations: () => [],
}
