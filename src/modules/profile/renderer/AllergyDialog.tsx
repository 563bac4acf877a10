// One allergy in full: reactions, severity, whether it still holds; who changed what; taking it off.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { type OutputFor, useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { showToast } from '#ui/toast.ts'
import {
  allergyCategories,
  allergyCertainties,
  type AllergyFields,
  allergyStatuses,
  allergyTypes,
  criticalities,
  profile,
  severities,
} from '../shared/contract.ts'
import { CloseOnly } from './AddProblem.tsx'
import { AllergyFieldset } from './AllergyFieldset.tsx'
import { useFieldErrors } from './field-errors.ts'
import { HistoryLines } from './HistoryLines.tsx'
import { profileTexts } from './i18n.ts'
import { TakeOff } from './TakeOff.tsx'
import { takeBack } from './undo.ts'
import { changedOf, chosen } from './use-choices.ts'

interface AllergyDialogProps {
  readonly patientId: PatientId
  readonly id: string
  readonly onClose: () => void
}

export function AllergyDialog({ patientId, id, onClose }: AllergyDialogProps) {
  const t = useTexts(profileTexts)
  const read = useRead(profile, 'allergy', { patientId, id }, { staleMs: 0 })
  if (read.data) return <AllergyForm key={read.data.id} entry={read.data} onClose={onClose} />
  return (
    <Dialog title={t('allergy.title')} isOpen onClose={onClose} actions={<CloseOnly onClose={onClose} />}>
      <QueryView query={read}>{() => null}</QueryView>
    </Dialog>
  )
}

type Entry = OutputFor<typeof profile, 'allergy'>

function AllergyForm({ entry, onClose }: { entry: Entry; onClose: () => void }) {
  const t = useTexts(profileTexts)
  const words = useErrorText()
  const { patientId, id } = entry
  // What was read when the dialog opened: a later version of somebody else is not overwritten.
  const [{ rev, before }] = useState(() => ({ rev: entry.rev, before: fieldsOf(entry) }))
  const [fields, setFields] = useState(before)
  const [badDate, setBadDate] = useState<string | null>(null)
  const changing = useAct(profile, 'changeAllergy')
  const voiding = useAct(profile, 'voidAllergy')
  const errors = useFieldErrors(changing.error)
  const name = entry.substance.display

  const save = () => {
    const changes = changedOf(before, fields)
    if (Object.keys(changes).length === 0) return onClose()
    changing.start({ patientId, id, rev, ...changes }, (saved) => {
      onClose()
      const former = Object.fromEntries(
        Object.keys(changes).map((field) => [field, before[field as keyof AllergyFields]]),
      )
      showToast({
        text: t('allergy.saved', { name }),
        undo: () => takeBack('changeAllergy', { patientId, id, rev: saved.rev, ...former }, words),
      })
    })
  }
  const takeOff = (reason: string) =>
    voiding.start({ patientId, id, rev, reason }, (off) => {
      onClose()
      showToast({
        text: t('allergy.takenOff', { name }),
        undo: () => takeBack('restoreAllergy', { patientId, id, rev: off.rev }, words),
      })
    })
  return (
    <Dialog
      title={t('allergy.title')}
      isOpen
      onClose={onClose}
      onSubmit={save}
      isBusy={changing.isPending}
      canSubmit={badDate === null}
      error={errors.rest ?? (voiding.error ? words(voiding.error) : null)}
    >
      <p className="pf-what">
        <bdi>{name}</bdi>
      </p>
      <AllergyFieldset
        fields={fields}
        onChange={(part) => setFields((now) => ({ ...now, ...part }))}
        onDateProblem={setBadDate}
        errors={errors}
      />
      <HistoryLines lines={entry.history} />
      <TakeOff isBusy={voiding.isPending} onTakeOff={takeOff} />
    </Dialog>
  )
}

/** Values that are not ours (imported ones) show as not chosen, and stay unless something else is chosen. */
function fieldsOf(entry: Entry): AllergyFields {
  return {
    clinicalStatus: chosen(allergyStatuses, entry.clinicalStatus) ?? 'active',
    verificationStatus: chosen(allergyCertainties, entry.verificationStatus) ?? 'confirmed',
    type: chosen(allergyTypes, entry.type),
    category: chosen(allergyCategories, entry.category),
    criticality: chosen(criticalities, entry.criticality),
    manifestations: entry.manifestations,
    severity: chosen(severities, entry.severity),
    onset: entry.onset?.slice(0, 10) ?? null,
    note: entry.note,
  }
}
