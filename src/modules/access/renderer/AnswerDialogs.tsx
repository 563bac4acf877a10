// Answering a request: refusing it with a reason, agreeing with the recovery kit where nobody else could.
import { useState } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { access } from '../shared/contract.ts'
import type { ApprovalRequest } from '../shared/second-person.ts'
import { accessTexts } from './i18n.ts'

export function useAnswerText(): (error: ApiError) => string {
  const t = useTexts(accessTexts)
  const words = useErrorText()
  return (error) => {
    if (error.code === 'RESTRICTED' && error.details.why === 'own-request') return t('again.own')
    if (error.code === 'RESTRICTED' && error.details.why === 'new-password') return t('again.newPassword')
    return words(error)
  }
}

interface AnswerProps {
  readonly request: ApprovalRequest
  readonly onClose: () => void
}

export function KitDialog({ request, onClose }: AnswerProps) {
  const t = useTexts(accessTexts)
  const f = useFormats()
  const answerText = useAnswerText()
  const [kit, setKit] = useState('')
  const agree = useAct(access, 'approveWithKit', {
    onDone: (done) => {
      showToast({ text: t('approvals.kitDone', { time: f.instant(done.goodFrom ?? '', 'short-date-time') }) })
      onClose()
    },
  })
  return (
    <Dialog
      title={t('approvals.kitTitle')}
      isOpen
      onClose={onClose}
      onSubmit={() => agree.start({ id: request.id, rev: request.rev, kit })}
      submitLabel={t('approvals.agree')}
      canSubmit={kit.trim() !== ''}
      isBusy={agree.isPending}
      error={agree.error ? answerText(agree.error) : undefined}
    >
      <Notice tone="info">{t('approvals.alone')}</Notice>
      <TextField
        label={t('approvals.kit')}
        hint={t('approvals.kitHint')}
        value={kit}
        onChange={setKit}
        dir="ltr"
        autoComplete="off"
        maxLength={1000}
        autoFocus
      />
    </Dialog>
  )
}

export function DeclineDialog({ request, onClose }: AnswerProps) {
  const t = useTexts(accessTexts)
  const answerText = useAnswerText()
  const [reason, setReason] = useState('')
  const decline = useAct(access, 'decline', {
    onDone: () => {
      showToast({ text: t('approvals.declined') })
      onClose()
    },
  })
  return (
    <Dialog
      title={t('approvals.declineTitle')}
      isOpen
      onClose={onClose}
      onSubmit={() => decline.start({ id: request.id, rev: request.rev, reason })}
      submitLabel={t('approvals.decline')}
      canSubmit={reason.trim().length >= 3}
      isBusy={decline.isPending}
      error={decline.error ? answerText(decline.error) : undefined}
    >
      <TextField
        label={t('approvals.reason')}
        value={reason}
        onChange={setReason}
        maxLength={500}
        autoFocus
      />
    </Dialog>
  )
}
