// An erasure: what happens to each part of the record and why, then the act itself, which nobody can take back.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { textOf } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type CopyBeside, type ErasureDecision, privacy } from '../shared/contract.ts'
import { privacyTexts } from './i18n.ts'
import type { Whole } from './RequestPage.tsx'
import { usePrivacyWords } from './words.tsx'

export function EraseCard({ whole, patientId }: { whole: Whole; patientId: PatientId }) {
  const { t, f } = usePrivacyWords()
  const [legalClaim, setClaim] = useState(false)
  const [isAsking, setAsking] = useState(false)
  const { request, steps } = whole
  const mayErase = request.state === 'open' || request.state === 'partly'
  const plan = useRead(
    privacy,
    'erasurePlan',
    { patientId, legalClaim },
    { enabled: mayErase, keepPrevious: true },
  )
  const columns: readonly Column<ErasureDecision>[] = [
    { key: 'part', head: t('erase.part'), rowHeader: true, cell: (d) => t(`category.${d.category}`) },
    {
      key: 'what',
      head: t('erase.what'),
      cell: (d) =>
        d.action === 'erase'
          ? t('erase.now')
          : d.until === null
            ? t('erase.open')
            : t('erase.until', { date: f.date(d.until) }),
    },
    {
      key: 'law',
      head: t('erase.law'),
      optional: true,
      cell: (d) => [t(`why.${d.why}`), d.basis].filter((part) => part !== '').join(': '),
    },
    { key: 'rows', head: t('erase.rows'), align: 'end', optional: true, cell: (d) => f.number(d.rows) },
  ]
  return (
    <Card title={t('erase.title')} className="pv-whole">
      <div className="os-stack">
        {steps.length > 0 ? (
          <ul className="pv-list">
            {steps.map((step) => (
              <li key={step.id}>
                <strong>{t(`category.${step.category}`)}</strong>
                <span>
                  {step.doneAt !== null
                    ? t('erase.done', { date: f.instant(step.doneAt, 'date') })
                    : step.until === null
                      ? t('erase.open')
                      : t('erase.until', { date: f.date(step.until) })}
                </span>
              </li>
            ))}
          </ul>
        ) : null}
        {mayErase ? (
          <>
            <QueryView query={plan} small>
              {({ decisions, copies }) => (
                <>
                  <Table
                    label={t('erase.plan')}
                    columns={columns}
                    rows={decisions}
                    rowKey={(d) => d.category}
                  />
                  <Copies copies={copies} />
                </>
              )}
            </QueryView>
            <Checkbox checked={legalClaim} onChange={setClaim}>
              {t('erase.claim')}
            </Checkbox>
            <Button intent="danger" onClick={() => setAsking(true)}>
              {t('erase.do')}
            </Button>
          </>
        ) : null}
      </div>
      {isAsking ? (
        <EraseDialog
          whole={whole}
          patientId={patientId}
          legalClaim={legalClaim}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </Card>
  )
}

/** The truth about what an erasure does not reach at once. */
function Copies({ copies }: { copies: readonly CopyBeside[] }) {
  const { t, f } = usePrivacyWords()
  if (copies.length === 0) return <p className="os-dim">{t('erase.backups')}</p>
  return (
    <Notice tone="warn" title={t('erase.copies')}>
      <ul className="pv-copies">
        {copies.map(({ kind, at, goes }) => (
          <li key={`${kind} ${at}`}>
            {kind === 'former-key'
              ? t('erase.copy.former-key', { date: f.instant(at, 'date') })
              : t(`erase.copy.restore.${goes}`, { date: f.instant(at, 'date') })}
          </li>
        ))}
        <li>{t('erase.backups')}</li>
      </ul>
    </Notice>
  )
}

function EraseDialog(props: {
  whole: Whole
  patientId: PatientId
  legalClaim: boolean
  onClose: () => void
}) {
  const { whole, patientId, legalClaim, onClose } = props
  const { t } = usePrivacyWords()
  const errorWords = useErrorText()
  const [recordNumber, setNumber] = useState('')
  const erase = useAct(privacy, 'erase', {
    onDone: () => {
      showToast({ text: textOf(privacyTexts, 'erase.started') })
      onClose()
    },
  })
  const { id, rev } = whole.request
  return (
    <Dialog
      title={t('erase.doTitle')}
      isOpen
      onClose={onClose}
      onSubmit={() => erase.start({ patientId, id, rev, legalClaim, recordNumber })}
      submitLabel={t('erase.do')}
      submitIntent="danger"
      canSubmit={recordNumber.trim() !== ''}
      isBusy={erase.isPending}
      error={erase.error ? errorWords(erase.error) : null}
    >
      <Notice tone="warn">{t('erase.warn')}</Notice>
      <TextField
        label={t('erase.number')}
        value={recordNumber}
        onChange={setNumber}
        dir="ltr"
        maxLength={100}
      />
    </Dialog>
  )
}
