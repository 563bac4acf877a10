// What posting will do, said before it is done: change to give back, or what stays to be paid.
import type { Outlook } from './money-text.ts'
import { useMoney } from './use-money.ts'

interface OutlookLineProps {
  readonly outlook: Outlook
  readonly currency: string
  readonly keepsRest: boolean
}

export function OutlookLine({ outlook, currency, keepsRest }: OutlookLineProps) {
  const { t, formats } = useMoney()
  if (outlook.kind === 'exact') return <p className="bl-outlook" aria-live="polite" />
  const amount = formats.money(outlook.minor, currency)
  const kind = keepsRest && outlook.kind !== 'left' ? 'kept' : outlook.kind
  return (
    <p className={`bl-outlook bl-outlook-${kind}`} aria-live="polite">
      {t(`outlook.${kind}`, { amount })}
    </p>
  )
}
