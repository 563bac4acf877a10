// What other modules and the command line call. An act that lets data out to somebody outside writes it down in the same
// transaction; an export is checked without the clinic.
export { type NewDisclosure, recipientsOf, recordDisclosure } from './disclosures.ts'
export { checkExport, type ExportCheck } from './export.ts'
