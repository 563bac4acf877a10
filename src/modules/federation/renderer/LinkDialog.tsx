// Linking somebody's account by the subject the service has for them.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { people } from '#modules/people/shared/contract.ts'
import type { UserId } from '#shared/ids.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { federation } from '../shared/contract.ts'
import { federationTexts } from './i18n.ts'

export function LinkDialog({ onClose }: { onClose: () => void }) {
  const t = useTexts(federationTexts)
  const words = useErrorText()
  const directory = useRead(people, 'directory', {})
  const [userId, setUserId] = useState<UserId | ''>('')
  const [subject, setSubject] = useState('')
  const link = useAct(federation, 'link', {
    onDone: () => {
      showToast({ text: t('people.linked') })
      onClose()
    },
  })
  const colleagues = directory.data ?? []
  const submit = () => {
    if (userId !== '' && subject.trim() !== '') link.start({ userId, subject: subject.trim() })
  }
  return (
    <Dialog
      title={t('people.link')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('people.link')}
      canSubmit={userId !== '' && subject.trim() !== ''}
      isBusy={link.isPending}
      error={link.error ? words(link.error) : undefined}
    >
      <SelectField<UserId | ''>
        label={t('people.person')}
        value={userId}
        onChange={setUserId}
        choices={[
          { value: '', label: '' },
          ...colleagues.map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <TextField
        label={t('people.subject')}
        hint={t('people.subjectHint')}
        value={subject}
        onChange={setSubject}
        dir="ltr"
        maxLength={255}
      />
    </Dialog>
  )
}
