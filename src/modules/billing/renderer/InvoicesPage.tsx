// Invoices over all patients: the ones with something due, or all; found by number or by the patient's name.
import { Document } from '@blueprintjs/icons'
import { useEffect, useRef, useState } from 'react'
import { QueryError } from '#renderer/api/QueryView.tsx'
import { useRead } from '#renderer/api/hooks.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { RadioRow } from '#ui/SelectField.tsx'
import { EmptyState, Skeleton } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { billing } from '../shared/contract.ts'
import { BillingFrame } from './BillingFrame.tsx'
import { billingTexts } from './i18n.ts'
import { InvoiceList } from './InvoiceList.tsx'
import { useInvoices } from './use-invoices.ts'
import { useMoney } from './use-money.ts'

export function InvoicesPage() {
  const { t, formats } = useMoney()
  useTitle(t('nav.invoices'))
  const [state, setState] = useState<'open' | 'all'>('open')
  const [typed, setTyped] = useState('')
  const text = useSettled(typed.trim())
  const box = useRef<HTMLInputElement>(null)
  const list = useInvoices(state, text)
  const totals = useRead(billing, 'invoices', { limit: 1, withTotals: true }, { staleMs: 60_000 }).data
  useShortcuts([{ keys: 'f', labelKey: billingTexts.key('invoices.find'), run: () => box.current?.focus() }])
  const meta =
    totals && totals.openCount !== null && totals.openDueMinor !== null
      ? t('invoices.totals', {
          count: totals.openCount,
          amount: formats.money(totals.openDueMinor, totals.currency),
        })
      : null
  return (
    <BillingFrame meta={meta}>
      <div className="bl-filters">
        <TextField
          label={t('invoices.find')}
          value={typed}
          onChange={setTyped}
          inputMode="search"
          placeholder={t('invoices.findHint')}
          maxLength={100}
          inputRef={box}
          autoFocus
        />
        <RadioRow
          label={t('invoices.show')}
          value={state}
          onChange={setState}
          choices={[
            { value: 'open', label: t('invoices.open') },
            { value: 'all', label: t('invoices.all') },
          ]}
        />
      </div>
      {list.error ? <QueryError error={list.error} onRetry={list.retry} /> : null}
      {list.invoices === undefined ? (
        list.error ? null : (
          <Skeleton lines={8} />
        )
      ) : list.invoices.length === 0 ? (
        <EmptyState
          icon={<Document size={32} />}
          title={t(text === '' ? 'invoices.emptyTitle' : 'invoices.noneTitle')}
          text={t(text === '' ? 'invoices.emptyText' : 'invoices.noneText')}
        />
      ) : (
        <InvoiceList
          invoices={list.invoices}
          hasMore={list.hasMore}
          isLoadingMore={list.isLoadingMore}
          loadMore={list.loadMore}
        />
      )}
    </BillingFrame>
  )
}

/** What was typed once typing pauses: each answer names patients in the audit log. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), 250)
    return () => clearTimeout(timer)
  }, [text])
  return settled
}
