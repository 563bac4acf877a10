// What other modules may use of the chart: its tables to write to, visits, and what may be said about allergies.
export {
  allergiesOfMany,
  allergyLinesOf,
  allergyStateOf,
  isAbsence,
  isInForce,
  recordNoKnownAllergies,
  saysNoneKnown,
  withdrawNoKnownAllergies,
} from './allergies.ts'
export {
  finishEncounter,
  type NewEncounter,
  openEncounter,
  openVisitsOf,
  reopenEncounter,
  restoreEncounter,
  setVisitReason,
  startEncounter,
  type Visit,
  visitOf,
  withdrawEmptyEncounter,
} from './encounters.ts'
export { currentMedicinesOf } from './current-medicines.ts'
export { activeConditionStatuses } from './queries.ts'
export { requirePatient } from './patient.ts'
export { chartTables } from './tables.ts'
export { vitalsOf as latestVitalsOf } from './vitals.ts'
