// A visit of a series was moved: this one alone, this and the following, or all. For several, all new dates are shown
// with what stands in their way before anything is saved.
import { useState } from 'react'
import { type ApiError, isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { type InputFor, useAct, useRead } from '#renderer/api/hooks.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { daysBetween, instantAt } from '#shared/zoned-time.ts'
import { scheduling } from '#modules/scheduling/shared/contract.ts'
import { choiceOf, noChoice, SeriesDates } from '../booking/SeriesDates.tsx'
import { momentWords, useWords } from '../use-words.ts'
import type { KnownVisit, MoveTo } from '../visit-acts.ts'
import { type Scope, ScopeChoice } from './CancelDialog.tsx'

export interface SeriesMoveDialogProps {
  readonly visit: KnownVisit
  readonly to: MoveTo
  /** Moves this one alone. */
  readonly onMoveOne: () => void
  readonly onClose: () => void
}

const furthestDays = 31

export function SeriesMoveDialog({ visit, to, onMoveOne, onClose }: SeriesMoveDialogProps) {
  const words = useWords()
  const { t, formats } = words
  const errorWords = useErrorText()
  const [scope, setScope] = useState<Scope>('this')
  const [choice, setChoice] = useState(noChoice)
  const [isTried, setTried] = useState(false)
  const shiftDays = daysBetween(visit.date, to.date)
  const isFar = Math.abs(shiftDays) > furthestDays
  const isSeveral = scope !== 'this' && !isFar
  const input: InputFor<typeof scheduling, 'changeSeriesPreview'> = {
    patientId: visit.patientId,
    appointmentId: visit.id,
    scope: scope === 'all' ? 'all' : 'following',
    shiftDays: isFar ? 0 : shiftDays,
    start: to.start,
    minutes: to.minutes,
    providerId: to.providerId,
    roomId: to.roomId,
    visitTypeId: visit.visitTypeId,
  }
  const which = { patientId: visit.patientId, appointmentId: visit.id }
  const series = useRead(scheduling, 'series', which)
  const preview = useRead(scheduling, 'changeSeriesPreview', input, { enabled: isSeveral })
  const decided = preview.data ? choiceOf(preview.data, choice) : null
  const change = useAct(scheduling, 'changeSeries', {
    onDone: ({ appointments }) => {
      showToast({ text: t('series.moved', { count: appointments.length, name: visit.patientName ?? '' }) })
      onClose()
    },
  })
  const submit = () => {
    setTried(true)
    if (scope === 'this') {
      onClose()
      onMoveOne()
      return
    }
    const rev = series.data?.series.rev
    if (!decided || decided.needsReason || rev === undefined || change.isPending) return
    change.start({ ...input, rev, skip: decided.skip, override: decided.override })
  }
  const failed: ApiError | null = change.error ?? (isApiError(series.error) ? series.error : null)
  const startAt = instantAt(to.date, to.start, formats.timeZone)
  return (
    <Dialog
      title={t('series.moveTitle', { name: visit.patientName ?? '' })}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('series.moveSave')}
      isBusy={change.isPending}
      canSubmit={scope === 'this' || (decided !== null && series.data !== undefined && !isFar)}
      error={failed ? errorWords(failed) : null}
    >
      <p>{t('series.moveTo', { when: momentWords({ date: to.date, startAt }, words) })}</p>
      <ScopeChoice value={scope} onChange={setScope} />
      {scope !== 'this' && isFar ? <Notice tone="warn">{t('series.tooFar')}</Notice> : null}
      {isSeveral ? (
        <SeriesDates
          query={preview}
          choice={choice}
          onChoice={setChoice}
          needsReason={isTried && decided?.needsReason === true}
        />
      ) : null}
    </Dialog>
  )
}
