// Asks for the reason of an emergency access and opens the record.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import { access } from '../shared/contract.ts'
import { emergencyReasons } from '../shared/emergency.ts'
import { accessTexts } from './i18n.ts'

const leastWords = 15

export interface EmergencyDialogProps {
  readonly patientId: PatientId
  readonly onClose: () => void
  readonly onOpened: () => void
}

export function EmergencyDialog({ patientId, onClose, onOpened }: EmergencyDialogProps) {
  const t = useTexts(accessTexts)
  const words = useErrorText()
  const [code, setCode] = useState<(typeof emergencyReasons)[number]>('life-threat')
  const [reason, setReason] = useState('')
  const open = useAct(access, 'breakGlass', { onDone: onOpened })
  const isEnough = reason.trim().length >= leastWords
  return (
    <Dialog
      title={t('emergency.title')}
      isOpen
      onClose={onClose}
      onSubmit={() => open.start({ patientId, code, reason })}
      submitLabel={t('emergency.submit')}
      submitIntent="danger"
      canSubmit={isEnough}
      isBusy={open.isPending}
      error={open.error ? words(open.error) : undefined}
    >
      <Notice tone="warn">{t('emergency.told')}</Notice>
      <SelectField
        label={t('emergency.code')}
        value={code}
        onChange={setCode}
        choices={emergencyReasons.map((value) => ({ value, label: t(`emergency.code.${value}`) }))}
        autoFocus
      />
      <TextAreaField
        label={t('emergency.reason')}
        value={reason}
        onChange={setReason}
        hint={t('emergency.reasonHint')}
        maxLength={1000}
      />
    </Dialog>
  )
}
