// What a booked visit is for: its kind and the words of the desk. Time and length are changed in the grid.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { TextField } from '#ui/TextField.tsx'
import type { Setup, VisitTypeId } from '#modules/scheduling/shared/contract.ts'
import { scheduling } from '#modules/scheduling/shared/contract.ts'
import { TypeChips, useBookableTypes } from '../booking/TypeChips.tsx'
import { schedulingTexts } from '../i18n.ts'
import type { KnownVisit } from '../visit-acts.ts'

export interface AmendDialogProps {
  readonly visit: KnownVisit
  readonly setup: Setup
  readonly onClose: () => void
}

export function AmendDialog({ visit, setup, onClose }: AmendDialogProps) {
  const t = useTexts(schedulingTexts)
  const errorWords = useErrorText()
  const bookable = useBookableTypes(setup)
  const own = setup.visitTypes.find(({ id }) => id === visit.visitTypeId)
  const types = own && !bookable.includes(own) ? [own, ...bookable] : bookable
  const [typeId, setTypeId] = useState<string | null>(visit.visitTypeId)
  const [reason, setReason] = useState(visit.reason ?? '')
  const amend = useAct(scheduling, 'amend', { onDone: onClose })
  const submit = () =>
    amend.start({
      patientId: visit.patientId,
      appointmentId: visit.id,
      rev: visit.rev,
      visitTypeId: typeId as VisitTypeId | null,
      reason: reason.trim() === '' ? null : reason.trim(),
    })
  return (
    <Dialog
      title={t('amend.title', { name: visit.patientName ?? '' })}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      isBusy={amend.isPending}
      error={amend.error ? errorWords(amend.error) : null}
    >
      <TextField
        label={t('book.note')}
        optional
        value={reason}
        onChange={setReason}
        maxLength={300}
        autoFocus
      />
      <TypeChips types={types} value={typeId} onChange={(type) => setTypeId(type.id)} />
      <p className="os-hint">{t('amend.hint')}</p>
    </Dialog>
  )
}
