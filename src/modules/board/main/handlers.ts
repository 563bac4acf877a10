// Board: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'

export const boardModule: ModuleDef = {
  name: 'board',
  tables: [],
  implementations: () => [],
}
