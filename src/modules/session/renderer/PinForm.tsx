// Coming back with a PIN; the password is one click away.
import { useRef, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Avatar } from '#ui/Marks.tsx'
import { session } from '../shared/contract.ts'
import { letIn } from './entering.ts'
import { sessionTexts, signInTexts } from './i18n.ts'
import { PinField } from './PinField.tsx'

export interface PinFormProps {
  readonly person: { readonly username: string; readonly name: string }
  readonly onPassword: () => void
  readonly onOther?: (() => void) | undefined
}

export function PinForm({ person, onPassword, onOther }: PinFormProps) {
  const t = useTexts(signInTexts)
  const common = useTexts(sessionTexts)
  const words = useErrorText()
  const box = useRef<HTMLInputElement>(null)
  const [pin, setPin] = useState('')
  const enter = useAct(session, 'pinSignIn', {
    onDone: letIn,
    onError: () => {
      setPin('')
      box.current?.focus()
    },
  })
  const error = enter.error
    ? enter.error.code === 'WRONG_PASSWORD'
      ? t('pin.wrong')
      : words(enter.error)
    : undefined
  const submit = () => {
    if (!enter.isPending && pin) enter.start({ username: person.username, pin })
  }
  return (
    <Form className="gate-form" onSubmit={submit}>
      <p className="gate-who">
        <Avatar name={person.name} size={36} />
        <span dir="auto">{person.name}</span>
      </p>
      <PinField label={t('pin.label')} value={pin} onChange={setPin} error={error} autoFocus inputRef={box} />
      <div className="gate-actions">
        <Button type="submit" intent="primary" kbd="Enter" loading={enter.isPending}>
          {common('in.submit')}
        </Button>
        <Button onClick={onPassword}>{t('pin.usePassword')}</Button>
        {onOther ? (
          <Button variant="minimal" onClick={onOther}>
            {common('in.back')}
          </Button>
        ) : null}
      </div>
    </Form>
  )
}
