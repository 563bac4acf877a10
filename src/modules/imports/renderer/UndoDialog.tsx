// Taking an import back is a legal act on records, so it asks for a reason, which stays in the history.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { TextField } from '#ui/TextField.tsx'
import { type Batch, imports } from '../shared/contract.ts'
import { importTexts } from './i18n.ts'

const shortest = 3

export function UndoDialog({
  batchId,
  isOpen,
  onClose,
}: {
  batchId: Batch['id']
  isOpen: boolean
  onClose: () => void
}) {
  const t = useTexts(importTexts)
  const errorWords = useErrorText()
  const [reason, setReason] = useState('')
  const undo = useAct(imports, 'undo', { onDone: onClose })
  return (
    <Dialog
      title={t('undo.title')}
      isOpen={isOpen}
      onClose={onClose}
      onSubmit={() => undo.start({ batchId, reason: reason.trim() })}
      submitLabel={t('undo.submit')}
      submitIntent="danger"
      isBusy={undo.isPending}
      canSubmit={reason.trim().length >= shortest}
      error={undo.error ? errorWords(undo.error) : null}
    >
      <p>{t('undo.text')}</p>
      <TextField
        label={t('undo.reason')}
        hint={t('undo.reasonHint')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        autoFocus
      />
    </Dialog>
  )
}
