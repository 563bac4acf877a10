// What other modules ask: whether a record, or an item of it, may be used for a purpose at all; and a record as FHIR and C-CDA.
export { type Item, mayUse, type Purpose, purposes } from './restrictions.ts'
export { ccdaPieces } from './ccda/document.ts'
export { gather } from './gather.ts'
export { bundleText } from './export.ts'
export { asCcda, loadRecord, resourcesOf } from './load-record.ts'
