// What other modules ask of backups: where an erased record stays readable beside the database.
export { copiesBeside, copiesLeft } from './leftovers.ts'
