// What other screens may use of sessions: a colleague's sign-ins, for the page of people.
export { PersonSignInsDialog, type PersonSignInsDialogProps } from './PersonSignInsDialog.tsx'
