// What other modules' screens may use of billing: checking a patient out, what a patient owes.
export { CheckoutDialog, type CheckoutDialogProps } from './CheckoutDialog.tsx'
