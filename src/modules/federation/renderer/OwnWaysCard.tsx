// One's own ways to sign in besides the password: links with the organisation, passkeys, and the passphrase of those who
// have none.
import { browserSupportsWebAuthn } from '@simplewebauthn/browser'
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { OutputOf } from '#shared/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { federation, type Passkey } from '../shared/contract.ts'
import { federationTexts } from './i18n.ts'
import { type Named, PasskeyDialog } from './PasskeyDialog.tsx'
import { PassphraseForm } from './PassphraseForm.tsx'
import { RemoveDialog, type Removed } from './RemoveDialog.tsx'
import './federation.css'

type Mine = OutputOf<(typeof federation)['procedures']['mine']>

export function OwnWaysCard() {
  const t = useTexts(federationTexts)
  const mine = useRead(federation, 'mine', {})
  return (
    <Card title={t('own.title')}>
      <QueryView query={mine} small>
        {(found) => <Ways mine={found} />}
      </QueryView>
    </Card>
  )
}

function Ways({ mine }: { mine: Mine }) {
  const t = useTexts(federationTexts)
  const { date, instant } = { date: useFormats().instant, instant: useFormats().ago }
  const [named, setNamed] = useState<Named | null>(null)
  const [removed, setRemoved] = useState<Removed | null>(null)
  const facts = (key: Passkey) =>
    [
      key.host,
      t('own.since', { date: date(key.createdAt, 'date') }),
      key.lastUsedAt ? t('own.used', { ago: instant(key.lastUsedAt) }) : t('own.neverUsed'),
      key.backedUp ? t('own.backedUp') : '',
    ].filter(Boolean)
  const isEmpty = mine.identities.length + mine.passkeys.length === 0
  return (
    <div className="os-stack">
      {mine.hasPassword ? null : <PassphraseForm />}
      {isEmpty && mine.hasPassword ? <p className="os-dim">{t('own.none')}</p> : null}
      <ul className="fed-list">
        {mine.identities.map((identity) => (
          <li key={identity.id}>
            <div className="fed-what">
              <b dir="auto">{identity.hint ?? identity.subject}</b>
              <span className="os-dim" dir="ltr">
                {identity.issuer}
              </span>
            </div>
            <Button
              variant="minimal"
              onClick={() =>
                setRemoved({ kind: 'own-link', id: identity.id, name: identity.hint ?? identity.subject })
              }
            >
              {t('people.remove')}
            </Button>
          </li>
        ))}
        {mine.passkeys.map((key) => (
          <li key={key.id}>
            <div className="fed-what">
              <b dir="auto">{key.name}</b>
              <span className="os-dim">
                {facts(key).map((fact) => (
                  <bdi key={fact}>{fact}</bdi>
                ))}
              </span>
            </div>
            <Button variant="minimal" onClick={() => setNamed({ kind: 'rename', passkey: key })}>
              {t('own.rename')}
            </Button>
            <Button
              variant="minimal"
              onClick={() => setRemoved({ kind: 'own-passkey', id: key.id, name: key.name })}
            >
              {t('people.remove')}
            </Button>
          </li>
        ))}
      </ul>
      {mine.canLink ? <LinkOwn name={mine.canLink} /> : null}
      {mine.canAddPasskey && browserSupportsWebAuthn() ? (
        <div className="fed-add">
          <p className="os-dim">{t('own.addText')}</p>
          <Button onClick={() => setNamed({ kind: 'add' })}>{t('own.addPasskey')}</Button>
        </div>
      ) : null}
      {named ? <PasskeyDialog what={named} onClose={() => setNamed(null)} /> : null}
      {removed ? <RemoveDialog what={removed} onClose={() => setRemoved(null)} /> : null}
    </div>
  )
}

function LinkOwn({ name }: { name: string }) {
  const t = useTexts(federationTexts)
  const common = useTexts(commonTexts)
  const words = useErrorText()
  const [handle, setHandle] = useState<string | null>(null)
  const end = () => setHandle(null)
  const complete = useAct(federation, 'completeLink', { onDone: end, onError: end })
  const begin = useAct(federation, 'beginLink', {
    onDone: (begun) => {
      setHandle(begun.handle)
      complete.start(begun)
    },
  })
  const cancel = useAct(federation, 'cancel')
  if (handle) {
    return (
      <div className="fed-wait" aria-live="polite">
        <p>{t('way.waiting')}</p>
        <Button onClick={() => cancel.start({ handle })}>{common('act.cancel')}</Button>
      </div>
    )
  }
  const error = begin.error ?? complete.error
  return (
    <div>
      <Button onClick={() => begin.start({})} loading={begin.isPending}>
        {t('own.link', { name })}
      </Button>
      {error ? (
        <div className="os-error" role="alert">
          {words(error)}
        </div>
      ) : null}
    </div>
  )
}
