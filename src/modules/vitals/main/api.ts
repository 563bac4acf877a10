// What other modules may use of vitals: taking them, and taking them back, as part of a larger act; what was taken lately.
export { takeVitals, withdrawVitals } from './service.ts'
export { type Mark, takenByPatient, type TakenInVisit } from './taken.ts'
