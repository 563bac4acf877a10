// Signing in: choose your name (this PC knows who lately worked here), type the password. Switching user is the same.
import { useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { useWindowState } from '#renderer/api/session-store.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Avatar } from '#ui/Marks.tsx'
import { Skeleton } from '#ui/States.tsx'
import { session } from '../shared/contract.ts'
import { DemoPassword } from './DemoPassword.tsx'
import { GateFrame } from './GateFrame.tsx'
import { sessionTexts } from './i18n.ts'
import { OtherWays } from './OtherWays.tsx'
import { PinForm } from './PinForm.tsx'
import { SetPasswordForm } from './SetPasswordForm.tsx'
import { SignInForm } from './SignInForm.tsx'

export interface KnownPerson {
  readonly username: string
  readonly name: string
  readonly pin: boolean
}
type Step =
  | { readonly kind: 'who' }
  | { readonly kind: 'password'; readonly person: KnownPerson | null }
  | { readonly kind: 'pin'; readonly person: KnownPerson }
  | { readonly kind: 'code' }

export function SignInGate() {
  const t = useTexts(sessionTexts)
  const state = useWindowState()
  const hints = useRead(session, 'hints', {})
  const [step, setStep] = useState<Step>({ kind: 'who' })
  const known = hints.data?.people ?? []
  const reason = state.kind === 'signed-out' ? state.reason : 'fresh'
  const text = reason === 'ended' ? t('in.ended') : reason === 'left' ? t('in.left') : undefined
  const foot = hints.data?.isDemo ? <DemoPassword /> : t('password.forgotten')
  if (step.kind === 'code') {
    return (
      <GateFrame title={t('code.title')} text={t('code.text')}>
        <SetPasswordForm onBack={() => setStep({ kind: 'who' })} />
      </GateFrame>
    )
  }
  if (hints.isLoading) {
    return (
      <GateFrame title={t('in.title')}>
        <Skeleton lines={3} height={28} />
      </GateFrame>
    )
  }
  if (step.kind === 'who' && known.length > 0) {
    return (
      <GateFrame title={hints.data?.clinicName || t('in.title')} text={text ?? t('in.who')}>
        <People
          people={known}
          onChoose={(person) => setStep({ kind: person.pin ? 'pin' : 'password', person })}
        />
        <div className="gate-actions">
          <Button variant="minimal" onClick={() => setStep({ kind: 'password', person: null })}>
            {t('in.other')}
          </Button>
          <Button variant="minimal" onClick={() => setStep({ kind: 'code' })}>
            {t('in.code')}
          </Button>
        </div>
        <OtherWays />
      </GateFrame>
    )
  }
  if (step.kind === 'pin') {
    return (
      <GateFrame title={hints.data?.clinicName || t('in.title')} text={text}>
        <PinForm
          person={step.person}
          onPassword={() => setStep({ kind: 'password', person: step.person })}
          onOther={() => setStep({ kind: 'who' })}
        />
      </GateFrame>
    )
  }
  const person = step.kind === 'password' ? step.person : null
  return (
    <GateFrame title={hints.data?.clinicName || t('in.title')} text={text} foot={foot}>
      <SignInForm
        key={person?.username ?? ''}
        person={person}
        onOther={known.length > 0 ? () => setStep({ kind: 'who' }) : undefined}
      />
      <div className="gate-actions">
        <Button variant="minimal" onClick={() => setStep({ kind: 'code' })}>
          {t('in.code')}
        </Button>
      </div>
      <OtherWays />
    </GateFrame>
  )
}

export interface PeopleProps {
  readonly people: readonly KnownPerson[]
  readonly onChoose: (person: KnownPerson) => void
}

/** Arrow keys move, Enter chooses. */
export function People({ people, onChoose }: PeopleProps) {
  const move = (event: React.KeyboardEvent<HTMLUListElement>) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const item = (event.target as HTMLElement).closest('li')
    const next = event.key === 'ArrowDown' ? item?.nextElementSibling : item?.previousElementSibling
    next?.querySelector('button')?.focus()
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the buttons inside take the keys
    <ul className="gate-people" onKeyDown={move}>
      {people.map((person, n) => (
        <li key={person.username}>
          <button type="button" className="gate-person" onClick={() => onChoose(person)} autoFocus={n === 0}>
            <Avatar name={person.name} />
            <span dir="auto">{person.name}</span>
          </button>
        </li>
      ))}
    </ul>
  )
}
