// A request as it comes in: what, who asks, how that was made sure, when.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { currentFormats } from '#renderer/i18n/format.ts'
import { textOf } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextAreaField, TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { privacy, type RequestKind, requestKinds } from '../shared/contract.ts'
import { privacyTexts } from './i18n.ts'
import { usePrivacyWords } from './words.tsx'

export function NewRequestDialog({
  patientId,
  onClose,
  onEntered,
}: {
  patientId: PatientId
  onClose: () => void
  onEntered: (id: string) => void
}) {
  const { t, f } = usePrivacyWords()
  const errorWords = useErrorText()
  const [kind, setKind] = useState<RequestKind>('copy')
  const [askedBy, setAskedBy] = useState('')
  const [identityCheck, setIdentity] = useState('')
  const [words, setWords] = useState('')
  const [receivedOn, setReceived] = useState<string | null>(f.today)
  const [wasTried, setTried] = useState(false)
  const receive = useAct(privacy, 'receive', {
    onDone: (request) => {
      showToast({ text: textOf(privacyTexts, 'new.saved', { date: currentFormats().date(request.dueOn) }) })
      onEntered(request.id)
    },
  })
  const missing = (text: string) => (wasTried && text.trim() === '' ? t('need.text') : undefined)
  const save = () => {
    setTried(true)
    const isFull = receivedOn !== null && receivedOn.length === 10
    if (!isFull || askedBy.trim() === '' || identityCheck.trim() === '') return
    receive.start({ patientId, kind, askedBy, identityCheck, words, receivedOn })
  }
  return (
    <Dialog
      title={t('new.title')}
      isOpen
      onClose={onClose}
      onSubmit={save}
      submitLabel={t('new.save')}
      isBusy={receive.isPending}
      error={receive.error ? errorWords(receive.error) : null}
    >
      <SelectField
        label={t('new.kind')}
        value={kind}
        onChange={setKind}
        choices={requestKinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
      />
      <TextField
        label={t('new.askedBy')}
        hint={t('new.askedByHint')}
        value={askedBy}
        onChange={setAskedBy}
        error={missing(askedBy)}
        maxLength={200}
      />
      <TextField
        label={t('new.identity')}
        hint={t('new.identityHint')}
        value={identityCheck}
        onChange={setIdentity}
        error={missing(identityCheck)}
        maxLength={300}
      />
      <TextAreaField label={t('new.words')} value={words} onChange={setWords} rows={3} maxLength={4000} />
      <DateField
        label={t('new.received')}
        value={receivedOn}
        onChange={setReceived}
        error={wasTried && receivedOn === null ? t('need.text') : undefined}
      />
    </Dialog>
  )
}
