// Billing: procedure to function, nothing else.
import { implement } from '#core/rpc/context.ts'
import type { ModuleDef } from '#core/rpc/module.ts'
import { billing } from '../shared/contract.ts'
import { account, invoices, numbering, statement } from './account.ts'
import { addCharge, changeCharge, chargeEncounter, removeCharge, restoreCharge } from './charges.ts'
import { checkout } from './checkout.ts'
import { checkouts, closeDay, day, openDrawer, reopenDay } from './day.ts'
import { addFee, changeFee, fees, setPrice, setTaxRate } from './fees.ts'
import { creditNote, invoice, issue, undoWriteOff, writeOff } from './invoices.ts'
import { applyCredit, payment, refund, takePayment } from './payments.ts'
import * as tables from './tables.ts'

export const billingModule: ModuleDef = {
  name: 'billing',
  tables: Object.values(tables),
  implementations: () => [
    implement(billing, {
      fees,
      addFee,
      changeFee,
      setPrice,
      setTaxRate,
      addCharge,
      chargeVisit: (ctx, input) => ({ chargeId: chargeEncounter(ctx, input.patientId, input.encounterId) }),
      removeCharge,
      restoreCharge,
      changeCharge,
      account,
      statement,
      invoices,
      invoice,
      numbering,
      issue,
      checkout,
      takePayment,
      applyCredit,
      payment,
      creditNote,
      refund,
      writeOff,
      undoWriteOff,
      checkouts,
      day,
      openDrawer,
      closeDay,
      reopenDay,
    }),
  ],
}
