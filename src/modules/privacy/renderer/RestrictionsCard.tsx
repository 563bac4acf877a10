// What of a record is locked, locking more, lifting.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { textOf } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type Amendable, privacy, type Restriction } from '../shared/contract.ts'
import { ItemPicker } from './ItemPicker.tsx'
import { privacyTexts } from './i18n.ts'
import type { Whole } from './RequestPage.tsx'
import { usePrivacyWords } from './words.tsx'
import { WordsDialog } from './WordsDialog.tsx'

type Open = { readonly kind: 'record' | 'item' } | { readonly kind: 'lift'; readonly of: Restriction }

export function RestrictionsCard({ whole, patientId }: { whole: Whole; patientId: PatientId }) {
  const { t, f } = usePrivacyWords()
  const [open, setOpen] = useState<Open | null>(null)
  const { restrictions, request } = whole
  const close = () => setOpen(null)
  const isLocked = restrictions.some((r) => r.scope === 'record' && r.liftedAt === null)
  return (
    <Card title={t('lock.title')}>
      <div className="os-stack">
        {restrictions.length === 0 ? <p className="os-dim">{t('lock.none')}</p> : null}
        <ul className="pv-list">
          {restrictions.map((r) => (
            <li key={r.id}>
              <strong>{t(`lock.${r.scope}`)}</strong>
              <span className={r.liftedAt === null ? '' : 'os-dim'}>
                {r.liftedAt === null
                  ? t('lock.since', { date: f.instant(r.since, 'date'), reason: r.reason })
                  : t('lock.lifted', { date: f.instant(r.liftedAt, 'date'), reason: r.liftReason ?? '' })}
              </span>
              {r.liftedAt === null ? (
                <Button small onClick={() => setOpen({ kind: 'lift', of: r })}>
                  {t('lock.lift')}
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
        <div className="pv-row">
          {isLocked ? null : <Button onClick={() => setOpen({ kind: 'record' })}>{t('lock.add')}</Button>}
          <Button onClick={() => setOpen({ kind: 'item' })}>{t('lock.addItem')}</Button>
        </div>
      </div>
      {open?.kind === 'record' || open?.kind === 'item' ? (
        <LockDialog
          patientId={patientId}
          requestId={request.id}
          isItem={open.kind === 'item'}
          onClose={close}
        />
      ) : null}
      {open?.kind === 'lift' ? <LiftDialog patientId={patientId} of={open.of} onClose={close} /> : null}
    </Card>
  )
}

function LockDialog(props: {
  patientId: PatientId
  requestId: string
  isItem: boolean
  onClose: () => void
}) {
  const { patientId, requestId, isItem, onClose } = props
  const { t } = usePrivacyWords()
  const errorWords = useErrorText()
  const [table, setTable] = useState<Amendable>('encounter')
  const [targetId, setTargetId] = useState('')
  const [isSelfPay, setSelfPay] = useState(false)
  const [reason, setReason] = useState('')
  const [wasTried, setTried] = useState(false)
  const restrict = useAct(privacy, 'restrict', {
    onDone: () => {
      showToast({ text: textOf(privacyTexts, 'lock.done') })
      onClose()
    },
  })
  const go = () => {
    setTried(true)
    if (reason.trim().length < 3 || (isItem && targetId === '')) return
    const scope = !isItem ? 'record' : isSelfPay && table === 'encounter' ? 'self-pay' : 'item'
    restrict.start({
      patientId,
      requestId,
      scope,
      reason,
      targetTable: isItem ? table : null,
      targetId: isItem ? targetId : null,
    })
  }
  return (
    <Dialog
      title={t(isItem ? 'lock.addItem' : 'lock.add')}
      isOpen
      onClose={onClose}
      onSubmit={go}
      submitLabel={t('lock.set')}
      isBusy={restrict.isPending}
      error={restrict.error ? errorWords(restrict.error) : null}
    >
      {isItem ? (
        <>
          <ItemPicker
            patientId={patientId}
            table={table}
            id={targetId}
            onTable={setTable}
            onId={setTargetId}
          />
          {wasTried && targetId === '' ? <p className="os-error">{t('need.text')}</p> : null}
          {table === 'encounter' ? (
            <Checkbox checked={isSelfPay} onChange={setSelfPay}>
              {t('lock.selfPay')}
            </Checkbox>
          ) : null}
        </>
      ) : null}
      <TextField
        label={t('lock.reason')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        error={wasTried && reason.trim().length < 3 ? t('need.text') : undefined}
      />
    </Dialog>
  )
}

function LiftDialog(props: { patientId: PatientId; of: Restriction; onClose: () => void }) {
  const { patientId, of, onClose } = props
  const { t } = usePrivacyWords()
  const lift = useAct(privacy, 'lift', { onDone: onClose })
  return (
    <WordsDialog
      title={t('lock.liftTitle')}
      label={t('lock.reason')}
      submitLabel={t('lock.lift')}
      act={lift}
      onWords={(reason) => lift.start({ patientId, id: of.id, rev: of.rev, reason })}
      onClose={onClose}
    />
  )
}
