// Setting up a second factor: scan, type the first code, keep ten codes on paper.
import { useEffect, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { QrCode } from '#ui/QrCode.tsx'
import { Skeleton } from '#ui/States.tsx'
import { type Me, session } from '../shared/contract.ts'
import { CodeField } from './CodeField.tsx'
import { signInTexts } from './i18n.ts'
import { RecoveryCodes } from './RecoveryCodes.tsx'

export interface EnrolFactorProps {
  readonly onDone: (me: Me) => void
  readonly onCancel: () => void
}

export function EnrolFactor({ onDone, onCancel }: EnrolFactorProps) {
  const t = useTexts(signInTexts)
  const common = useTexts(commonTexts)
  const words = useErrorText()
  const [code, setCode] = useState('')
  const begin = useAct(session, 'beginFactor', {
    onError: (error) => error.code === 'STEP_UP_NEEDED' && onCancel(),
  })
  const confirm = useAct(session, 'confirmFactor', { onError: () => setCode('') })
  const { start } = begin
  useEffect(() => {
    start({})
    // Once a screen: a second secret would make the one just scanned worthless.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  const done = confirm.data
  if (done)
    return <RecoveryCodes codes={done.recoveryCodes} name={done.me.name} onKept={() => onDone(done.me)} />
  if (begin.error) return <p className="os-error">{words(begin.error)}</p>
  if (!begin.data) return <Skeleton lines={4} />
  const submit = () => {
    if (!confirm.isPending && code.trim()) confirm.start({ code })
  }
  return (
    <Form className="gate-form" onSubmit={submit}>
      <p className="os-dim">{t('enrol.scan')}</p>
      <div className="factor-secret">
        <QrCode text={begin.data.uri} label={t('enrol.qr')} />
        <div>
          <p className="os-dim">{t('enrol.typed')}</p>
          <output className="factor-typed" dir="ltr" data-testid="factor-secret">
            {begin.data.secret.replace(/(.{4})(?=.)/g, '$1 ')}
          </output>
        </div>
      </div>
      <CodeField
        value={code}
        onChange={setCode}
        hint={t('enrol.codeHint')}
        error={confirm.error ? words(confirm.error) : undefined}
        autoFocus
      />
      <div className="gate-actions">
        <Button type="submit" intent="primary" kbd="Enter" loading={confirm.isPending}>
          {t('enrol.confirm')}
        </Button>
        <Button onClick={onCancel}>{common('act.cancel')}</Button>
      </div>
    </Form>
  )
}
