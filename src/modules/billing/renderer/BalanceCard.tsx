// On a patient's details: what they owe, and the way to their account.
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { billing } from '../shared/contract.ts'
import type { Account } from '../shared/shapes.ts'
import { CheckoutDialog } from './CheckoutDialog.tsx'
import { billingTexts } from './i18n.ts'
import { useMoney } from './use-money.ts'

export function BalanceCard({ patientId }: { patientId: Account['patientId'] }) {
  const { role } = useMe()
  const may = useMay()
  if (!may('invoices.R') || role === 'patient' || role === 'admin') return null
  return <Balance patientId={patientId} mayTake={may('payments.C')} />
}

function Balance({ patientId, mayTake }: { patientId: Account['patientId']; mayTake: boolean }) {
  const { t, formats } = useMoney()
  const read = useRead(billing, 'account', { patientId })
  const [isPaying, setPaying] = useState(false)
  useShortcuts([
    {
      keys: 'p',
      labelKey: billingTexts.key('checkout.title'),
      run: () => setPaying(true),
      disabled: !mayTake || isPaying,
    },
  ])
  return (
    <Card
      title={t('balance.title')}
      actions={
        mayTake ? (
          <Button small kbd="p" onClick={() => setPaying(true)}>
            {t('checkout.title')}
          </Button>
        ) : null
      }
    >
      <QueryView query={read} small>
        {(account) => (
          <dl className="bl-sum">
            <div className="bl-sum-last">
              <dt>{t('list.toPay')}</dt>
              <dd>{formats.money(account.payableMinor, account.currency)}</dd>
            </div>
            {account.creditMinor > 0 ? (
              <div>
                <dt>{t('account.credit')}</dt>
                <dd>{formats.money(account.creditMinor, account.currency)}</dd>
              </div>
            ) : null}
          </dl>
        )}
      </QueryView>
      <p>
        <Link to={`/billing/accounts/${patientId}`}>{t('account.title')}</Link>
      </p>
      <CheckoutDialog patientId={patientId} isOpen={isPaying} onClose={() => setPaying(false)} />
    </Card>
  )
}
