// What other modules may use of vitals: taking them, and taking them back, as part of a larger act.
export { takeVitals, withdrawVitals } from './service.ts'
