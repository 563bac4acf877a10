// Visits that lie in time off or outside of the hours and have to be moved: each with its way to another time.
import { useState } from 'react'
import { Link, useSearchParams } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Id } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { type Appointment, scheduling } from '../shared/contract.ts'
import { schedulingTexts } from './i18n.ts'
import { placeName, momentWords, typeName, useWords } from './use-words.ts'
import { isKnown, type KnownVisit } from './visit-acts.ts'
import { RebookDialog } from './visit/RebookDialog.tsx'
import './scheduling.css'

export function DisplacedPage() {
  const t = useTexts(schedulingTexts)
  useTitle(t('displaced.title'))
  const words = useWords()
  const may = useMay()
  const [params] = useSearchParams()
  const absence = Id.safeParse(params.get('absence'))
  const list = useRead(scheduling, 'displaced', {
    absenceId: absence.success ? absence.data : null,
    days: 92,
  })
  const setup = useRead(scheduling, 'setup', {}, { staleMs: 60_000 })
  const [moving, setMoving] = useState<KnownVisit | null>(null)
  const columns: Column<Appointment>[] = [
    {
      key: 'who',
      head: t('book.patient'),
      rowHeader: true,
      cell: (visit) => <bdi>{visit.patientName ?? t('visit.taken')}</bdi>,
    },
    {
      key: 'when',
      head: t('book.when'),
      cell: (visit) => <Link to={`/schedule?day=${visit.date}`}>{momentWords(visit, words)}</Link>,
    },
    {
      key: 'what',
      head: t('book.type'),
      optional: true,
      cell: (visit) =>
        setup.data
          ? [typeName(setup.data, visit.visitTypeId), placeName(setup.data, visit.providerId)]
              .filter(Boolean)
              .join(' · ')
          : '',
    },
    {
      key: 'phone',
      head: t('displaced.phone'),
      optional: true,
      cell: (visit) => <bdi>{visit.phone ?? ''}</bdi>,
    },
    {
      key: 'act',
      head: <span className="os-sr">{t('act.move')}</span>,
      align: 'end',
      cell: (visit) =>
        isKnown(visit) && may('appointments.U') ? (
          <Button
            small
            onClick={() => setMoving(visit)}
            label={t('displaced.moveName', { name: visit.patientName ?? '' })}
          >
            {t('act.move')}
          </Button>
        ) : null,
    },
  ]
  return (
    <div className="os-page">
      <PageHeader
        title={t('displaced.title')}
        meta={
          <Link to="/schedule" className="sc-back">
            {t('waitlist.back')}
          </Link>
        }
      />
      <QueryView query={list}>
        {({ appointments, more }) => (
          <Card padded={false} label={t('displaced.title')}>
            <Table
              label={t('displaced.title')}
              columns={columns}
              rows={appointments}
              rowKey={(visit) => visit.id}
              empty={<EmptyState title={t('displaced.none')} text={t('displaced.noneText')} />}
            />
            {more ? <p className="sc-pages os-dim">{t('displaced.more')}</p> : null}
          </Card>
        )}
      </QueryView>
      {moving && setup.data ? (
        <RebookDialog visit={moving} setup={setup.data} onClose={() => setMoving(null)} />
      ) : null}
    </div>
  )
}
