// What the folders below need of the contract, by a short way.
export type { Alert } from '../shared/shapes.ts'
export type { DoseUnit } from '../shared/sig/index.ts'
