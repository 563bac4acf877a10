// Vitals: procedure to function, nothing else. Rows are the chart's; this module has no table.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { vitals } from '../shared/contract.ts'
import { sheet, takeVitals, withdrawVitals } from './service.ts'

export const vitalsModule: ModuleDef = {
  name: 'vitals',
  tables: [],
  implementations: () => [implement(vitals, { sheet, take: takeVitals, withdraw: withdrawVitals })],
}
