// On Today: overdue reviews in red for those who must see to it, and the privacy officer's own work.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState, Notice as NoticeBox } from '#ui/States.tsx'
import { oversight, type Review } from '../shared/contract.ts'
import { NoticeTable } from './NoticesPage.tsx'
import { ReviewDialog } from './ReviewDialog.tsx'
import { ReviewTable } from './ReviewsPage.tsx'
import { useOversightWords } from './words.tsx'
import './oversight.css'

export function OverdueCard() {
  const may = useMay()
  return may('reviews.R') ? <Overdue /> : null
}

function Overdue() {
  const { t } = useOversightWords()
  const may = useMay()
  const navigate = useNavigate()
  const { data } = useRead(oversight, 'reviewCounts', {}, { everyMs: 5 * 60_000 })
  if (!data || data.overdue === 0) return null
  return (
    <NoticeBox tone="bad" title={t('home.overdue')}>
      <p>{t('home.overdueText', { count: data.overdue })}</p>
      {may('reviews.U') ? (
        <p>
          <Button small onClick={() => void navigate('/reviews?show=overdue')}>
            {t('home.open')}
          </Button>
        </p>
      ) : null}
    </NoticeBox>
  )
}

export function OpenReviewsCard() {
  const may = useMay()
  return may('reviews.U') ? <OpenReviews /> : null
}

function OpenReviews() {
  const { t } = useOversightWords()
  const navigate = useNavigate()
  const [open, setOpen] = useState<Review | null>(null)
  const { data } = useRead(oversight, 'reviews', { filter: 'open', limit: 5 })
  return (
    <Card
      title={t('home.open')}
      padded={false}
      actions={
        <Button small onClick={() => void navigate('/reviews')}>
          {t('home.all')}
        </Button>
      }
    >
      {data && data.reviews.length > 0 ? (
        <ReviewTable reviews={data.reviews} onOpen={setOpen} />
      ) : (
        <EmptyState small title={t('home.openNone')} text={t('reviews.emptyText')} />
      )}
      {open ? <ReviewDialog key={open.id} review={open} onClose={() => setOpen(null)} /> : null}
    </Card>
  )
}

export function LatestNoticesCard() {
  const may = useMay()
  return may('reviews.U') ? <LatestNotices /> : null
}

function LatestNotices() {
  const { t } = useOversightWords()
  const navigate = useNavigate()
  const { data } = useRead(oversight, 'notices', { limit: 5 })
  return (
    <Card
      title={t('home.notices')}
      padded={false}
      actions={
        <Button small onClick={() => void navigate('/notices')}>
          {t('home.all')}
        </Button>
      }
    >
      {data ? <NoticeTable notices={data.notices} /> : null}
    </Card>
  )
}
