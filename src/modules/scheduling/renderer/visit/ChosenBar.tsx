// The chosen visit at the foot of the schedule: who, when, why, and what can be done, each with its key.
import { Cross } from '@blueprintjs/icons'
import { Link } from 'react-router'
import { useMay } from '#renderer/app/access.ts'
import { Button, IconButton } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import type { Appointment, Setup } from '#modules/scheduling/shared/contract.ts'
import { isOpen } from '../schedule-view.ts'
import { useNowMs } from '../use-now.ts'
import { placeName, typeName, useWords } from '../use-words.ts'
import { isKnown } from '../visit-acts.ts'

export interface VisitActs {
  readonly move: () => void
  readonly amend: () => void
  readonly cancel: () => void
  readonly noShow: () => void
}

export interface ChosenBarProps {
  readonly visit: Appointment
  readonly setup: Setup
  readonly acts: VisitActs
  readonly onClose: () => void
}

export function ChosenBar({ visit, setup, acts, onClose }: ChosenBarProps) {
  const { t, formats } = useWords()
  const may = useMay()
  const nowMs = useNowMs()
  const mayChange = may('appointments.U') && isKnown(visit) && isOpen(visit.status)
  const facts = [
    t('visit.fromTo', {
      from: formats.instant(visit.startAt, 'time'),
      to: formats.instant(visit.endAt, 'time'),
    }),
    typeName(setup, visit.visitTypeId),
    placeName(setup, visit.providerId),
    placeName(setup, visit.roomId),
    visit.reason,
    visit.phone,
  ].filter(Boolean)
  return (
    <section className="sc-bar" aria-label={t('bar.label')}>
      <div className="sc-bar-who">
        <PatientName visit={visit} />
        <span className="sc-bar-facts">
          {facts.map((fact, n) => (
            <span key={fact}>
              {n > 0 ? ' · ' : ''}
              <bdi>{fact}</bdi>
            </span>
          ))}
        </span>
        <Tag tone={isOpen(visit.status) ? 'info' : 'neutral'}>{t(`status.${visit.status}`)}</Tag>
        {visit.seriesId ? <Tag tone="violet">{t('visit.ofSeries')}</Tag> : null}
        {visit.overrideReason ? (
          <Tag tone="warn">{t('visit.overriddenBecause', { reason: visit.overrideReason })}</Tag>
        ) : null}
      </div>
      <div className="sc-bar-acts">
        {mayChange ? (
          <>
            <Button kbd="m" onClick={acts.move}>
              {t('act.move')}
            </Button>
            <Button kbd="e" onClick={acts.amend}>
              {t('act.amend')}
            </Button>
            {Date.parse(visit.startAt) <= nowMs ? (
              <Button kbd="n" onClick={acts.noShow}>
                {t('act.noShow')}
              </Button>
            ) : null}
            <Button kbd="x" intent="danger" onClick={acts.cancel}>
              {t('act.cancelVisit')}
            </Button>
          </>
        ) : null}
        <IconButton icon={<Cross />} label={t('bar.close')} onClick={onClose} />
      </div>
    </section>
  )
}

function PatientName({ visit }: { visit: Appointment }) {
  const { t } = useWords()
  const may = useMay()
  if (!isKnown(visit)) return <b>{t('visit.taken')}</b>
  const path = may('notes.R') ? `/patients/${visit.patientId}` : `/patients/${visit.patientId}/details`
  return (
    <Link to={path} className="sc-bar-name">
      <bdi>{visit.patientName}</bdi>
    </Link>
  )
}
