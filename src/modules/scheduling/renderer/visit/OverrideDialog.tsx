// A move over something that is in the way: what it is, and the reason it is saved with.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { type ApiError, isApiError } from '#renderer/api/client.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { ClashNotice, shortestReason } from '../booking/ClashNotice.tsx'
import { schedulingTexts } from '../i18n.ts'
import type { KnownVisit, MoveTo } from '../visit-acts.ts'

export interface OverrideDialogProps {
  readonly visit: KnownVisit
  readonly to: MoveTo
  readonly onSave: (reason: string) => Promise<unknown>
  readonly onClose: () => void
}

export function OverrideDialog({ visit, to, onSave, onClose }: OverrideDialogProps) {
  const t = useTexts(schedulingTexts)
  const errorWords = useErrorText()
  const [reason, setReason] = useState('')
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const isShort = reason.trim().length < shortestReason
  const submit = () => {
    setTried(true)
    if (isShort) return
    setBusy(true)
    onSave(reason.trim())
      .then(onClose)
      .catch((failed: unknown) => {
        if (!isApiError(failed)) throw failed
        setError(failed)
      })
      .finally(() => setBusy(false))
  }
  return (
    <Dialog
      title={t('override.title', { name: visit.patientName ?? '' })}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('override.save')}
      isBusy={isBusy}
      error={error ? errorWords(error) : null}
    >
      <ClashNotice
        place={{
          patientId: visit.patientId,
          appointmentId: visit.id,
          date: to.date,
          start: to.start,
          minutes: to.minutes,
          providerId: to.providerId,
          roomId: to.roomId,
          visitTypeId: visit.visitTypeId,
        }}
        reason={reason}
        onReason={setReason}
        error={isTried && isShort ? t('clash.reasonNeeded') : undefined}
      />
    </Dialog>
  )
}
