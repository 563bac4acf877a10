// Access: procedure to function, and the gates every call passes, in the order in which they are asked.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { access } from '../shared/contract.ts'
import { bulkMeter } from './bulk-meter.ts'
import { breakGlass, byEmergency, emergency, endBreakGlass, safetySet } from './emergency.ts'
import { fourEyesGate } from './four-eyes-gate.ts'
import { listMarks, removeMark, restoreMark, setMark, setReaders } from './marks.ts'
import { getPolicy, savePolicy } from './policy.ts'
import { giveReason, reasonGate } from './reason-gate.ts'
import { approve, approveWithKit, decline, listRequests, withdraw } from './second-person.ts'
import * as tables from './tables.ts'
import { visibilityGate } from './visibility-gate.ts'

export const accessModule: ModuleDef = {
  name: 'access',
  tables: Object.values(tables),
  relations: [byEmergency],
  // What is hidden answers as if it were not there, before anything else is asked about it.
  gates: (services) => [visibilityGate, reasonGate(services), bulkMeter(), fourEyesGate(services)],
  implementations: (services) => [
    implement(access, {
      listRequests,
      approve,
      approveWithKit: approveWithKit(services),
      decline,
      withdraw,
      breakGlass,
      endBreakGlass,
      emergency,
      safetySet,
      giveReason,
      marks: listMarks,
      setMark,
      setReaders,
      removeMark,
      restoreMark,
      policy: getPolicy,
      savePolicy,
    }),
  ],
}
