// What other modules may use of the chart: its tables to write to, visits, and what may be said about allergies.
export { allergyStateOf, isInForce as isAllergyInForce, recordNoKnownAllergies } from './allergies.ts'
export {
  finishEncounter,
  openEncounter,
  restoreEncounter,
  type Visit,
  visitOf,
  withdrawEmptyEncounter,
} from './encounters.ts'
export { requirePatient } from './patient.ts'
export { chartTables } from './tables.ts'
