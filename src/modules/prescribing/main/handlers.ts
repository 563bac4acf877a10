// Prescribing: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'

export const prescribingModule: ModuleDef = {
  name: 'prescribing',
  tables: [],
  implementations: () => [],
}
