// What other screens may use of people: the one-time code, shown once, wherever the act that makes it is done.
export type { NewCode } from './AddPersonDialog.tsx'
export { CodeDialog } from './CodeDialog.tsx'
