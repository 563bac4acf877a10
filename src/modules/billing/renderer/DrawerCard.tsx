// The first act of a day at the desk: the cash in the drawer is what it should be.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { showToast } from '#ui/toast.ts'
import { billing } from '../shared/contract.ts'
import type { Day } from '../shared/shapes.ts'
import { MoneyField } from './MoneyField.tsx'
import { amountText, readAmount } from './money-text.ts'
import { useMoney } from './use-money.ts'

export function DrawerCard({ day }: { day: Day }) {
  const { t, formats } = useMoney()
  const words = useErrorText()
  const [amount, setAmount] = useState(amountText(day.openingFloatMinor, day.currency, formats.locale))
  const floatMinor = readAmount(amount, day.currency, formats.locale)
  const isBad = floatMinor === null || floatMinor < 0
  const open = useAct(billing, 'openDrawer', { onDone: () => showToast({ text: t('drawer.done') }) })
  return (
    <Card title={t('drawer.title')}>
      <Form
        className="bl-inline"
        onSubmit={() => {
          if (!isBad) open.start({ floatMinor })
        }}
      >
        <MoneyField
          label={t('drawer.float')}
          value={amount}
          onChange={setAmount}
          currency={day.currency}
          error={isBad ? t('pay.badAmount') : open.error ? words(open.error) : null}
          autoFocus
        />
        <Button type="submit" loading={open.isPending}>
          {t('drawer.confirm')}
        </Button>
      </Form>
    </Card>
  )
}
