// After a start of the program: a person's password opens the records and signs that person in, in one step.
import { useState } from 'react'
import { downtimeTexts } from '#modules/downtime/renderer/api.ts'
import { keysTexts } from '#modules/keys/renderer/api.ts'
import { client } from '#renderer/api/hooks.ts'
import { findWhereWeAre } from '#renderer/app/start.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Spinner } from '#ui/Marks.tsx'
import { PasswordField, TextField } from '#ui/TextField.tsx'
import { tellOrShow } from './entering.ts'
import { DemoPassword } from './DemoPassword.tsx'
import { GateFrame } from './GateFrame.tsx'
import { sessionTexts } from './i18n.ts'

interface ColdStartProps {
  readonly status: BootstrapStatus
  readonly onKit: () => void
  readonly onDowntime: () => void
}

export function ColdStart({ status, onKit, onDowntime }: ColdStartProps) {
  const t = useTexts(sessionTexts)
  const keysWords = useTexts(keysTexts)
  const downtimeWords = useTexts(downtimeTexts)
  const [hasCopy, setHasCopy] = useState(status.downtime)
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [step, setStep] = useState<'idle' | 'busy' | { readonly error: string }>('idle')
  const isBusy = step === 'busy'
  const submit = () => {
    if (isBusy || !username.trim() || !password) return
    setStep('busy')
    client
      .bootstrap('unlock', { username: username.trim(), password })
      .then(findWhereWeAre)
      .catch((error: unknown) => {
        setPassword('')
        tellOrShow(error, (words) => setStep({ error: words }))
        // What went wrong may have no screen of its own; the copy of the day can be read all the same.
        client.status().then(
          (now) => setHasCopy(now.downtime),
          () => undefined,
        )
      })
  }
  const title = status.clinicName ? t('cold.title', { clinic: status.clinicName }) : t('cold.titlePlain')
  return (
    <GateFrame title={title} text={t('cold.text')} foot={status.isDemo ? <DemoPassword /> : undefined}>
      <Form className="gate-form" onSubmit={submit}>
        <TextField
          label={t('in.username')}
          value={username}
          onChange={setUsername}
          dir="ltr"
          autoComplete="username"
          autoFocus
        />
        <PasswordField
          label={t('password.label')}
          value={password}
          onChange={setPassword}
          error={typeof step === 'object' ? step.error : undefined}
        />
        <div className="gate-actions">
          <Button type="submit" intent="primary" kbd="Enter" disabled={isBusy}>
            {t('in.submit')}
          </Button>
          {status.kitId ? (
            <Button variant="minimal" onClick={onKit} disabled={isBusy}>
              {keysWords('unlock.offer')}
            </Button>
          ) : null}
          {hasCopy ? (
            <Button variant="minimal" onClick={onDowntime} disabled={isBusy}>
              {downtimeWords('offer')}
            </Button>
          ) : null}
          {isBusy ? (
            <span className="gate-wait" role="status">
              <Spinner /> {t('cold.wait')}
            </span>
          ) : null}
        </div>
      </Form>
    </GateFrame>
  )
}
