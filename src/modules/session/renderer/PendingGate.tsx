// The second step of a sign-in: the code from the phone, one from paper, or setting the factor up for the first time.
import { useRef, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useWindowState } from '#renderer/api/session-store.ts'
import { leaveSession } from '#renderer/app/leave.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Avatar } from '#ui/Marks.tsx'
import { TextField } from '#ui/TextField.tsx'
import { type Me, session } from '../shared/contract.ts'
import { CodeField } from './CodeField.tsx'
import { EnrolFactor } from './EnrolFactor.tsx'
import { letIn } from './entering.ts'
import { GateFrame } from './GateFrame.tsx'
import { signInTexts } from './i18n.ts'

export function PendingGate() {
  const t = useTexts(signInTexts)
  const state = useWindowState()
  if (state.kind !== 'pending') return null
  const { me } = state
  if (me.pending === 'enrolment') {
    return (
      <GateFrame title={t('enrol.title')} text={t('enrol.now')}>
        <EnrolFactor onDone={letIn} onCancel={() => void leaveSession('left')} />
      </GateFrame>
    )
  }
  return (
    <GateFrame title={me.clinic.name} text={t('second.text')} foot={t('second.lost')}>
      <SecondStep me={me} />
    </GateFrame>
  )
}

function SecondStep({ me }: { me: Me }) {
  const t = useTexts(signInTexts)
  const common = useTexts(commonTexts)
  const words = useErrorText()
  const [isPaper, setPaper] = useState(false)
  const [typed, setTyped] = useState('')
  const box = useRef<HTMLInputElement>(null)
  const after = {
    onDone: letIn,
    onError: () => {
      setTyped('')
      box.current?.focus()
    },
  }
  const byPhone = useAct(session, 'secondFactor', after)
  const byPaper = useAct(session, 'recoveryCode', after)
  const act = isPaper ? byPaper : byPhone
  const error = act.error ? words(act.error) : undefined
  const submit = () => {
    if (!act.isPending && typed.trim()) act.start({ code: typed })
  }
  const swap = () => {
    setTyped('')
    setPaper(!isPaper)
  }
  return (
    <Form className="gate-form" onSubmit={submit}>
      <p className="gate-who">
        <Avatar name={me.name} size={36} />
        <span dir="auto">{me.name}</span>
      </p>
      {isPaper ? (
        <TextField
          key="paper"
          label={t('second.paper')}
          hint={t('second.paperHint')}
          value={typed}
          onChange={setTyped}
          error={error}
          dir="ltr"
          autoFocus
          inputRef={box}
        />
      ) : (
        <CodeField key="phone" value={typed} onChange={setTyped} error={error} autoFocus inputRef={box} />
      )}
      <div className="gate-actions">
        <Button type="submit" intent="primary" kbd="Enter" loading={act.isPending}>
          {common('act.continue')}
        </Button>
        <Button onClick={() => void leaveSession('left')}>{common('act.cancel')}</Button>
      </div>
      <div className="gate-actions">
        <Button variant="minimal" onClick={swap}>
          {isPaper ? t('second.usePhone') : t('second.usePaper')}
        </Button>
      </div>
    </Form>
  )
}
