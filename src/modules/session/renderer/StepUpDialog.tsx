// Asks once more who sits there, before a dangerous act goes on (SECURITY 3.5). The act waits; cancelling stops it.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { setWindowState, useMe, windowState } from '#renderer/api/session-store.ts'
import { answerStepUp, type StepUpKind, useAskedStepUp } from '#renderer/api/step-up.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { PasswordField } from '#ui/TextField.tsx'
import { session } from '../shared/contract.ts'
import { CodeField } from './CodeField.tsx'
import { sessionTexts, signInTexts } from './i18n.ts'

export function StepUpDialog() {
  const kind = useAskedStepUp()
  return kind ? <Question kind={kind} /> : null
}

function Question({ kind }: { kind: StepUpKind }) {
  const t = useTexts(signInTexts)
  const common = useTexts(sessionTexts)
  const words = useErrorText()
  const me = useMe()
  const mayUseCode = me.hasSecondFactor && kind === 'act'
  const [wantsCode, setWantsCode] = useState(mayUseCode)
  const [typed, setTyped] = useState('')
  const byCode = mayUseCode && wantsCode
  const prove = useAct(session, 'stepUp', {
    onDone: (next) => {
      if (windowState().kind === 'signed-in') setWindowState({ kind: 'signed-in', me: next })
      answerStepUp(true)
    },
    onError: () => setTyped(''),
  })
  const error = prove.error
    ? prove.error.code === 'WRONG_PASSWORD'
      ? common('password.wrong')
      : words(prove.error)
    : undefined
  const swap = () => {
    setTyped('')
    prove.reset()
    setWantsCode(!wantsCode)
  }
  return (
    <Dialog
      title={t('stepUp.title')}
      isOpen
      onClose={() => answerStepUp(false)}
      onSubmit={() => prove.start({ by: byCode ? 'code' : 'password', proof: typed })}
      submitLabel={t('stepUp.submit')}
      isBusy={prove.isPending}
      canSubmit={typed.trim() !== ''}
      width="small"
    >
      <div className="os-stack" key={byCode ? 'code' : 'password'}>
        <p className="os-dim">{kind === 'sign' ? t('stepUp.signText') : t('stepUp.text')}</p>
        {byCode ? (
          <CodeField value={typed} onChange={setTyped} autoFocus error={error} />
        ) : (
          <PasswordField
            label={common('password.label')}
            value={typed}
            onChange={setTyped}
            autoFocus
            error={error}
          />
        )}
        {mayUseCode ? (
          <div>
            <Button variant="minimal" onClick={swap}>
              {byCode ? t('stepUp.usePassword') : t('stepUp.useCode')}
            </Button>
          </div>
        ) : null}
      </div>
    </Dialog>
  )
}
