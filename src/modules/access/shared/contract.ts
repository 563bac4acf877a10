// What guards access beyond the role matrix: a second person, emergencies, reasons, marks on sensitive parts of a record.
// The procedures of each stand in a file of their own beside this one.
import { contract } from '#shared/contract.ts'
import { emergencyProcedures } from './emergency.ts'
import { markProcedures } from './marks.ts'
import { policyProcedures } from './policy.ts'
import { secondPersonProcedures } from './second-person.ts'

export const access = contract('access', {
  ...secondPersonProcedures,
  ...emergencyProcedures,
  ...markProcedures,
  ...policyProcedures,
})
