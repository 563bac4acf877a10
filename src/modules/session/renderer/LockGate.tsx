// The lock: the page behind it is gone from the window, not covered. One password and the person is back in place.
import { useRef, useState } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useWindowState } from '#renderer/api/session-store.ts'
import { leaveSession } from '#renderer/app/leave.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Avatar } from '#ui/Marks.tsx'
import { PasswordField } from '#ui/TextField.tsx'
import { session } from '../shared/contract.ts'
import { DemoPassword } from './DemoPassword.tsx'
import { letIn } from './entering.ts'
import { GateFrame } from './GateFrame.tsx'
import { sessionTexts } from './i18n.ts'

export function LockGate() {
  const t = useTexts(sessionTexts)
  const words = useErrorText()
  const state = useWindowState()
  const me = state.kind === 'locked' ? state.me : null
  const box = useRef<HTMLInputElement>(null)
  const [password, setPassword] = useState('')
  const unlock = useAct(session, 'unlock', {
    onDone: letIn,
    onError: () => {
      setPassword('')
      box.current?.focus()
    },
  })
  const wrongOr = (error: ApiError) => (error.code === 'WRONG_PASSWORD' ? t('password.wrong') : words(error))
  const submit = () => {
    if (!unlock.isPending && password) unlock.start({ password })
  }
  return (
    <GateFrame
      title={me?.clinic.name ?? t('lock.unknown')}
      text={`${t('lock.title')}. ${t('lock.text')}`}
      foot={me?.clinic.isDemo ? <DemoPassword /> : undefined}
    >
      <Form className="gate-form" onSubmit={submit}>
        {me ? (
          <p className="gate-who">
            <Avatar name={me.name} size={36} />
            <span dir="auto">{me.name}</span>
          </p>
        ) : null}
        <PasswordField
          label={t('password.label')}
          value={password}
          onChange={setPassword}
          inputRef={box}
          autoFocus
          error={unlock.error ? wrongOr(unlock.error) : undefined}
        />
        <div className="gate-actions">
          <Button type="submit" intent="primary" kbd="Enter" loading={unlock.isPending}>
            {t('lock.submit')}
          </Button>
          <Button onClick={() => void leaveSession('switch')}>{t('lock.switch')}</Button>
        </div>
      </Form>
    </GateFrame>
  )
}
