// For people who only ever came through the organisation: a passphrase of this clinic.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Notice } from '#ui/States.tsx'
import { PasswordField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { federation } from '../shared/contract.ts'
import { federationTexts } from './i18n.ts'

export function PassphraseForm() {
  const t = useTexts(federationTexts)
  const words = useErrorText()
  const [passphrase, setPassphrase] = useState('')
  const set = useAct(federation, 'setPassphrase', {
    onDone: () => {
      setPassphrase('')
      showToast({ text: t('own.passphraseSet') })
    },
  })
  const submit = () => {
    if (passphrase !== '' && !set.isPending) set.start({ passphrase })
  }
  return (
    <Notice tone="warn" title={t('own.passphraseTitle')}>
      <p>{t('own.passphraseText')}</p>
      <Form className="os-form" onSubmit={submit}>
        <PasswordField
          label={t('own.passphrase')}
          value={passphrase}
          onChange={setPassphrase}
          purpose="new-password"
          error={set.error ? words(set.error) : undefined}
        />
        <div>
          <Button type="submit" loading={set.isPending}>
            {t('own.passphraseSubmit')}
          </Button>
        </div>
      </Form>
    </Notice>
  )
}
