// A service put on the bill: chosen by typing a part of its name or code, one click to take it off again.
import { useState } from 'react'
import { errorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { ComboField } from '#ui/ComboField.tsx'
import { showToast } from '#ui/toast.ts'
import { billing } from '../shared/contract.ts'
import type { Charge } from '../shared/shapes.ts'
import { useMoney } from './use-money.ts'

export interface AddChargeProps {
  readonly patientId: Charge['patientId']
  readonly autoFocus?: boolean
}

export function AddCharge({ patientId, autoFocus = false }: AddChargeProps) {
  const { t, formats } = useMoney()
  const schedule = useRead(billing, 'fees', {})
  // A new box after each choice, so that the next service can be typed at once.
  const [round, setRound] = useState(0)
  const remove = useRemoveCharge(patientId)
  const add = useAct(billing, 'addCharge', {
    onDone: (charge) => {
      setRound((n) => n + 1)
      showToast({ text: t('charge.added', { title: charge.title }), undo: () => remove(charge) })
    },
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  const { fees = [], currency } = schedule.data ?? {}
  const choices = fees
    .filter((fee) => fee.now !== null)
    .map((fee) => ({
      value: fee.id,
      label: `${fee.title} · ${fee.code} · ${formats.money(fee.now?.totalMinor ?? 0, currency)}`,
    }))
  return (
    <ComboField
      key={round}
      className="bl-add"
      label={t('charge.add')}
      hint={schedule.data && choices.length === 0 ? t('charge.noFees') : undefined}
      value=""
      onChange={(feeId) => add.start({ patientId, feeId })}
      choices={choices}
      emptyText={t('charge.noneFits')}
      autoFocus={autoFocus || round > 0}
    />
  )
}

/** Takes a charge off the bill, and offers to bring it back. */
export function useRemoveCharge(patientId: Charge['patientId']): (charge: Charge) => void {
  const { t } = useMoney()
  const onError = (error: Parameters<typeof errorText>[0]) =>
    showToast({ text: errorText(error), tone: 'bad' })
  const restore = useAct(billing, 'restoreCharge', { onError })
  const remove = useAct(billing, 'removeCharge', { onError })
  return (charge) =>
    remove.start({ patientId, chargeId: charge.id, rev: charge.rev }, () =>
      showToast({
        text: t('charge.removed', { title: charge.title }),
        undo: () => restore.act({ patientId, chargeId: charge.id }).then(() => undefined),
      }),
    )
}
