// Reminders: procedure to function, nothing else.
import type { ModuleDef } from '#core/rpc/module.ts'

export const remindersModule: ModuleDef = {
  name: 'reminders',
  tables: [],
  implementations: () => [],
}
