// Home: the board of the day for everybody who moves patients through it, and below it what waits for this person and the
// charts they opened last. Roles without a board begin with those.
import { Board } from '#modules/board/renderer/api.ts'
import { patients } from '#modules/patients/shared/contract.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { useMay } from '#renderer/app/access.ts'
import { todayCards } from '#renderer/app/registry.ts'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { clinicTexts } from './i18n.ts'
import './clinic.css'

export function TodayPage() {
  const t = useTexts(clinicTexts)
  const may = useMay()
  useTitle(t('nav.today'))
  // Billing sees the day too; the administrator keeps the clinic and sees nobody's visit.
  const hasBoard = may('checkIn.R') && may('appointments.R')
  return (
    <div className="os-page">
      {hasBoard ? <Board /> : <PlainHead />}
      <div className={hasBoard ? 'today-grid today-below' : 'today-grid'}>
        {todayCards().map(({ order, Card }) => (
          <Card key={order} />
        ))}
      </div>
    </div>
  )
}

function PlainHead() {
  const t = useTexts(clinicTexts)
  const me = useMe()
  const may = useMay()
  const { date, today } = useFormats()
  const recent = useRead(patients, 'recent', {}, { enabled: may('patientSearch.R') })
  const total = recent.data?.total
  return (
    <PageHeader
      title={date(today, 'long')}
      meta={
        <>
          <span dir="auto">{me.clinic.name}</span>
          {total ? <span>· {t('today.total', { count: total })}</span> : null}
        </>
      }
    />
  )
}
