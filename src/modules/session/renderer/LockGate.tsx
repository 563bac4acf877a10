// The lock: the page behind it is gone from the window, not covered. A password or PIN, and the person is back in place.
import { useRef, useState } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { useWindowState } from '#renderer/api/session-store.ts'
import { leaveSession } from '#renderer/app/leave.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Avatar } from '#ui/Marks.tsx'
import { PasswordField } from '#ui/TextField.tsx'
import { type Me, session } from '../shared/contract.ts'
import { DemoPassword } from './DemoPassword.tsx'
import { letIn } from './entering.ts'
import { GateFrame } from './GateFrame.tsx'
import { sessionTexts, signInTexts } from './i18n.ts'
import { PinForm } from './PinForm.tsx'
import { type KnownPerson, People } from './SignInGate.tsx'

export function LockGate() {
  const t = useTexts(sessionTexts)
  const pinWords = useTexts(signInTexts)
  const state = useWindowState()
  const me = state.kind === 'locked' ? state.me : null
  const hints = useRead(session, 'hints', {})
  const [way, setWay] = useState<'password' | 'who' | KnownPerson | null>(null)
  const people = (hints.data?.people ?? []).filter((person) => person.pin)
  const own = people.find((person) => person.username === me?.username)
  const others = people.filter((person) => person.username !== me?.username)
  const shown = way ?? own ?? 'password'
  const colleagues =
    others.length > 0 && shown !== 'who' ? (
      <div className="gate-actions">
        <Button variant="minimal" onClick={() => setWay('who')}>
          {pinWords('lock.colleague')}
        </Button>
      </div>
    ) : null
  return (
    <GateFrame
      title={me?.clinic.name ?? t('lock.unknown')}
      text={`${t('lock.title')}. ${t('lock.text')}`}
      foot={me?.clinic.isDemo ? <DemoPassword /> : undefined}
    >
      {shown === 'who' ? (
        <>
          <People people={people} onChoose={setWay} />
          <div className="gate-actions">
            <Button onClick={() => void leaveSession('switch')}>{t('in.other')}</Button>
          </div>
        </>
      ) : shown === 'password' ? (
        <PasswordUnlock me={me} />
      ) : (
        <PinForm
          key={shown.username}
          person={shown}
          onPassword={() => (shown === own ? setWay('password') : void leaveSession('switch'))}
        />
      )}
      {colleagues}
    </GateFrame>
  )
}

function PasswordUnlock({ me }: { me: Me | null }) {
  const t = useTexts(sessionTexts)
  const words = useErrorText()
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
  )
}
