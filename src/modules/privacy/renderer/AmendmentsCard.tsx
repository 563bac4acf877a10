// The patient's words beside items: attached by the privacy officer, shown in the chart, answered there by a doctor.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import { textOf } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type Amendable, type Amendment, privacy } from '../shared/contract.ts'
import { ItemPicker } from './ItemPicker.tsx'
import { privacyTexts } from './i18n.ts'
import type { Whole } from './RequestPage.tsx'
import { usePrivacyWords } from './words.tsx'
import { WordsDialog } from './WordsDialog.tsx'
import './privacy.css'

export function AmendmentsCard({ whole, patientId }: { whole: Whole; patientId: PatientId }) {
  const { t } = usePrivacyWords()
  const [open, setOpen] = useState<'ask' | Amendment | null>(null)
  const close = () => setOpen(null)
  return (
    <Card title={t('amend.title')}>
      <div className="os-stack">
        {whole.amendments.length === 0 ? <p className="os-dim">{t('amend.none')}</p> : null}
        {whole.amendments.map((amendment) => (
          <div key={amendment.id} className="pv-amend">
            <strong>
              {t(`table.${amendment.targetTable}`)}: <bdi>{amendment.targetTitle}</bdi>
            </strong>
            <AmendmentWords amendment={amendment} />
            {amendment.state === 'refused' && amendment.disagreement === null ? (
              <Button small onClick={() => setOpen(amendment)}>
                {t('amend.disagree')}
              </Button>
            ) : null}
          </div>
        ))}
        <Button onClick={() => setOpen('ask')}>{t('amend.add')}</Button>
      </div>
      {open === 'ask' ? (
        <AskDialog patientId={patientId} requestId={whole.request.id} onClose={close} />
      ) : null}
      {open !== null && open !== 'ask' ? <DisagreeDialog amendment={open} onClose={close} /> : null}
    </Card>
  )
}

function AmendmentWords({ amendment }: { amendment: Amendment }) {
  const { t } = usePrivacyWords()
  const values = { name: amendment.answeredByName ?? '', reason: amendment.reason ?? '' }
  return (
    <>
      <p className="pv-words">
        <span className="os-dim">{t('amend.says')}:</span> <bdi>{amendment.words}</bdi>
      </p>
      <p className="pv-words">{t(`amend.${amendment.state}`, values)}</p>
      {amendment.disagreement === null ? null : (
        <p className="pv-words">
          <span className="os-dim">{t('amend.disagreement')}:</span> <bdi>{amendment.disagreement}</bdi>
        </p>
      )}
    </>
  )
}

/** In the chart, beside the item it is about. */
export function AmendmentsOfItem({
  patientId,
  table,
  id,
}: {
  patientId: PatientId
  table: Amendable
  id: string
}) {
  const { t } = usePrivacyWords()
  const may = useMay()
  const [answering, setAnswering] = useState<Amendment | null>(null)
  const found = useRead(privacy, 'amendments', { patientId })
  const own = found.data?.amendments.filter((a) => a.targetTable === table && a.targetId === id) ?? []
  if (own.length === 0) return null
  return (
    <section aria-label={t('amend.title')}>
      {own.map((amendment) => (
        <div key={amendment.id} className="pv-amend">
          <AmendmentWords amendment={amendment} />
          {amendment.state === 'open' && may('notes.S') ? (
            <Button small onClick={() => setAnswering(amendment)}>
              {t('amend.answer')}
            </Button>
          ) : null}
        </div>
      ))}
      {answering ? <AnswerDialog amendment={answering} onClose={() => setAnswering(null)} /> : null}
    </section>
  )
}

function AskDialog({
  patientId,
  requestId,
  onClose,
}: {
  patientId: PatientId
  requestId: string
  onClose: () => void
}) {
  const { t } = usePrivacyWords()
  const errorWords = useErrorText()
  const [table, setTable] = useState<Amendable>('composition')
  const [targetId, setTargetId] = useState('')
  const [words, setWords] = useState('')
  const [wasTried, setTried] = useState(false)
  const ask = useAct(privacy, 'askAmendment', {
    onDone: () => {
      showToast({ text: textOf(privacyTexts, 'amend.saved') })
      onClose()
    },
  })
  const go = () => {
    setTried(true)
    if (targetId !== '' && words.trim() !== '')
      ask.start({ patientId, requestId, targetTable: table, targetId, words })
  }
  return (
    <Dialog
      title={t('amend.add')}
      isOpen
      onClose={onClose}
      onSubmit={go}
      isBusy={ask.isPending}
      error={ask.error ? errorWords(ask.error) : null}
    >
      <ItemPicker patientId={patientId} table={table} id={targetId} onTable={setTable} onId={setTargetId} />
      {wasTried && targetId === '' ? <p className="os-error">{t('need.text')}</p> : null}
      <TextAreaField
        label={t('amend.words')}
        value={words}
        onChange={setWords}
        rows={4}
        maxLength={4000}
        error={wasTried && words.trim() === '' ? t('need.text') : undefined}
      />
    </Dialog>
  )
}

function DisagreeDialog({ amendment, onClose }: { amendment: Amendment; onClose: () => void }) {
  const { t } = usePrivacyWords()
  const disagree = useAct(privacy, 'disagree', { onDone: onClose })
  const { patientId, id, rev } = amendment
  return (
    <WordsDialog
      title={t('amend.disagree')}
      label={t('amend.words')}
      rows={4}
      shortest={1}
      longest={4000}
      act={disagree}
      onWords={(words) => disagree.start({ patientId, id, rev, words })}
      onClose={onClose}
    />
  )
}

function AnswerDialog({ amendment, onClose }: { amendment: Amendment; onClose: () => void }) {
  const { t } = usePrivacyWords()
  const [answer, setAnswer] = useState<'accepted' | 'refused'>('accepted')
  const give = useAct(privacy, 'answerAmendment', {
    onDone: () => {
      showToast({ text: textOf(privacyTexts, 'amend.answered') })
      onClose()
    },
  })
  const { patientId, id, rev } = amendment
  return (
    <WordsDialog
      title={t('amend.answerTitle')}
      label={t('lock.reason')}
      rows={3}
      act={give}
      onWords={(reason) => give.start({ patientId, id, rev, answer, reason })}
      onClose={onClose}
    >
      <RadioRow
        label={t('request.decision')}
        value={answer}
        onChange={setAnswer}
        hint={t('amend.acceptHint')}
        choices={[
          { value: 'accepted', label: t('amend.accept') },
          { value: 'refused', label: t('amend.refuse') },
        ]}
      />
    </WordsDialog>
  )
}
