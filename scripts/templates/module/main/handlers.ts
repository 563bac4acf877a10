// __Title__: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { __camel__ } from '../shared/contract.ts'
import { add, list } from './service.ts'
import * as tables from './tables.ts'

export const __camel__Module: ModuleDef = {
  name: '__camel__',
  tables: Object.values(tables),
  implementations: () => [implement(__camel__, { list, add })],
}
