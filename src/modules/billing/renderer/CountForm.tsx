// Counting: what should be there beside what is there, the difference at once, an explanation where there is one.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import type { TenderMethod } from '../shared/accounts.ts'
import { billing } from '../shared/contract.ts'
import type { Day } from '../shared/shapes.ts'
import { MoneyField } from './MoneyField.tsx'
import { amountText, readAmount } from './money-text.ts'
import { useMoney } from './use-money.ts'

type Typed = Partial<Record<TenderMethod, string>>

export function CountForm({ day }: { day: Day }) {
  const { t, formats, method } = useMoney()
  const words = useErrorText()
  const { currency, tenders } = day
  // Cards and transfers are what the terminal and the bank say: proposed. Cash is counted by hand.
  const [typed, setTyped] = useState<Typed>({})
  const [float, setFloat] = useState<string | null>(null)
  const [explanation, setExplanation] = useState('')
  const [isAsked, setAsked] = useState(false)
  const textOf = (tender: Day['tenders'][number]) =>
    typed[tender.method] ??
    (tender.method === 'cash' ? '' : amountText(tender.expectedMinor, currency, formats.locale))
  const counts = tenders.map((tender) => ({
    tender,
    countedMinor: readAmount(textOf(tender), currency, formats.locale),
  }))
  const cashMinor = counts.find((count) => count.tender.method === 'cash')?.countedMinor ?? 0
  const floatText =
    float ?? amountText(Math.min(day.openingFloatMinor, Math.max(0, cashMinor)), currency, formats.locale)
  const floatMinor = readAmount(floatText, currency, formats.locale)
  const isFloatBad = floatMinor === null || floatMinor < 0 || floatMinor > Math.max(0, cashMinor)
  const isWhole = counts.every((count) => count.countedMinor !== null)
  const differs = counts.some((c) => c.countedMinor !== null && c.countedMinor !== c.tender.expectedMinor)
  const lacksReason = differs && explanation.trim().length < 5
  const close = useAct(billing, 'closeDay', { onDone: () => showToast({ text: t('count.done') }) })
  const submit = () => {
    setAsked(true)
    if (!isWhole || isFloatBad || lacksReason) return
    close.start({
      date: day.date,
      counted: counts.map(({ tender, countedMinor }) => ({
        method: tender.method,
        countedMinor: countedMinor ?? 0,
        expectedMinor: tender.expectedMinor,
      })),
      floatMinor,
      explanation: explanation.trim() || null,
    })
  }
  return (
    <Card title={t('count.title')}>
      <Form onSubmit={submit}>
        {counts.map(({ tender, countedMinor }) => (
          <div key={tender.method} className="bl-count">
            <MoneyField
              label={t('count.of', { method: method(tender.method) })}
              value={textOf(tender)}
              onChange={(text) => setTyped((now) => ({ ...now, [tender.method]: text }))}
              // In the morning the drawer is confirmed first.
              autoFocus={tender.method === 'cash' && day.openedBy !== null}
              currency={currency}
              hint={t('count.expected', { amount: formats.money(tender.expectedMinor, currency) })}
              error={isAsked && countedMinor === null ? t('pay.badAmount') : null}
            />
            <Difference
              minor={countedMinor === null ? null : countedMinor - tender.expectedMinor}
              currency={currency}
            />
          </div>
        ))}
        {differs ? (
          <TextAreaField
            label={t('count.explain')}
            value={explanation}
            onChange={setExplanation}
            rows={2}
            maxLength={500}
            error={isAsked && lacksReason ? t('reason.needed') : null}
          />
        ) : null}
        <MoneyField
          label={t('count.float')}
          value={floatText}
          onChange={setFloat}
          currency={currency}
          hint={
            isFloatBad
              ? undefined
              : t('count.deposit', { amount: formats.money(Math.max(0, cashMinor) - floatMinor, currency) })
          }
          error={isAsked && isFloatBad ? t('count.badFloat') : null}
        />
        {close.error ? (
          <p className="os-error" role="alert">
            {words(close.error)}
          </p>
        ) : null}
        <div>
          <Button type="submit" intent="primary" kbd="Enter" loading={close.isPending}>
            {t('count.close')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

function Difference({ minor, currency }: { minor: number | null; currency: string }) {
  const { t, formats } = useMoney()
  if (minor === null) return <span className="bl-diff" />
  if (minor === 0) return <span className="bl-diff bl-diff-ok">{t('count.right')}</span>
  return (
    <span className="bl-diff bl-diff-bad" aria-live="polite">
      {t(minor < 0 ? 'count.short' : 'count.over', { amount: formats.money(Math.abs(minor), currency) })}
    </span>
  )
}
