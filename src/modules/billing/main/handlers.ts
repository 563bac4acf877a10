// Billing: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'

export const billingModule: ModuleDef = {
  name: 'billing',
  tables: [],
  implementations: () => [],
}
