// Codes: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'

export const codesModule: ModuleDef = {
  name: 'codes',
  tables: [],
  implementations: () => [],
}
