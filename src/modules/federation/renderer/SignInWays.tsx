// The ways to sign in besides the password, below the form: the organisation's page, a passkey.
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import type { SignInWayProps } from '#renderer/app/module.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { federation } from '../shared/contract.ts'
import { federationTexts } from './i18n.ts'
import { usePasskeySignIn } from './use-passkey.ts'
import './federation.css'

export function SignInWays({ onDone }: SignInWayProps) {
  const offers = useRead(federation, 'offers', {})
  const { organisation = null, passkeys = false } = offers.data ?? {}
  const hasPasskeys = passkeys && browserSupportsWebAuthn()
  if (!organisation && !hasPasskeys) return null
  return (
    <div className="fed-ways">
      {organisation ? <Organisation {...organisation} onDone={onDone} /> : null}
      {hasPasskeys ? <PasskeyButton onDone={onDone} /> : null}
    </div>
  )
}

interface OrganisationProps extends SignInWayProps {
  readonly name: string
  readonly state: 'checking' | 'ready' | 'unreachable'
}

function Organisation({ name, state, onDone }: OrganisationProps) {
  const t = useTexts(federationTexts)
  const common = useTexts(commonTexts)
  const words = useErrorText()
  const [handle, setHandle] = useState<string | null>(null)
  const [isGivenUp, setGivenUp] = useState(false)
  const end = () => setHandle(null)
  const complete = useAct(federation, 'completeSignIn', {
    onDone: (me) => {
      end()
      onDone(me)
    },
    onError: end,
  })
  const begin = useAct(federation, 'beginSignIn', {
    onDone: (begun) => {
      setHandle(begun.handle)
      complete.start(begun)
    },
  })
  const cancel = useAct(federation, 'cancel')
  const start = () => {
    setGivenUp(false)
    complete.reset()
    begin.start({})
  }
  if (handle) {
    const giveUp = () => {
      setGivenUp(true)
      cancel.start({ handle })
    }
    return (
      <div className="fed-wait" aria-live="polite">
        <p>{t('way.waiting')}</p>
        <Button onClick={giveUp}>{common('act.cancel')}</Button>
      </div>
    )
  }
  if (state === 'unreachable') return <p className="os-dim">{t('way.away', { name })}</p>
  const error = isGivenUp ? null : (begin.error ?? complete.error)
  return (
    <>
      <Button fill onClick={start} loading={begin.isPending}>
        {t('way.organisation', { name })}
      </Button>
      {error ? (
        <div className="os-error" role="alert">
          {words(error)}
        </div>
      ) : null}
    </>
  )
}

function PasskeyButton({ onDone }: SignInWayProps) {
  const t = useTexts(federationTexts)
  const words = useErrorText()
  const { start, isPending, error } = usePasskeySignIn(onDone)
  return (
    <>
      <Button fill onClick={start} loading={isPending}>
        {t('way.passkey')}
      </Button>
      {error ? (
        <div className="os-error" role="alert">
          {words(error)}
        </div>
      ) : null}
    </>
  )
}
