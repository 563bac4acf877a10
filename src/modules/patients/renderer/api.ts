// What other modules' screens may use of patients: the banner, and the guard that binds a window to one patient.
export { type PatientContext, usePatientContext } from './patient-context.ts'
export { PatientBanner, type PatientBannerProps } from './PatientBanner.tsx'
export { usePatientPath } from './patient-path.ts'
