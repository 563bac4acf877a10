// For administrators: where a colleague is signed in, ending that, and taking a lost second factor away.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { UserId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { session } from '../shared/contract.ts'
import { signInTexts } from './i18n.ts'
import { SessionList } from './SessionList.tsx'

export interface PersonSignInsDialogProps {
  readonly person: { readonly id: UserId; readonly name: string }
  readonly onClose: () => void
}

export function PersonSignInsDialog({ person, onClose }: PersonSignInsDialogProps) {
  const t = useTexts(signInTexts)
  const words = useErrorText()
  const { instant } = useFormats()
  const userId = person.id
  const [isSure, setSure] = useState(false)
  const found = useRead(session, 'sessionsOf', { userId })
  const again = () => void found.refetch()
  const end = useAct(session, 'endSessionOf', { onDone: again })
  const reset = useAct(session, 'resetFactor', {
    onDone: () => {
      setSure(false)
      showToast({ text: t('person.resetDone') })
      again()
    },
  })
  const failed = end.error ?? reset.error
  return (
    <Dialog
      title={t('person.title', { name: person.name })}
      isOpen
      onClose={onClose}
      error={failed ? words(failed) : undefined}
    >
      <QueryView query={found} small>
        {({ factorSince, sessions }) => (
          <div className="os-stack">
            <SessionList sessions={sessions} onEnd={(id) => end.start({ userId, id })} />
            {sessions.length > 1 ? (
              <div>
                <Button onClick={() => end.start({ userId, id: null })}>{t('person.endAll')}</Button>
              </div>
            ) : null}
            <p>
              {factorSince
                ? t('person.factor', { date: instant(factorSince, 'date') })
                : t('person.noFactor')}
            </p>
            {factorSince && !isSure ? (
              <div>
                <Button onClick={() => setSure(true)}>{t('person.reset')}</Button>
              </div>
            ) : null}
            {isSure ? (
              <Notice tone="warn" title={t('person.resetTitle')}>
                <p>{t('person.resetText')}</p>
                <Button intent="danger" loading={reset.isPending} onClick={() => reset.start({ userId })}>
                  {t('person.reset')}
                </Button>
              </Notice>
            ) : null}
          </div>
        )}
      </QueryView>
    </Dialog>
  )
}
