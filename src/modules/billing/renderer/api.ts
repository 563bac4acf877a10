// What other modules' screens may use of billing: checking a patient out, what a patient owes, where papers go.
export { BalanceCard } from './BalanceCard.tsx'
export { CheckoutDialog, type CheckoutDialogProps } from './CheckoutDialog.tsx'
export { registerPaperPrinter } from './print-hook.ts'
