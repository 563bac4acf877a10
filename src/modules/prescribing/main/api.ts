// What other modules may use of prescribing: what a patient takes, and a signed script as it is printed.
export { activeMedicines } from './medicines.ts'
export { prescriptionPaper } from './scripts.ts'
