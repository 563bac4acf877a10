// Home: the day's date, what waits for this person, the charts they opened last.
import { useRead } from '#renderer/api/hooks.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { useMay } from '#renderer/app/access.ts'
import { todayCards } from '#renderer/app/registry.ts'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { patients } from '#modules/patients/shared/contract.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { clinicTexts } from './i18n.ts'
import './clinic.css'

export function TodayPage() {
  const t = useTexts(clinicTexts)
  const me = useMe()
  const may = useMay()
  const { date, today } = useFormats()
  useTitle(t('nav.today'))
  const recent = useRead(patients, 'recent', {}, { enabled: may('patientSearch.R') })
  const total = recent.data?.total
  return (
    <div className="os-page">
      <PageHeader
        title={date(today, 'long')}
        meta={
          <>
            <span dir="auto">{me.clinic.name}</span>
            {total ? <span>· {t('today.total', { count: total })}</span> : null}
          </>
        }
      />
      <div className="today-grid">
        {todayCards().map(({ order, Card }) => (
          <Card key={order} />
        ))}
      </div>
    </div>
  )
}
