// Open charges with what each comes to; ticked ones go on the invoice.
import { Cross } from '@blueprintjs/icons'
import { useMe } from '#renderer/api/session-store.ts'
import { IconButton } from '#ui/Button.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import type { Charge } from '../shared/shapes.ts'
import { useRemoveCharge } from './AddCharge.tsx'
import { useMoney } from './use-money.ts'

export interface ChargeListProps {
  readonly patientId: Charge['patientId']
  readonly currency: string
  readonly charges: readonly Charge[]
  /** Absent: nothing to choose, only to look at. */
  readonly chosen?: ReadonlySet<string>
  readonly onChoose?: (id: string, isChosen: boolean) => void
}

export function ChargeList({ patientId, currency, charges, chosen, onChoose }: ChargeListProps) {
  const { t, formats } = useMoney()
  const me = useMe()
  const remove = useRemoveCharge(patientId)
  const mayRemove = (charge: Charge) =>
    me.role === 'billing' || (charge.source === 'hand' && charge.enteredBy === me.name)
  return (
    <ul className="bl-charges" aria-label={t('charge.list')}>
      {charges.map((charge) => {
        const words = (
          <>
            <bdi>{charge.title}</bdi>
            {charge.quantity > 1 ? <span> × {formats.number(charge.quantity)}</span> : null}
          </>
        )
        return (
          <li key={charge.id}>
            <div className="os-grow">
              {chosen && onChoose ? (
                <Checkbox checked={chosen.has(charge.id)} onChange={(on) => onChoose(charge.id, on)}>
                  {words}
                </Checkbox>
              ) : (
                words
              )}
              <div className="os-dim os-sm bl-under">
                {formats.date(charge.serviceDate)} · <bdi>{charge.enteredBy}</bdi>
                {charge.taxMinor > 0
                  ? ` · ${t('charge.tax', { amount: formats.money(charge.taxMinor, currency) })}`
                  : ''}
              </div>
            </div>
            <span className="os-num">{formats.money(charge.totalMinor, currency)}</span>
            {mayRemove(charge) ? (
              <IconButton
                icon={<Cross />}
                label={t('charge.remove', { title: charge.title })}
                onClick={() => remove(charge)}
              />
            ) : null}
          </li>
        )
      })}
    </ul>
  )
}
