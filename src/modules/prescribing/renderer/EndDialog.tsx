// Stopping, pausing or taking off the list: always with the reason, which stays with the medicine.
import { useState } from 'react'
import { usePatientContext } from '#modules/patients/renderer/api.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import type { PatientId } from '#shared/ids.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { prescribing } from '../shared/contract.ts'
import type { Medicine } from '../shared/shapes.ts'
import { useRxWords } from './use-rx-words.ts'

export interface EndDialogProps {
  readonly patientId: PatientId
  readonly medicine: Medicine
  readonly how: 'hold' | 'stop' | 'withdraw'
  readonly onClose: () => void
  readonly onDone?: () => void
}

const titles = { stop: 'stop.title', hold: 'stop.titlePause', withdraw: 'stop.titleWithdraw' } as const
const labels = { stop: 'stop.act', hold: 'stop.actPause', withdraw: 'stop.actWithdraw' } as const
const told = { stop: 'stop.done', hold: 'stop.donePause', withdraw: 'medicine.withdrawn' } as const
const common = ['done', 'effect', 'noEffect', 'notNeeded'] as const

export function EndDialog({ patientId, medicine, how, onClose, onDone }: EndDialogProps) {
  const { t } = useRxWords()
  const words = useErrorText()
  const { forWrite } = usePatientContext(patientId)
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const resume = useAct(prescribing, 'resume')
  const act = useAct(prescribing, how, {
    onDone: (after) => {
      onClose()
      onDone?.()
      showToast({
        text: t(told[how]),
        // What was withdrawn is recorded again where that was wrong.
        ...(how === 'withdraw'
          ? {}
          : { undo: () => resume.start({ patientId, id: after.id, rev: after.rev }) }),
      })
    },
  })
  const isShort = reason.trim().length < 3
  const submit = () => {
    setTried(true)
    if (isShort) return
    const openedFor = forWrite(patientId) as PatientId
    act.start({ patientId: openedFor, id: medicine.id, rev: medicine.rev, reason: reason.trim() })
  }
  return (
    <Dialog
      title={t(titles[how], { name: medicine.label })}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t(labels[how])}
      submitIntent={how === 'hold' ? 'primary' : 'danger'}
      isBusy={act.isPending}
      error={act.error ? words(act.error) : undefined}
    >
      <TextField
        label={t('stop.reason')}
        hint={t('stop.reasonHint')}
        value={reason}
        onChange={setReason}
        error={isTried && isShort ? t('stop.reasonShort') : null}
        maxLength={500}
        autoFocus
      />
      {how === 'stop' ? (
        <div className="rx-usual" role="group" aria-label={t('stop.common')}>
          {common.map((key) => (
            <button
              key={key}
              type="button"
              className="rx-chip"
              onClick={() => setReason(t(`stop.common.${key}`))}
            >
              {t(`stop.common.${key}`)}
            </button>
          ))}
        </div>
      ) : null}
    </Dialog>
  )
}
