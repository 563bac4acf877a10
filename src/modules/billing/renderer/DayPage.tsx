// Opening and closing a day: what is left loose, what should be in the drawer, what is there, and the lock.
import { useState } from 'react'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useTitle } from '#renderer/app/title.ts'
import { Button } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { addDays } from '#shared/zoned-time.ts'
import { billing } from '../shared/contract.ts'
import type { Day } from '../shared/shapes.ts'
import { BillingFrame } from './BillingFrame.tsx'
import { ClosedDay } from './ClosedDay.tsx'
import { CountForm } from './CountForm.tsx'
import { DayTotals } from './DayTotals.tsx'
import { DrawerCard } from './DrawerCard.tsx'
import { LooseEndsCard } from './LooseEndsCard.tsx'
import { ReasonDialog } from './ReasonDialogs.tsx'
import { useMoney } from './use-money.ts'

export function DayPage() {
  const { t } = useMoney()
  useTitle(t('nav.day'))
  const [date, setDate] = useState<string | null>(null)
  const read = useRead(billing, 'day', { date }, { keepPrevious: true })
  return (
    <BillingFrame actions={read.data ? <DaySwitch day={read.data} onChange={setDate} /> : null}>
      <QueryView query={read}>{(day) => <DayBody key={`${day.date} ${day.state}`} day={day} />}</QueryView>
    </BillingFrame>
  )
}

function DaySwitch({ day, onChange }: { day: Day; onChange: (date: string) => void }) {
  const { t, formats } = useMoney()
  return (
    <span className="bl-days">
      <Button small onClick={() => onChange(addDays(day.date, -1))}>
        {t('day.before')}
      </Button>
      <strong>{formats.date(day.date, 'long')}</strong>
      <Tag tone={day.state === 'closed' ? 'ok' : 'info'}>{t(`day.${day.state}`)}</Tag>
      <Button small disabled={day.date >= day.today} onClick={() => onChange(addDays(day.date, 1))}>
        {t('day.after')}
      </Button>
    </span>
  )
}

function DayBody({ day }: { day: Day }) {
  const { t, formats } = useMoney()
  const may = useMay()
  const isOpen = day.state === 'open'
  const isToday = day.date === day.today
  const mayClose = may('dayClose.C') && isOpen && day.date <= day.today
  const earlier = day.earlierOpen.map((date) => formats.date(date, 'medium'))
  return (
    <>
      {earlier.length > 0 ? (
        <Notice tone="warn">
          {t('day.earlier', { count: earlier.length, dates: formats.list(earlier) })}
        </Notice>
      ) : null}
      {!isOpen && isToday && day.lockedUntil ? (
        <Notice tone="info">
          {t('day.countsFor', { date: formats.date(addDays(day.lockedUntil, 1), 'long') })}
        </Notice>
      ) : null}
      <div className="bl-columns">
        <div className="os-stack">
          {isOpen && isToday && day.openedBy === null && may('dayClose.C') ? <DrawerCard day={day} /> : null}
          {day.looseEnds && isOpen ? <LooseEndsCard ends={day.looseEnds} currency={day.currency} /> : null}
          <DayTotals day={day} />
        </div>
        <div className="os-stack">
          {mayClose ? <CountForm day={day} /> : null}
          {day.closes.length > 0 || day.reopenings.length > 0 ? <ClosedDay day={day} /> : null}
          {!isOpen && day.lockedUntil === day.date && may('dayClose.M') ? <Reopen day={day} /> : null}
        </div>
      </div>
    </>
  )
}

function Reopen({ day }: { day: Day }) {
  const { t, formats } = useMoney()
  const [isAsking, setAsking] = useState(false)
  const reopen = useAct(billing, 'reopenDay', {
    onDone: () => {
      setAsking(false)
      showToast({ text: t('day.reopened') })
    },
  })
  return (
    <>
      <Button onClick={() => setAsking(true)}>{t('day.reopen')}</Button>
      {isAsking ? (
        <ReasonDialog
          title={t('day.reopenTitle', { date: formats.date(day.date, 'long') })}
          text={t('day.reopenText')}
          submitLabel={t('day.reopen')}
          isBusy={reopen.isPending}
          error={reopen.error}
          onClose={() => setAsking(false)}
          onSubmit={(reason) => reopen.start({ date: day.date, reason })}
        />
      ) : null}
    </>
  )
}
