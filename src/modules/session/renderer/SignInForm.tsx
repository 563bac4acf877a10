// Name and password. The answer is the same for a wrong name and a wrong password.
import { useRef, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Avatar } from '#ui/Marks.tsx'
import { PasswordField, TextField } from '#ui/TextField.tsx'
import { session } from '../shared/contract.ts'
import { letIn } from './entering.ts'
import { sessionTexts } from './i18n.ts'

export interface SignInFormProps {
  /** Chosen from the list; otherwise the name is typed. */
  readonly person: { readonly username: string; readonly name: string } | null
  readonly onOther?: (() => void) | undefined
}

export function SignInForm({ person, onOther }: SignInFormProps) {
  const t = useTexts(sessionTexts)
  const words = useErrorText()
  const passwordBox = useRef<HTMLInputElement>(null)
  const [username, setUsername] = useState(person?.username ?? '')
  const [password, setPassword] = useState('')
  const signIn = useAct(session, 'signIn', {
    onDone: letIn,
    onError: () => {
      setPassword('')
      passwordBox.current?.focus()
    },
  })
  const submit = () => {
    if (signIn.isPending || !username.trim() || !password) return
    signIn.start({ username: username.trim(), password })
  }
  return (
    <Form className="gate-form" onSubmit={submit}>
      {person ? (
        <p className="gate-who">
          <Avatar name={person.name} size={36} />
          <span dir="auto">{person.name}</span>
        </p>
      ) : (
        <TextField
          label={t('in.username')}
          value={username}
          onChange={setUsername}
          dir="ltr"
          autoComplete="username"
          autoFocus
        />
      )}
      <PasswordField
        label={t('password.label')}
        value={password}
        onChange={setPassword}
        inputRef={passwordBox}
        autoFocus={person !== null}
        error={signIn.error ? words(signIn.error) : undefined}
      />
      <div className="gate-actions">
        <Button type="submit" intent="primary" kbd="Enter" loading={signIn.isPending}>
          {t('in.submit')}
        </Button>
        {onOther ? <Button onClick={onOther}>{t('in.back')}</Button> : null}
      </div>
    </Form>
  )
}
