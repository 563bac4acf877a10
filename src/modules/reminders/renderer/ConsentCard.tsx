// On a patient's details: whether the patient agreed to reminders, where they would go, and the latest ones.
import { useState } from 'react'
import { Link } from 'react-router'
import { errorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import type { ChartActionProps } from '#renderer/app/module.ts'
import { textOf } from '#renderer/i18n/define.ts'
import { Card } from '#ui/Card.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { showToast } from '#ui/toast.ts'
import { type Consent, consentStates, type LogEntry, reminders } from '../shared/contract.ts'
import { EntryDialog } from './EntryDialog.tsx'
import { remindersTexts } from './i18n.ts'
import { StateTag, useReminderWords } from './words.tsx'
import './reminders.css'

/** Roles whose demographics are filtered to a name see no consent either. */
export function ConsentCard({ patientId }: ChartActionProps) {
  const may = useMay()
  return may('demographics.U') ? <ConsentOf patientId={patientId} /> : null
}

function ConsentOf({ patientId }: ChartActionProps) {
  const { t } = useReminderWords()
  const may = useMay()
  const consent = useRead(reminders, 'consent', { patientId })
  return (
    <Card title={t('consent.title')}>
      <div className="os-stack">
        <QueryView query={consent} small>
          {(value) => <Answer patientId={patientId} consent={value} />}
        </QueryView>
        {may('reminders.R') ? <Latest patientId={patientId} /> : null}
      </div>
    </Card>
  )
}

function Answer({ patientId, consent }: ChartActionProps & { consent: Consent }) {
  const { t, f } = useReminderWords()
  const failed = {
    onError: (error: Parameters<typeof errorText>[0]) =>
      showToast({ text: errorText(error), tone: 'bad' as const }),
  }
  const undo = useAct(reminders, 'setConsent', failed)
  const set = useAct(reminders, 'setConsent', {
    ...failed,
    onDone: (next) => {
      const before = consent.status
      showToast({
        text: textOf(remindersTexts, `consent.saved.${next.status}`),
        undo: () =>
          undo.act({ patientId, channel: 'email', status: before, rev: next.rev }).then(
            () => undefined,
            () => undefined,
          ),
      })
    },
  })
  return (
    <>
      <RadioRow
        label={t('consent.question')}
        value={consent.status}
        onChange={(status) => {
          if (!set.isPending) set.start({ patientId, channel: 'email', status, rev: consent.rev })
        }}
        choices={consentStates.map((value) => ({ value, label: t(`consent.${value}`) }))}
        hint={
          consent.recordedAt === null
            ? undefined
            : t('consent.by', {
                name: consent.recordedByName ?? '',
                date: f.instant(consent.recordedAt, 'date'),
              })
        }
      />
      <p>
        {consent.address === null ? (
          <>
            <span className={consent.status === 'yes' ? 'rem-warn' : 'os-dim'}>{t('consent.noAddress')}</span>{' '}
            <Link to={`/patients/${patientId}/edit`}>{t('consent.addAddress')}</Link>
          </>
        ) : (
          <>
            <span className="os-dim">{t('consent.goTo')}</span> <bdi dir="ltr">{consent.address}</bdi>
          </>
        )}
      </p>
    </>
  )
}

function Latest({ patientId }: ChartActionProps) {
  const { t, f, why } = useReminderWords()
  const [open, setOpen] = useState<LogEntry | null>(null)
  const list = useRead(reminders, 'ofPatient', { patientId, limit: 5 })
  return (
    <section aria-label={t('consent.recent')}>
      <h3 className="os-label">{t('consent.recent')}</h3>
      <QueryView query={list} small>
        {({ entries }) =>
          entries.length === 0 ? (
            <p className="os-dim">{t('consent.recentNone')}</p>
          ) : (
            <ul className="rem-latest">
              {entries.map((entry) => (
                <li key={entry.id}>
                  <button type="button" className="rem-line" onClick={() => setOpen(entry)}>
                    <span className="rem-nowrap">{f.instant(entry.startAt, 'short-date-time')}</span>
                    <StateTag entry={entry} />
                    <span className="os-dim os-sm">{why(entry)}</span>
                  </button>
                </li>
              ))}
            </ul>
          )
        }
      </QueryView>
      {open ? <EntryDialog entry={open} onClose={() => setOpen(null)} /> : null}
    </section>
  )
}
