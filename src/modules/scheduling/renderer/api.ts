// What other modules' screens may use of scheduling.
export { BookDialog, type BookStart } from './booking/BookDialog.tsx'
export { BookForPatient } from './patient/BookAction.tsx'
export { PatientAppointments } from './patient/PatientAppointments.tsx'
