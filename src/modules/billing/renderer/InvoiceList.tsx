// A long list of invoices, drawn only where it is seen; walked with the arrow keys, opened with Enter.
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useNavigate } from 'react-router'
import type { InvoiceLineItem } from '../shared/shapes.ts'
import { InvoiceState } from './InvoiceState.tsx'
import { useMoney } from './use-money.ts'

export interface InvoiceListProps {
  readonly invoices: readonly InvoiceLineItem[]
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly loadMore: () => void
}

const rowHeight = 48

export function InvoiceList({ invoices, hasMore, loadMore }: InvoiceListProps) {
  const { t } = useMoney()
  const navigate = useNavigate()
  const box = useRef<HTMLDivElement>(null)
  const [active, setActive] = useState(0)
  // oxlint-disable-next-line react/incompatible-library -- the compiler leaves this component alone, which is right here
  const virtual = useVirtualizer({
    count: invoices.length,
    getScrollElement: () => box.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => invoices[index]?.id ?? index,
    overscan: 10,
  })
  const seen = virtual.getVirtualItems()
  const lastSeen = seen.at(-1)?.index ?? 0
  useEffect(() => {
    if (hasMore && lastSeen >= invoices.length - 15) loadMore()
  }, [hasMore, lastSeen, invoices.length, loadMore])
  const open = (invoice: InvoiceLineItem | undefined) => {
    if (invoice) void navigate(`/billing/invoices/${invoice.patientId}/${invoice.id}`)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + 10,
      PageUp: active - 10,
      Home: 0,
      End: invoices.length - 1,
    }
    const to = moves[event.key]
    if (to !== undefined) {
      event.preventDefault()
      const next = Math.max(0, Math.min(invoices.length - 1, to))
      setActive(next)
      virtual.scrollToIndex(next)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      open(invoices[active])
    }
  }
  return (
    <div className="os-card bl-list">
      <div className="bl-row bl-head" aria-hidden="true">
        <span>{t('list.number')}</span>
        <span>{t('list.patient')}</span>
        <span className="bl-wide">{t('list.date')}</span>
        <span>{t('list.state')}</span>
        <span className="os-end bl-wide">{t('list.total')}</span>
        <span className="os-end">{t('list.due')}</span>
      </div>
      <div
        ref={box}
        className="bl-scroll"
        role="listbox"
        aria-label={t('nav.invoices')}
        tabIndex={0}
        aria-activedescendant={invoices[active] ? `bl-${invoices[active].id}` : undefined}
        onKeyDown={onKeyDown}
      >
        <div className="bl-seen" role="presentation" style={{ blockSize: virtual.getTotalSize() }}>
          {seen.map((item) => {
            const invoice = invoices[item.index]
            return invoice ? (
              // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/interactive-supports-focus -- the listbox around it holds the focus, takes the keys and names the active option
              <div
                key={item.key}
                id={`bl-${invoice.id}`}
                role="option"
                aria-selected={item.index === active}
                className={`bl-row bl-line ${item.index === active ? 'bl-active' : ''}`}
                style={{ transform: `translateY(${item.start}px)`, blockSize: rowHeight }}
                onClick={() => open(invoice)}
              >
                <InvoiceCells invoice={invoice} />
              </div>
            ) : null
          })}
        </div>
      </div>
    </div>
  )
}

function InvoiceCells({ invoice }: { invoice: InvoiceLineItem }) {
  const { formats } = useMoney()
  const { currency } = invoice
  return (
    <>
      <span className="bl-number">
        <bdi dir="ltr">{invoice.number}</bdi>
      </span>
      <span className="os-clip">
        <bdi>{invoice.patientName}</bdi> <span className="os-dim os-sm">{invoice.recordNumber}</span>
      </span>
      <span className="os-dim bl-wide">{formats.date(invoice.issuedOn)}</span>
      <span>
        <InvoiceState state={invoice.state} />
      </span>
      <span className="os-end os-num bl-wide">{formats.money(invoice.totalMinor, currency)}</span>
      <span className="os-end os-num">
        {invoice.dueMinor === 0 ? '' : <strong>{formats.money(invoice.dueMinor, currency)}</strong>}
      </span>
    </>
  )
}
