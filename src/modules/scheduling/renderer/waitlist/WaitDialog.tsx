// Puts a patient on the waitlist: what for, how urgently, when they could come.
import { type KeyboardEvent, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { RadioRow, SelectField } from '#ui/SelectField.tsx'
import { Skeleton } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import {
  type ResourceId,
  type Setup,
  scheduling,
  urgencies,
  type VisitTypeId,
} from '#modules/scheduling/shared/contract.ts'
import { PatientPick, type PickedPatient } from '../booking/PatientPick.tsx'
import { WeekdayChoice } from '../booking/RepeatFields.tsx'
import { TypeChips, typeOfKey, useBookableTypes } from '../booking/TypeChips.tsx'
import { schedulingTexts } from '../i18n.ts'
import { activeProviders } from '../shown-resources.ts'

export interface WaitDialogProps {
  readonly patient?: PickedPatient
  readonly onClose: () => void
}

export function WaitDialog(props: WaitDialogProps) {
  const t = useTexts(schedulingTexts)
  const setup = useRead(scheduling, 'setup', {}, { staleMs: 60_000 })
  if (setup.data) return <WaitForm {...props} setup={setup.data} />
  return (
    <Dialog title={t('waitlist.add')} isOpen onClose={props.onClose}>
      <Skeleton />
    </Dialog>
  )
}

function WaitForm({ patient: given, setup, onClose }: WaitDialogProps & { setup: Setup }) {
  const t = useTexts(schedulingTexts)
  const common = useTexts(commonTexts)
  const errorWords = useErrorText()
  const types = useBookableTypes(setup)
  const [patient, setPatient] = useState<PickedPatient | null>(given ?? null)
  const [typeId, setTypeId] = useState<string | null>(types[0]?.id ?? null)
  const [providerId, setProviderId] = useState('')
  const [urgency, setUrgency] = useState<(typeof urgencies)[number]>('soon')
  const [earliest, setEarliest] = useState<string | null>(null)
  const [latest, setLatest] = useState<string | null>(null)
  const [weekdays, setWeekdays] = useState<number[]>([])
  const [note, setNote] = useState('')
  const [isTried, setTried] = useState(false)
  const add = useAct(scheduling, 'addToWaitlist', {
    onDone: (entry) => {
      showToast({ text: t('waitlist.added', { name: entry.patientName }) })
      onClose()
    },
  })
  const isPartial = (date: string | null) => date !== null && date.length < 10
  const isReversed = earliest !== null && latest !== null && latest < earliest
  const submit = () => {
    setTried(true)
    if (!patient || isPartial(earliest) || isPartial(latest) || isReversed) return
    add.start({
      patientId: patient.id,
      visitTypeId: typeId as VisitTypeId | null,
      providerId: providerId === '' ? null : (providerId as ResourceId),
      urgency,
      earliest,
      latest,
      weekdays,
      note: note.trim() === '' ? null : note.trim(),
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const type = typeOfKey(event, types)
    if (!type) return
    event.preventDefault()
    setTypeId(type.id)
  }
  const dateError = (date: string | null) =>
    isTried && isPartial(date) ? t('waitlist.wholeDate') : undefined
  return (
    <Dialog
      title={t('waitlist.add')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      isBusy={add.isPending}
      error={
        add.error ? (add.error.code === 'DUPLICATE' ? t('waitlist.twice') : errorWords(add.error)) : null
      }
      width="wide"
    >
      {/* Only hears keys that belong to the whole dialog. */}
      <div className="os-stack" role="presentation" onKeyDown={onKeyDown}>
        <PatientPick
          value={patient}
          onChange={setPatient}
          error={isTried && !patient ? common('word.required') : undefined}
          autoFocus
        />
        <TypeChips types={types} value={typeId} onChange={(type) => setTypeId(type.id)} />
        <RadioRow
          label={t('waitlist.urgency')}
          value={urgency}
          onChange={setUrgency}
          choices={urgencies.map((value) => ({ value, label: t(`urgency.${value}`) }))}
        />
        <div className="os-form-row">
          <SelectField
            label={t('book.provider')}
            value={providerId}
            onChange={setProviderId}
            choices={[
              { value: '', label: t('book.anyProvider') },
              ...activeProviders(setup).map(({ id, name }) => ({ value: id as string, label: name })),
            ]}
          />
          <DateField
            label={t('waitlist.earliest')}
            optional
            value={earliest}
            onChange={setEarliest}
            allowFuture
            error={dateError(earliest)}
          />
          <DateField
            label={t('waitlist.latest')}
            optional
            value={latest}
            onChange={setLatest}
            allowFuture
            error={isTried && isReversed ? t('absence.reversed') : dateError(latest)}
          />
        </div>
        <WeekdayChoice value={weekdays} onChange={setWeekdays} />
        <TextField label={t('waitlist.note')} optional value={note} onChange={setNote} maxLength={300} />
      </div>
    </Dialog>
  )
}
