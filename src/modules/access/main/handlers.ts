// Access: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { access } from '../shared/contract.ts'
import { fourEyesGate } from './four-eyes-gate.ts'
import { approve, approveWithKit, decline, listRequests, withdraw } from './second-person.ts'
import * as tables from './tables.ts'

export const accessModule: ModuleDef = {
  name: 'access',
  tables: Object.values(tables),
  gates: (services) => [fourEyesGate(services)],
  implementations: (services) => [
    implement(access, {
      listRequests,
      approve,
      approveWithKit: approveWithKit(services),
      decline,
      withdraw,
    }),
  ],
}
