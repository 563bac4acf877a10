// What guards access beyond the role matrix: a second person, emergencies, reasons, marks on sensitive parts of a record.
import { contract } from '#shared/contract.ts'
import { secondPersonProcedures } from './second-person.ts'

export const access = contract('access', {
  ...secondPersonProcedures,
})
