// How the own account is protected: the second factor, codes on paper, the PIN of this computer, where one is signed in.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { setWindowState, useMe } from '#renderer/api/session-store.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Tag } from '#ui/Marks.tsx'
import { PasswordField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type Me, session } from '../shared/contract.ts'
import { EnrolFactor } from './EnrolFactor.tsx'
import { sessionTexts, signInTexts } from './i18n.ts'
import { PinCard } from './PinCard.tsx'
import { RecoveryCodes } from './RecoveryCodes.tsx'
import { SessionList } from './SessionList.tsx'

export function SecurityCards() {
  const t = useTexts(signInTexts)
  const security = useRead(session, 'security', {})
  const again = () => void security.refetch()
  const end = useAct(session, 'endSession', { onDone: again })
  return (
    <>
      <Card title={t('factor.title')}>
        <QueryView query={security} small>
          {(value) => (
            <Factor since={value.factorSince} codesLeft={value.recoveryCodesLeft} onChanged={again} />
          )}
        </QueryView>
      </Card>
      {security.data && security.data.pin !== 'elsewhere' ? (
        <PinCard state={security.data.pin} onChanged={again} />
      ) : null}
      <Card title={t('sessions.title')}>
        <QueryView query={security} small>
          {(value) => <SessionList sessions={value.sessions} onEnd={(id) => end.start({ id })} />}
        </QueryView>
      </Card>
    </>
  )
}

interface FactorProps {
  readonly since: string | null
  readonly codesLeft: number
  readonly onChanged: () => void
}

function Factor({ since, codesLeft, onChanged }: FactorProps) {
  const t = useTexts(signInTexts)
  const { date, instant } = useFormatsOf()
  const me = useMe()
  const [open, setOpen] = useState<'enrol' | 'remove' | readonly string[] | null>(null)
  const close = () => setOpen(null)
  const changed = (next: Me) => {
    setWindowState({ kind: 'signed-in', me: next })
    close()
    onChanged()
  }
  const newCodes = useAct(session, 'newRecoveryCodes', {
    onDone: ({ recoveryCodes }) => {
      setOpen(recoveryCodes)
      onChanged()
    },
  })
  // In the card and not in a dialog: both bring forms of their own.
  if (open === 'enrol') return <EnrolFactor onDone={changed} onCancel={close} />
  if (Array.isArray(open))
    return <RecoveryCodes codes={open as readonly string[]} name={me.name} onKept={close} />
  return (
    <div className="os-stack">
      <p>
        {since ? <Tag tone="ok">{t('factor.on')}</Tag> : <Tag tone="warn">{t('factor.off')}</Tag>}{' '}
        <span className="os-dim">{since ? t('factor.since', { date: date(since) }) : t('factor.why')}</span>
      </p>
      {since ? <p className="os-dim">{t('factor.codesLeft', { count: codesLeft })}</p> : null}
      {!since && me.secondFactorDueAt ? (
        <p className="os-dim">{t('factor.dueBy', { date: instant(me.secondFactorDueAt) })}</p>
      ) : null}
      <div className="gate-actions">
        <Button intent={since ? 'none' : 'primary'} onClick={() => setOpen('enrol')}>
          {since ? t('factor.replace') : t('factor.setUp')}
        </Button>
        {since ? (
          <>
            <Button loading={newCodes.isPending} onClick={() => newCodes.start({})}>
              {t('factor.newCodes')}
            </Button>
            <Button variant="minimal" onClick={() => setOpen('remove')}>
              {t('factor.remove')}
            </Button>
          </>
        ) : null}
      </div>
      {open === 'remove' ? <RemoveFactor onDone={changed} onClose={close} /> : null}
    </div>
  )
}

function useFormatsOf() {
  const { instant } = useFormats()
  return { instant, date: (at: string) => instant(at, 'date') }
}

function RemoveFactor({ onDone, onClose }: { onDone: (me: Me) => void; onClose: () => void }) {
  const t = useTexts(signInTexts)
  const common = useTexts(sessionTexts)
  const words = useErrorText()
  const [password, setPassword] = useState('')
  const remove = useAct(session, 'removeFactor', {
    onDone: (me) => {
      showToast({ text: t('factor.removed') })
      onDone(me)
    },
  })
  const error = remove.error
    ? remove.error.code === 'PASSWORD_TOO_WEAK'
      ? t('factor.shortPassword')
      : remove.error.code === 'WRONG_PASSWORD'
        ? common('password.wrong')
        : words(remove.error)
    : undefined
  return (
    <Dialog
      title={t('factor.remove')}
      isOpen
      onClose={onClose}
      onSubmit={() => remove.start({ password })}
      submitLabel={t('factor.remove')}
      submitIntent="danger"
      isBusy={remove.isPending}
      canSubmit={password !== ''}
      width="small"
    >
      <div className="os-stack">
        <p className="os-dim">{t('factor.removeText')}</p>
        <PasswordField
          label={common('password.label')}
          value={password}
          onChange={setPassword}
          autoFocus
          error={error}
        />
      </div>
    </Dialog>
  )
}
