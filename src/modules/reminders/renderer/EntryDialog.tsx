// One reminder whole: what was written to whom, what became of it, and what a person decides where that is open.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { textOf, useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Facts } from '#ui/Facts.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type LogEntry, reminders } from '../shared/contract.ts'
import { remindersTexts } from './i18n.ts'
import { StateTag, useReminderWords } from './words.tsx'

export function EntryDialog({ entry, onClose }: { entry: LogEntry; onClose: () => void }) {
  const { t, f, lead, why } = useReminderWords()
  const common = useTexts(commonTexts)
  const may = useMay()
  const navigate = useNavigate()
  const errorWords = useErrorText()
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const decide = useAct(reminders, 'decide', {
    onDone: (_after, { decision }) => {
      const key = decision === 'leave' ? 'entry.leave.done' : 'entry.again.done'
      showToast({ text: textOf(remindersTexts, key) })
      onClose()
    },
  })
  const { patientId, patientName } = entry
  const isOpen = (entry.state === 'failed' || entry.state === 'unclear') && !entry.handled
  const mayDecide = isOpen && patientId !== null && may('reminders.U')
  const [isOver] = useState(() => Date.parse(entry.startAt) <= Date.now())
  const choose = (decision: 'send-again' | 'leave') => {
    setTried(true)
    if (patientId === null || reason.trim().length < 3 || decide.isPending) return
    decide.start({ patientId, id: entry.id, rev: entry.rev, decision, reason: reason.trim() })
  }
  const facts = [
    [t('log.visit'), f.instant(entry.startAt, 'date-time')],
    [t('log.lead'), lead(entry.leadMinutes)],
    [t('entry.to'), entry.address],
  ] as const
  return (
    <Dialog
      title={patientName === null ? t('entry.titleHidden') : t('entry.title', { name: patientName })}
      isOpen
      onClose={onClose}
      {...(mayDecide ? { onSubmit: () => choose('leave') } : {})}
      error={decide.error ? errorWords(decide.error) : null}
      actions={
        <>
          {patientId === null ? null : (
            <Button onClick={() => void navigate(`/patients/${patientId}/details`)}>
              {t('entry.openPatient')}
            </Button>
          )}
          <span className="os-grow" />
          {mayDecide && !isOver ? (
            <Button onClick={() => choose('send-again')} loading={decide.isPending}>
              {t('entry.again')}
            </Button>
          ) : null}
          {mayDecide ? (
            <Button type="submit" intent="primary" kbd="Enter" loading={decide.isPending}>
              {t('entry.leave')}
            </Button>
          ) : (
            <Button onClick={onClose} kbd="Escape">
              {common('act.close')}
            </Button>
          )}
        </>
      }
    >
      <div className="os-stack">
        <p className="rem-state">
          <StateTag entry={entry} /> <span>{why(entry)}</span>
          {entry.replyCode === null ? null : (
            <span className="os-dim">{t('test.code', { code: entry.replyCode })}</span>
          )}
        </p>
        <Facts rows={facts} />
        {entry.body === null ? (
          <p className="os-dim">{t('entry.none')}</p>
        ) : (
          <section aria-label={t('entry.message')}>
            <h3 className="os-label">{t('entry.message')}</h3>
            <div className="rem-mail" dir="auto">
              <p className="rem-mail-subject">{entry.subject}</p>
              <p className="rem-mail-body">{entry.body}</p>
            </div>
          </section>
        )}
        {entry.handReason === null ? null : <p>{t('entry.decided', { reason: entry.handReason })}</p>}
        {mayDecide ? (
          <section className="os-stack" aria-label={t('entry.decide')}>
            <p>
              {t(
                isOver ? 'entry.over' : entry.state === 'unclear' ? 'entry.unclearHelp' : 'entry.failedHelp',
              )}
            </p>
            <TextField
              label={t('entry.reason')}
              value={reason}
              onChange={setReason}
              error={wasTried && reason.trim().length < 3 ? t('entry.reasonNeeded') : undefined}
              maxLength={300}
            />
          </section>
        ) : null}
      </div>
    </Dialog>
  )
}
