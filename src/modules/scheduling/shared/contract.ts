// What the scheduling module offers, to whom, and what is written down about it. Read this page first.
// Every date and minute here is on the wall clock of the clinic's time zone; instants are named `...At`.
// The parts stand beside each other: setup, the calendar and booking, series, waitlist.
import { contract } from '#shared/contract.ts'
import { bookingProcedures } from './booking-contract.ts'
import { calendarProcedures } from './calendar-contract.ts'
import { seriesProcedures } from './series-contract.ts'
import { setupProcedures } from './setup-contract.ts'
import { waitlistProcedures } from './waitlist-contract.ts'

export * from './setup-shapes.ts'
export * from './shapes.ts'

export const scheduling = contract('scheduling', {
  ...setupProcedures,
  ...calendarProcedures,
  ...bookingProcedures,
  ...seriesProcedures,
  ...waitlistProcedures,
})
