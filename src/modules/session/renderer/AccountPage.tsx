// One's own account: who one is here, the password, how the window looks.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { accountCards } from '#renderer/app/registry.ts'
import { useTitle } from '#renderer/app/title.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { type Language, setAppearance, type Theme, useAppearance } from '#renderer/i18n/i18n.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Checkbox, RadioRow } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { PasswordField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { session } from '../shared/contract.ts'
import { sessionTexts } from './i18n.ts'
import { NewPasswordField, newPasswordFault } from './NewPasswordField.tsx'
import { SecurityCards } from './SecurityCards.tsx'
import { usePasswordOnly } from './SetPasswordForm.tsx'
import './session.css'

export function AccountPage() {
  const t = useTexts(sessionTexts)
  useTitle(t('account.title'))
  return (
    <div className="os-page">
      <PageHeader title={t('account.title')} />
      <div className="account-grid">
        <WhoCard />
        <PasswordCard />
        <SecurityCards />
        {accountCards().map(({ order, Card: Brought }) => (
          <Brought key={order} />
        ))}
        <LookCard />
      </div>
    </div>
  )
}

function WhoCard() {
  const t = useTexts(sessionTexts)
  const roleName = useTexts(commonTexts)
  const { list } = useFormats()
  const me = useMe()
  return (
    <Card title={t('account.who')}>
      <div className="os-stack">
        <dl className="account-facts">
          <dt>{roleName('word.name')}</dt>
          <dd dir="auto">{me.name}</dd>
          <dt>{t('account.username')}</dt>
          <dd dir="ltr">{me.username}</dd>
          <dt>{t('account.roles')}</dt>
          <dd>{list(me.roles.map((role) => roleName(`role.${role}`)))}</dd>
        </dl>
        {me.canSign ? null : (
          <Notice tone="warn" title={t('account.cannotSign')}>
            {t('account.cannotSignText')}
          </Notice>
        )}
      </div>
    </Card>
  )
}

function PasswordCard() {
  const t = useTexts(sessionTexts)
  const words = useErrorText()
  const me = useMe()
  const passwordOnly = usePasswordOnly()
  const [oldPassword, setOld] = useState('')
  const [newPassword, setNew] = useState('')
  const [isTried, setTried] = useState(false)
  const names = [me.name, me.username, me.clinic.name]
  const change = useAct(session, 'changePassword', {
    onDone: () => {
      setOld('')
      setNew('')
      setTried(false)
      showToast({ text: t('account.changed') })
    },
  })
  const submit = () => {
    setTried(true)
    if (
      change.isPending ||
      !oldPassword ||
      newPasswordFault(newPassword, passwordOnly, names, me.hasSecondFactor)
    )
      return
    change.start({ oldPassword, newPassword })
  }
  const isAboutOld = change.error !== null && change.error.code !== 'PASSWORD_TOO_WEAK'
  const isWrong = change.error?.code === 'WRONG_PASSWORD'
  const oldError = isWrong ? t('password.wrong') : change.error ? words(change.error) : undefined
  return (
    <Card title={t('account.password')}>
      <Form className="os-form" onSubmit={submit}>
        <PasswordField
          label={t('account.old')}
          value={oldPassword}
          onChange={setOld}
          error={isAboutOld ? oldError : undefined}
        />
        <NewPasswordField
          hasFactor={me.hasSecondFactor}
          value={newPassword}
          onChange={setNew}
          passwordOnly={passwordOnly}
          names={names}
          showFault={isTried}
          error={change.error && !isAboutOld ? words(change.error) : undefined}
        />
        <div>
          <Button type="submit" intent="primary" kbd="Enter" loading={change.isPending}>
            {t('account.submit')}
          </Button>
        </div>
      </Form>
    </Card>
  )
}

function LookCard() {
  const t = useTexts(sessionTexts)
  const shell = useTexts(commonTexts)
  const appearance = useAppearance()
  const language: Language | 'clinic' = appearance.language ?? 'clinic'
  return (
    <Card title={t('account.look')}>
      <div className="os-stack">
        <RadioRow
          label={t('account.language')}
          value={language}
          onChange={(next) => setAppearance({ language: next === 'clinic' ? null : next })}
          choices={[
            { value: 'clinic', label: t('account.languageClinic') },
            { value: 'en', label: 'English' },
            { value: 'ar', label: 'العربية' },
          ]}
        />
        <RadioRow<Theme>
          label={t('account.theme')}
          value={appearance.theme}
          onChange={(theme) => setAppearance({ theme })}
          choices={[
            { value: 'system', label: shell('theme.system') },
            { value: 'light', label: shell('theme.light') },
            { value: 'dark', label: shell('theme.dark') },
          ]}
        />
        <Checkbox checked={appearance.compact} onChange={(compact) => setAppearance({ compact })}>
          {t('account.compact')}
        </Checkbox>
      </div>
    </Card>
  )
}
