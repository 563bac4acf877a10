// The first password, or a new one after a reset: with the one-time code on paper. Signs in right after.
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { client, useAct } from '#renderer/api/hooks.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { TextField } from '#ui/TextField.tsx'
import { session } from '../shared/contract.ts'
import { letIn } from './entering.ts'
import { sessionTexts } from './i18n.ts'
import { NewPasswordField, newPasswordFault } from './NewPasswordField.tsx'

/** Whether this computer has a keychain; from another machine this is not told, and the clinic judges alone. */
export function usePasswordOnly(): boolean {
  const status = useQuery({ queryKey: ['bootstrap', 'status'], queryFn: client.status, retry: false })
  return status.data?.passwordOnly ?? false
}

export function SetPasswordForm({ onBack }: { onBack: () => void }) {
  const t = useTexts(sessionTexts)
  const common = useTexts(commonTexts)
  const words = useErrorText()
  const passwordOnly = usePasswordOnly()
  const [username, setUsername] = useState('')
  const [code, setCode] = useState('')
  const [newPassword, setNewPassword] = useState('')
  const [isTried, setTried] = useState(false)
  const signIn = useAct(session, 'signIn', { onDone: letIn })
  const setFirst = useAct(session, 'setPassword', {
    onDone: () => signIn.start({ username: username.trim(), password: newPassword }),
  })
  const needed = (text: string) => (isTried && !text.trim() ? common('word.required') : undefined)
  const submit = () => {
    setTried(true)
    const fault = newPasswordFault(newPassword, passwordOnly, [username])
    if (setFirst.isPending || !username.trim() || !code.trim() || fault) return
    setFirst.start({ username: username.trim(), code: code.trim(), newPassword })
  }
  const error = setFirst.error ?? signIn.error
  const isWeak = error?.code === 'PASSWORD_TOO_WEAK'
  return (
    <Form className="gate-form" onSubmit={submit}>
      <TextField
        label={t('in.username')}
        value={username}
        onChange={setUsername}
        error={needed(username)}
        dir="ltr"
        autoComplete="username"
        autoFocus
      />
      <TextField
        label={t('code.code')}
        value={code}
        onChange={setCode}
        error={needed(code) ?? (error && !isWeak ? words(error) : undefined)}
        dir="ltr"
        autoComplete="one-time-code"
        maxLength={64}
      />
      <NewPasswordField
        value={newPassword}
        onChange={setNewPassword}
        passwordOnly={passwordOnly}
        names={[username]}
        showFault={isTried}
        error={isWeak ? words(error) : needed(newPassword)}
      />
      <div className="gate-actions">
        <Button type="submit" intent="primary" kbd="Enter" loading={setFirst.isPending || signIn.isPending}>
          {t('code.submit')}
        </Button>
        <Button onClick={onBack}>{common('act.back')}</Button>
      </div>
    </Form>
  )
}
