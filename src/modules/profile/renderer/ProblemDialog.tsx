// One problem in full, in one column: status, dates, severity, certainty, note; who changed what; taking it off.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { type OutputFor, useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { RadioRow, SelectField } from '#ui/SelectField.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import {
  endedStatuses,
  problemCertainties,
  type ProblemFields,
  problemStatuses,
  profile,
  severities,
} from '../shared/contract.ts'
import { CloseOnly } from './AddProblem.tsx'
import { useFieldErrors } from './field-errors.ts'
import { HistoryLines } from './HistoryLines.tsx'
import { profileTexts } from './i18n.ts'
import { TakeOff } from './TakeOff.tsx'
import { takeBack } from './undo.ts'
import { changedOf, chosen, none, orNone, useChoices } from './use-choices.ts'

interface ProblemDialogProps {
  readonly patientId: PatientId
  readonly id: string
  readonly onClose: () => void
}

export function ProblemDialog({ patientId, id, onClose }: ProblemDialogProps) {
  const t = useTexts(profileTexts)
  const read = useRead(profile, 'problem', { patientId, id }, { staleMs: 0 })
  if (read.data) return <ProblemForm key={read.data.id} entry={read.data} onClose={onClose} />
  return (
    <Dialog title={t('problem.title')} isOpen onClose={onClose} actions={<CloseOnly onClose={onClose} />}>
      <QueryView query={read}>{() => null}</QueryView>
    </Dialog>
  )
}

type Entry = OutputFor<typeof profile, 'problem'>

function ProblemForm({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const t = useTexts(profileTexts)
  const words = useErrorText()
  const choices = useChoices()
  const { patientId, id } = entry
  // What was read when the dialog opened: a later version of somebody else is not overwritten.
  const [{ rev, before }] = useState(() => ({ rev: entry.rev, before: fieldsOf(entry) }))
  const [fields, setFields] = useState(before)
  const [badDate, setBadDate] = useState<string | null>(null)
  const changing = useAct(profile, 'changeProblem')
  const voiding = useAct(profile, 'voidProblem')
  const errors = useFieldErrors(changing.error)
  const set = (part: Partial<ProblemFields>) => setFields((now) => ({ ...now, ...part }))
  const hasEnded = (endedStatuses as readonly string[]).includes(fields.clinicalStatus)

  const save = () => {
    if (badDate) return
    const changes = changedOf(before, hasEnded ? fields : { ...fields, abatement: null })
    if (Object.keys(changes).length === 0) return onClose()
    changing.start({ patientId, id, rev, ...changes }, (saved) => {
      onClose()
      const former = Object.fromEntries(
        Object.keys(changes).map((k) => [k, before[k as keyof ProblemFields]]),
      )
      showToast({
        text: t('problem.saved', { name: entry.code.display }),
        undo: () => takeBack('changeProblem', { patientId, id, rev: saved.rev, ...former }, words),
      })
    })
  }
  const takeOff = (reason: string) =>
    voiding.start({ patientId, id, rev, reason }, (off) => {
      onClose()
      showToast({
        text: t('problem.takenOff', { name: entry.code.display }),
        undo: () => takeBack('restoreProblem', { patientId, id, rev: off.rev }, words),
      })
    })
  return (
    <Dialog
      title={t('problem.title')}
      isOpen
      onClose={onClose}
      onSubmit={save}
      isBusy={changing.isPending}
      canSubmit={badDate === null}
      error={errors.rest ?? (voiding.error ? words(voiding.error) : null)}
    >
      <p className="pf-what">
        <bdi>{entry.code.display}</bdi>{' '}
        {entry.code.code ? <bdi className="os-dim">{entry.code.code}</bdi> : null}
      </p>
      <RadioRow
        label={t('field.status')}
        value={fields.clinicalStatus}
        onChange={(clinicalStatus) => set({ clinicalStatus })}
        choices={choices(problemStatuses)}
      />
      <DateField
        label={t('field.onset')}
        optional
        value={fields.onset}
        onChange={(onset, problem) => {
          set({ onset })
          setBadDate(problem)
        }}
        error={errors.of('onset')}
      />
      {hasEnded ? (
        <DateField
          label={t('field.abatement')}
          optional
          value={fields.abatement}
          onChange={(abatement, problem) => {
            set({ abatement })
            setBadDate(problem)
          }}
          error={errors.of('abatement')}
        />
      ) : null}
      <RadioRow
        label={t('field.severity')}
        value={orNone(fields.severity)}
        onChange={(value) => set({ severity: chosen(severities, value) })}
        choices={[none(t), ...choices(severities)]}
      />
      <SelectField
        label={t('field.certainty')}
        value={fields.verificationStatus}
        onChange={(verificationStatus) => set({ verificationStatus })}
        choices={choices(problemCertainties)}
      />
      <TextAreaField
        label={t('field.note')}
        optional
        rows={2}
        maxLength={2000}
        value={fields.note ?? ''}
        onChange={(note) => set({ note: note === '' ? null : note })}
      />
      <HistoryLines lines={entry.history} />
      <TakeOff isBusy={voiding.isPending} onTakeOff={takeOff} />
    </Dialog>
  )
}

/** Values that are not ours (imported ones) show as not chosen, and stay unless something else is chosen. */
function fieldsOf(entry: Entry): ProblemFields {
  return {
    clinicalStatus: chosen(problemStatuses, entry.clinicalStatus) ?? 'active',
    verificationStatus: chosen(problemCertainties, entry.verificationStatus) ?? 'confirmed',
    severity: chosen(severities, entry.severity),
    onset: entry.onset?.slice(0, 10) ?? null,
    abatement: entry.abatement?.slice(0, 10) ?? null,
    note: entry.note,
  }
}
