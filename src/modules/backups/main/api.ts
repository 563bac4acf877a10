// What other modules ask of backups: where an erased record stays readable beside the database, and which backups the
// present kit does not open.
export { copiesBeside, copiesLeft } from './leftovers.ts'
export { otherKitOf } from './reseal.ts'
