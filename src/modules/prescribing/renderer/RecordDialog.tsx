// A medicine the patient takes that somebody else prescribed: on the list and in every check, on no script of ours.
import { useState } from 'react'
import { usePatientContext } from '#modules/patients/renderer/api.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import type { PatientId } from '#shared/ids.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { prescribing } from '../shared/contract.ts'
import { useRxWords } from './use-rx-words.ts'

const isSince = (text: string) => /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/.test(text)

export function RecordDialog({ patientId, onClose }: { patientId: PatientId; onClose: () => void }) {
  const { t } = useRxWords()
  const words = useErrorText()
  const { forWrite } = usePatientContext(patientId)
  const [label, setLabel] = useState('')
  const [sigText, setSigText] = useState('')
  const [since, setSince] = useState('')
  const [longTerm, setLongTerm] = useState(true)
  const [isTried, setTried] = useState(false)
  const withdraw = useAct(prescribing, 'withdraw')
  const record = useAct(prescribing, 'record', {
    onDone: ({ medicine, alerts }) => {
      onClose()
      const warned = alerts.length > 0 ? ` ${t('record.alerts', { count: alerts.length })}` : ''
      const undo = () =>
        withdraw.start({ patientId, id: medicine.id, rev: medicine.rev, reason: 'Recorded by mistake' })
      showToast({ text: t('record.done') + warned, tone: alerts.length > 0 ? 'warn' : 'ok', undo })
    },
  })
  const badSince = since.trim() !== '' && !isSince(since.trim())
  const submit = () => {
    setTried(true)
    if (label.trim() === '' || badSince) return
    record.start({
      patientId: forWrite(patientId) as PatientId,
      label: label.trim(),
      sigText: sigText.trim(),
      since: since.trim() === '' ? null : since.trim(),
      longTerm,
    })
  }
  return (
    <Dialog
      title={t('record.title')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('record.act')}
      isBusy={record.isPending}
      error={record.error ? words(record.error) : undefined}
    >
      <TextField
        label={t('drug.label')}
        value={label}
        onChange={setLabel}
        error={isTried && label.trim() === '' ? t('own.missing') : null}
        maxLength={300}
        autoFocus
      />
      <TextField label={t('sig.label')} optional value={sigText} onChange={setSigText} maxLength={500} />
      <TextField
        label={t('record.since')}
        optional
        hint={t('record.sinceHint')}
        value={since}
        onChange={setSince}
        error={isTried && badSince ? t('record.sinceBad') : null}
        dir="ltr"
        maxLength={10}
      />
      <Checkbox checked={longTerm} onChange={setLongTerm}>
        {t('field.longTerm')}
      </Checkbox>
    </Dialog>
  )
}
