// One patient's appointments, for the page of the person: what is coming, what was, how often they did not come.
import { useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { type Appointment, type Setup, scheduling } from '#modules/scheduling/shared/contract.ts'
import { schedulingTexts } from '../i18n.ts'
import { momentWords, placeName, typeName, useWords } from '../use-words.ts'
import { BookForPatient } from './BookAction.tsx'
import '../scheduling.css'

export function PatientAppointments({ patientId }: { patientId: PatientId }) {
  const t = useTexts(schedulingTexts)
  const may = useMay()
  const [showsPast, setShowsPast] = useState(false)
  const [isBooking, setBooking] = useState(false)
  const mayRead = may('appointments.R')
  const upcoming = useRead(
    scheduling,
    'patientAppointments',
    { patientId, when: 'upcoming' },
    { enabled: mayRead },
  )
  const setup = useRead(scheduling, 'setup', {}, { staleMs: 60_000, enabled: mayRead })
  useShortcuts([
    {
      keys: 'b',
      labelKey: schedulingTexts.key('act.book'),
      run: () => setBooking(true),
      disabled: !may('appointments.C'),
    },
  ])
  if (!mayRead) return null
  return (
    <Card
      title={t('patient.title')}
      actions={
        may('appointments.C') ? (
          <Button small kbd="B" onClick={() => setBooking(true)}>
            {t('act.book')}
          </Button>
        ) : null
      }
    >
      <QueryView query={upcoming} small>
        {({ items, next, noShows, lateCancels }) => (
          <>
            {items.length === 0 ? <p className="os-dim">{t('patient.none')}</p> : null}
            <AppointmentList items={items} setup={setup.data} label={t('patient.upcoming')} />
            {next ? <p className="os-dim">{t('patient.more')}</p> : null}
            {noShows > 0 || lateCancels > 0 ? (
              <p className="sc-marks">
                {noShows > 0 ? <Tag tone="warn">{t('patient.noShows', { count: noShows })}</Tag> : null}
                {lateCancels > 0 ? <Tag>{t('patient.lateCancels', { count: lateCancels })}</Tag> : null}
              </p>
            ) : null}
          </>
        )}
      </QueryView>
      {showsPast ? (
        <PastList patientId={patientId} setup={setup.data} />
      ) : (
        <button type="button" className="sc-link" onClick={() => setShowsPast(true)}>
          {t('patient.showPast')}
        </button>
      )}
      {isBooking ? <BookForPatient patientId={patientId} onClose={() => setBooking(false)} /> : null}
    </Card>
  )
}

function PastList({ patientId, setup }: { patientId: PatientId; setup: Setup | undefined }) {
  const t = useTexts(schedulingTexts)
  const [cursors, setCursors] = useState<readonly string[]>([])
  const past = useRead(scheduling, 'patientAppointments', {
    patientId,
    when: 'past',
    cursor: cursors.at(-1) ?? null,
  })
  return (
    <QueryView query={past} small>
      {({ items, next }) => (
        <>
          {items.length === 0 ? <p className="os-dim">{t('patient.nonePast')}</p> : null}
          <AppointmentList items={items} setup={setup} label={t('patient.past')} />
          {cursors.length > 0 ? (
            <button type="button" className="sc-link" onClick={() => setCursors(cursors.slice(0, -1))}>
              {t('patient.newer')}
            </button>
          ) : null}{' '}
          {next ? (
            <button type="button" className="sc-link" onClick={() => setCursors([...cursors, next])}>
              {t('patient.older')}
            </button>
          ) : null}
        </>
      )}
    </QueryView>
  )
}

interface ListProps {
  readonly items: readonly Appointment[]
  readonly setup: Setup | undefined
  readonly label: string
}

function AppointmentList({ items, setup, label }: ListProps) {
  const words = useWords()
  if (items.length === 0) return null
  return (
    <ul className="sc-plain-list sc-visits" aria-label={label}>
      {items.map((item) => (
        <li key={item.id}>
          <Link to={`/schedule?day=${item.date}`}>{momentWords(item, words)}</Link>{' '}
          <span className="os-dim">
            {setup
              ? [typeName(setup, item.visitTypeId), placeName(setup, item.providerId), item.reason]
                  .filter(Boolean)
                  .join(' · ')
              : ''}
          </span>{' '}
          {item.status === 'booked' ? null : (
            <Tag tone={item.status === 'noshow' ? 'warn' : 'neutral'}>{words.t(`status.${item.status}`)}</Tag>
          )}
        </li>
      ))}
    </ul>
  )
}
