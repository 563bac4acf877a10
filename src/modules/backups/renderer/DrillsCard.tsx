// Test restores by this computer and drills by people, each with a paper for the folder.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { currentLanguage } from '#renderer/i18n/i18n.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Tag } from '#ui/Marks.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { TextAreaField, TextField } from '#ui/TextField.tsx'
import { backups, type Drill, homeTarget, type Overview } from '../shared/contract.ts'
import { useBackupWords } from './words.ts'

export function DrillsCard({ overview }: { overview: Overview }) {
  const { t } = useBackupWords()
  const words = useErrorText()
  const [isOpen, setOpen] = useState(false)
  const test = useAct(backups, 'testRestore')
  const { drills, peopleDrillDue, running, targets } = overview
  const nameOf = (id: string | null) =>
    id === homeTarget ? t('targets.home') : (targets.find((target) => target.id === id)?.name ?? null)
  return (
    <Card
      title={t('drills.title')}
      actions={
        <>
          <Button small onClick={() => setOpen(true)}>
            {t('drills.record')}
          </Button>
          <Button
            small
            onClick={() => test.start({})}
            loading={test.isPending}
            disabled={running !== null || overview.isDemo}
          >
            {t('now.test')}
          </Button>
        </>
      }
    >
      <p className="bak-text">{t('drills.text')}</p>
      {test.error ? <Notice tone="bad" title={words(test.error)} /> : null}
      {peopleDrillDue ? (
        <Notice tone="warn" title={t('drills.due')}>
          {t('drills.dueText')}
        </Notice>
      ) : null}
      {drills.length === 0 ? <p className="os-dim">{t('drills.empty')}</p> : null}
      <ul className="bak-targets">
        {drills.map((drill) => (
          <DrillRow key={drill.id} drill={drill} place={nameOf(drill.targetId)} />
        ))}
      </ul>
      {isOpen ? <RecordDialog onClose={() => setOpen(false)} /> : null}
    </Card>
  )
}

function DrillRow({ drill, place }: { drill: Drill; place: string | null }) {
  const { t, problem } = useBackupWords()
  const f = useFormats()
  const words = useErrorText()
  const paper = useAct(backups, 'drillCertificate', { onDone: save })
  const seconds = f.number(Math.max(1, Math.round((drill.tookMs ?? 0) / 1000)))
  return (
    <li className="bak-target">
      <div className="bak-target-words">
        <div className="bak-line">
          <b>{t(`drill.${drill.kind}`)}</b>
          <span>{f.instant(drill.at, 'short-date-time')}</span>
          {place === null ? null : <bdi className="os-dim">{place}</bdi>}
          <Tag tone={drill.outcome === 'ok' ? 'ok' : 'bad'}>{t(`drill.${drill.outcome}`)}</Tag>
        </div>
        {drill.patients === null || drill.rows === null ? null : (
          <div className="os-dim">
            {t('drill.counted', { patients: f.number(drill.patients), rows: f.number(drill.rows), seconds })}
          </div>
        )}
        {drill.problem ? <div className="bak-problem">{problem(drill.problem)}</div> : null}
        {drill.note ? <div className="os-dim">{drill.note}</div> : null}
        {paper.error ? <Notice tone="bad" title={words(paper.error)} /> : null}
      </div>
      <div className="bak-target-acts">
        <Button
          small
          onClick={() => paper.start({ id: drill.id, language: currentLanguage() === 'ar' ? 'ar' : 'en' })}
          loading={paper.isPending}
        >
          {t('drills.paper')}
        </Button>
      </div>
    </li>
  )
}

/** The window or browser asks where to; the bytes never pass through the page. */
function save(file: { readonly token: string; readonly name: string }): void {
  const link = document.createElement('a')
  link.href = `/blob/${encodeURIComponent(file.token)}`
  link.download = file.name
  document.body.append(link)
  link.click()
  link.remove()
}

function RecordDialog({ onClose }: { onClose: () => void }) {
  const { t, error } = useBackupWords()
  const [outcome, setOutcome] = useState<'ok' | 'failed'>('ok')
  const [minutes, setMinutes] = useState('')
  const [note, setNote] = useState('')
  const [wasTried, setTried] = useState(false)
  const record = useAct(backups, 'recordDrill', { onDone: onClose })
  const count = Number(minutes)
  const isCount = /^\d{1,5}$/.test(minutes) && count >= 1 && count <= 10_000
  const submit = () => {
    setTried(true)
    if (isCount && !record.isPending) record.start({ outcome, minutes: count, note })
  }
  return (
    <Dialog
      title={t('drills.record')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('drill.save')}
      isBusy={record.isPending}
      error={record.error ? error(record.error) : undefined}
    >
      <RadioRow
        label={t('drill.outcome')}
        value={outcome}
        onChange={setOutcome}
        choices={(['ok', 'failed'] as const).map((value) => ({ value, label: t(`drill.outcome.${value}`) }))}
      />
      <TextField
        label={t('drill.minutes')}
        value={minutes}
        onChange={setMinutes}
        inputMode="numeric"
        autoFocus
        error={wasTried && !isCount ? t('drill.minutesBad') : undefined}
      />
      <TextAreaField label={t('drill.note')} value={note} onChange={setNote} maxLength={500} rows={3} />
    </Dialog>
  )
}
