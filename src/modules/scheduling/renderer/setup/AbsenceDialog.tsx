// Time off: whose, which kind, from when to when. Visits already booked in it stay; how many there are is said at once.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { useNavigate } from 'react-router'
import { absenceKinds, ResourceId, type Setup, scheduling } from '#modules/scheduling/shared/contract.ts'
import { actOnce } from '../act-once.ts'
import { schedulingTexts } from '../i18n.ts'
import { parseTime } from '../time-text.ts'
import { sayFailed } from '../visit-acts.ts'

type Kind = (typeof absenceKinds)[number]

export function AbsenceDialog({ setup, onClose }: { setup: Setup; onClose: () => void }) {
  const t = useTexts(schedulingTexts)
  const common = useTexts(commonTexts)
  const errorWords = useErrorText()
  const navigate = useNavigate()
  const [who, setWho] = useState('')
  const [kind, setKind] = useState<Kind>('leave')
  const [title, setTitle] = useState('')
  const [fromDate, setFromDate] = useState<string | null>(setup.today)
  const [untilDate, setUntilDate] = useState<string | null>(null)
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [isTried, setTried] = useState(false)
  const add = useAct(scheduling, 'addAbsence', {
    onDone: ({ absence, displaced }) => {
      onClose()
      const show = {
        label: t('displaced.show'),
        run: () => void navigate(`/schedule/to-move?absence=${absence.id}`),
      }
      showToast({
        text: displaced > 0 ? t('absence.addedOver', { count: displaced }) : t('absence.added'),
        tone: displaced > 0 ? 'warn' : 'ok',
        undo: () => void actOnce('removeAbsence', { id: absence.id, rev: absence.rev }).catch(sayFailed),
        ...(displaced > 0 ? { action: show } : {}),
      })
    },
  })
  const first = from.trim() === '' ? 0 : parseTime(from)
  const last = until.trim() === '' ? 1440 : parseTime(until)
  const end = untilDate ?? fromDate
  const isWhole = (date: string | null): date is string => date !== null && date.length === 10
  const isReversed =
    isWhole(fromDate) && isWhole(end) && first !== null && last !== null
      ? end < fromDate || (end === fromDate && last <= first)
      : false
  const submit = () => {
    setTried(true)
    if (!isWhole(fromDate) || !isWhole(end) || first === null || last === null || isReversed) return
    add.start({
      resourceId: who === '' ? null : ResourceId.parse(who),
      kind,
      title: title.trim() === '' ? null : title.trim(),
      fromDate,
      from: Math.min(first, 1439),
      untilDate: end,
      until: Math.max(last, 1),
    })
  }
  return (
    <Dialog
      title={t('absence.add')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      isBusy={add.isPending}
      error={add.error ? errorWords(add.error) : null}
    >
      <SelectField
        label={t('hours.whose')}
        value={who}
        onChange={setWho}
        choices={[
          { value: '', label: t('hours.clinic') },
          ...setup.resources
            .filter(({ active }) => active)
            .map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
      <SelectField
        label={t('absence.kind')}
        value={kind}
        onChange={setKind}
        choices={absenceKinds.map((value) => ({ value, label: t(`absence.${value}`) }))}
      />
      <TextField
        label={t('absence.name')}
        optional
        hint={t('absence.nameHint')}
        value={title}
        onChange={setTitle}
        maxLength={120}
      />
      <div className="os-form-row">
        <DateField
          label={t('absence.from')}
          value={fromDate}
          onChange={setFromDate}
          allowFuture
          error={isTried && !isWhole(fromDate) ? common('word.required') : undefined}
        />
        <TextField
          label={t('absence.fromTime')}
          optional
          value={from}
          onChange={setFrom}
          maxLength={5}
          dir="ltr"
          placeholder={t('absence.allDay')}
          error={isTried && first === null ? t('absence.timeWrong') : undefined}
        />
      </div>
      <div className="os-form-row">
        <DateField
          label={t('absence.until')}
          optional
          value={untilDate}
          onChange={setUntilDate}
          allowFuture
          hint={t('absence.untilHint')}
          error={isTried && isReversed ? t('absence.reversed') : undefined}
        />
        <TextField
          label={t('absence.untilTime')}
          optional
          value={until}
          onChange={setUntil}
          maxLength={5}
          dir="ltr"
          placeholder={t('absence.allDay')}
          error={isTried && last === null ? t('absence.timeWrong') : undefined}
        />
      </div>
    </Dialog>
  )
}
