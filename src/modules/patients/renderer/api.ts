// What other modules' screens may use of patients: the banner, and the guard that binds a window to one patient.
export { type PatientContext, usePatientContext } from './patient-context.ts'
export { PatientBanner, type PatientBannerProps } from './PatientBanner.tsx'
// Finding people and registering them in short, where a screen of another module begins with a person.
export { useListKeys } from './list-keys.ts'
export { PatientFacts, PatientState } from './PatientFacts.tsx'
export { usePatientPath } from './patient-path.ts'
export { usePatientSearch } from './patient-search.ts'
export { type ShortForm, ShortPatientForm } from './ShortPatientForm.tsx'
