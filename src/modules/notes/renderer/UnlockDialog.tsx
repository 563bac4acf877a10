// Unlocking a signed note is a legal act: the notice is read, a reason is written (D12).
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { type Draft, notes, type SignedNote } from '../shared/contract.ts'
import { notesTexts } from './i18n.ts'

/** As the contract asks (notes/shared/contract.ts, Reason). */
const shortestReason = 10

export interface UnlockDialogProps {
  readonly ids: Pick<SignedNote, 'patientId' | 'id'>
  readonly onDone: (draft: Draft) => void
  readonly onClose: () => void
}

export function UnlockDialog({ ids, onDone, onClose }: UnlockDialogProps) {
  const t = useTexts(notesTexts)
  const words = useErrorText()
  const [reason, setReason] = useState('')
  const unlock = useAct(notes, 'unlock', { onDone })
  const missing = Math.max(0, shortestReason - reason.trim().length)
  const started = reason.trim().length > 0
  return (
    <Dialog
      title={t('unlock.title')}
      isOpen
      onClose={onClose}
      onSubmit={() => unlock.start({ ...ids, reason: reason.trim() })}
      submitLabel={t('unlock.act')}
      canSubmit={missing === 0}
      isBusy={unlock.isPending}
      error={unlock.error ? words(unlock.error) : undefined}
    >
      <Notice tone="warn">{t('unlock.notice')}</Notice>
      <TextField
        label={t('unlock.reason')}
        hint={started && missing > 0 ? t('unlock.tooShort', { count: missing }) : t('unlock.reasonHint')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        autoFocus
      />
    </Dialog>
  )
}
