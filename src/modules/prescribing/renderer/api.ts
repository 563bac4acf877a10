// What other screens may use of prescribing: opening its dialogs in the chart of the patient who is open.
export { type MedicineTask, startTask as openMedicineTask } from './tasks.ts'
