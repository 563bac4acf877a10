// A person's password, or the kit: the same two that open the clinic.
import { useState } from 'react'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { RestoreOpener } from '#shared/restore.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Spinner } from '#ui/Marks.tsx'
import { RadioRow } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { PasswordField, TextAreaField, TextField } from '#ui/TextField.tsx'
import { downtimeTexts } from './i18n.ts'

interface OpenerFormProps {
  readonly withKit: boolean
  readonly isBusy: boolean
  readonly error: string | null
  readonly onRead: (opener: RestoreOpener) => void
  readonly onBack: () => void
}

export function OpenerForm({ withKit, isBusy, error, onRead, onBack }: OpenerFormProps) {
  const t = useTexts(downtimeTexts)
  const common = useTexts(commonTexts)
  const [kind, setKind] = useState<'password' | 'kit'>('password')
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [kit, setKit] = useState('')
  const submit = () => {
    if (kind === 'kit' && kit.trim() !== '') onRead({ kind, kit })
    if (kind === 'password' && username.trim() !== '' && password !== '') {
      onRead({ kind, username: username.trim(), password })
      setPassword('')
    }
  }
  return (
    <Form className="gate-form" onSubmit={submit} label={t('title')}>
      <p className="os-dim">{t('open.text')}</p>
      {withKit ? (
        <RadioRow
          label={t('open.way')}
          value={kind}
          onChange={setKind}
          choices={(['password', 'kit'] as const).map((value) => ({ value, label: t(`open.${value}`) }))}
        />
      ) : null}
      {kind === 'kit' ? (
        <TextAreaField
          label={t('open.kitCode')}
          value={kit}
          onChange={setKit}
          rows={3}
          maxLength={400}
          autoFocus
        />
      ) : (
        <>
          <TextField
            label={t('open.username')}
            value={username}
            onChange={setUsername}
            dir="ltr"
            autoComplete="username"
            autoFocus
          />
          <PasswordField label={t('open.password')} value={password} onChange={setPassword} />
        </>
      )}
      <div aria-live="polite">{error === null ? null : <Notice tone="bad" title={error} />}</div>
      <div className="gate-actions">
        <Button type="submit" intent="primary" kbd="Enter" disabled={isBusy}>
          {t('open.submit')}
        </Button>
        <Button onClick={onBack} disabled={isBusy}>
          {common('act.back')}
        </Button>
        {isBusy ? <Spinner /> : null}
      </div>
    </Form>
  )
}
