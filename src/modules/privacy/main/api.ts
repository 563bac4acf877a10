// What other modules ask: whether a record, or an item of it, may be used for a purpose at all; and a record as FHIR.
export { type Item, mayUse, type Purpose, purposes } from './restrictions.ts'
export { gather } from './gather.ts'
export { bundleText, resourcesOf } from './export.ts'
