// In an open chart: the doctor puts a service on the patient's bill, without seeing the patient's money.
import { useState } from 'react'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { useMay } from '#renderer/app/access.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { AddCharge } from './AddCharge.tsx'
import { useMoney } from './use-money.ts'
import './billing.css'

export function ChargeAction({ patientId }: ChartActionProps) {
  const { t } = useMoney()
  const may = useMay()
  const [isOpen, setOpen] = useState(false)
  // Whoever takes money has the account for it.
  if (!may('charges.C') || may('payments.C')) return null
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('charge.action')}</Button>
      {isOpen ? <ChargeDialog key={patientId} patientId={patientId} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

/** Each choice is charged at once and named in a message with Undo. */
function ChargeDialog({ patientId, onClose }: ChartActionProps & { readonly onClose: () => void }) {
  const { t } = useMoney()
  return (
    <Dialog title={t('charge.actionTitle')} isOpen onClose={onClose}>
      <div className="os-stack">
        <AddCharge patientId={patientId} autoFocus />
        <p className="os-dim">{t('charge.actionHint')}</p>
      </div>
    </Dialog>
  )
}
