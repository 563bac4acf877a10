// Ending somebody's access is a legal act: it asks for the reason, and the log keeps it.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type Person, people } from '../shared/contract.ts'
import { peopleTexts } from './i18n.ts'

export interface EndAccessDialogProps {
  readonly person: Person
  readonly onClose: () => void
}

export function EndAccessDialog({ person, onClose }: EndAccessDialogProps) {
  const t = useTexts(peopleTexts)
  const words = useErrorText()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const isShort = reason.trim().length < 3
  const deactivate = useAct(people, 'deactivate', {
    onDone: () => {
      showToast({ text: t('end.done', { name: person.name }) })
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (!isShort) deactivate.start({ id: person.id, rev: person.rev, reason })
  }
  return (
    <Dialog
      title={t('end.title', { name: person.name })}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('end.submit')}
      submitIntent="danger"
      isBusy={deactivate.isPending}
      error={deactivate.error ? words(deactivate.error) : undefined}
    >
      <p>{t('end.text')}</p>
      <TextField
        label={t('end.reason')}
        hint={t('end.reasonHint')}
        value={reason}
        onChange={setReason}
        error={isTried && isShort ? t('end.reasonShort') : undefined}
        maxLength={500}
        autoFocus
      />
    </Dialog>
  )
}
