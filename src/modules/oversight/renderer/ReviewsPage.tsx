// What the privacy officer has to look at: the overdue first, the answered to look up.
import { useState } from 'react'
import { useSearchParams } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { useTitle } from '#renderer/app/title.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { oversight, type Review, type ReviewFilter, reviewFilters } from '../shared/contract.ts'
import { ListCard, pageLength } from './ListCard.tsx'
import { ReviewDialog } from './ReviewDialog.tsx'
import { ReviewTag, useOversightWords } from './words.tsx'
import './oversight.css'

export function ReviewsPage() {
  const { t, f } = useOversightWords()
  useTitle(t('reviews.title'))
  const [params, setParams] = useSearchParams()
  const asked = params.get('show')
  const filter: ReviewFilter = reviewFilters.find((known) => known === asked) ?? 'open'
  const [open, setOpen] = useState<Review | null>(null)
  const [limit, setLimit] = useState(pageLength)
  const read = useRead(oversight, 'reviews', { filter, limit }, { keepPrevious: true })
  const counts = useRead(oversight, 'reviewCounts', {})
  return (
    <div className="os-page">
      <PageHeader
        title={t('reviews.title')}
        meta={
          counts.data
            ? t('home.counts', { open: f.number(counts.data.open), overdue: f.number(counts.data.overdue) })
            : null
        }
      />
      <RadioRow
        label={t('reviews.show')}
        value={filter}
        onChange={(show) => setParams({ show }, { replace: true })}
        choices={reviewFilters.map((value) => ({ value, label: t(`reviews.${value}`) }))}
      />
      <ListCard title={t('reviews.title')} query={read} limit={limit} onLimit={setLimit}>
        {({ reviews }) => <ReviewTable reviews={reviews} onOpen={setOpen} />}
      </ListCard>
      {open ? <ReviewDialog key={open.id} review={open} onClose={() => setOpen(null)} /> : null}
    </div>
  )
}

interface ReviewTableProps {
  readonly reviews: readonly Review[]
  readonly onOpen: (review: Review) => void
}

export function ReviewTable({ reviews, onOpen }: ReviewTableProps) {
  const { t, f, say, why } = useOversightWords()
  const columns: readonly Column<Review>[] = [
    {
      key: 'what',
      head: t('reviews.what'),
      rowHeader: true,
      cell: (r) => (
        <span className="ov-what">
          <span>{say(r)}</span>
          {r.kind === 'snooping' ? <span className="os-dim os-sm">{why(r)}</span> : null}
        </span>
      ),
    },
    { key: 'who', head: t('reviews.who'), optional: true, cell: (r) => <bdi>{r.aboutUserName ?? ''}</bdi> },
    {
      key: 'patient',
      head: t('reviews.patient'),
      optional: true,
      cell: (r) => <bdi>{r.patientName ?? ''}</bdi>,
    },
    { key: 'state', head: t('reviews.state'), cell: (r) => <ReviewTag review={r} /> },
    {
      key: 'due',
      head: t('reviews.due'),
      align: 'end',
      optional: true,
      cell: (r) => <span className="os-dim ov-nowrap">{f.instant(r.dueAt, 'short-date-time')}</span>,
    },
  ]
  return (
    <Table
      label={t('reviews.title')}
      columns={columns}
      rows={reviews}
      rowKey={(r) => r.id}
      onOpen={onOpen}
      empty={<EmptyState small title={t('reviews.empty')} text={t('reviews.emptyText')} />}
    />
  )
}
