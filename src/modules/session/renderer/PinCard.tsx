// The PIN of this computer: setting it, taking it away.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { Tag } from '#ui/Marks.tsx'
import { showToast } from '#ui/toast.ts'
import { session } from '../shared/contract.ts'
import { isPinGood } from '../shared/pin-contract.ts'
import { signInTexts } from './i18n.ts'
import { PinField } from './PinField.tsx'

export interface PinCardProps {
  readonly state: 'none' | 'set' | 'blocked'
  readonly onChanged: () => void
}

export function PinCard({ state, onChanged }: PinCardProps) {
  const t = useTexts(signInTexts)
  const words = useErrorText()
  const [pin, setPin] = useState('')
  const [isTried, setTried] = useState(false)
  const save = useAct(session, 'setPin', {
    onDone: () => {
      setPin('')
      setTried(false)
      showToast({ text: t('pin.saved') })
      onChanged()
    },
  })
  const remove = useAct(session, 'removePin', { onDone: onChanged })
  const fault = isTried && !isPinGood(pin) ? t('pin.bad') : undefined
  const submit = () => {
    setTried(true)
    if (!save.isPending && isPinGood(pin)) save.start({ pin })
  }
  return (
    <Card title={t('pin.title')}>
      <Form className="os-form" onSubmit={submit}>
        <p>
          {state === 'set' ? (
            <Tag tone="ok">{t('pin.set')}</Tag>
          ) : (
            <Tag tone={state === 'blocked' ? 'warn' : 'neutral'}>{t(`pin.${state}`)}</Tag>
          )}{' '}
          <span className="os-dim">{t('pin.text')}</span>
        </p>
        <PinField
          label={t('pin.new')}
          value={pin}
          onChange={setPin}
          error={fault ?? (save.error ? words(save.error) : undefined)}
        />
        <div className="gate-actions">
          <Button type="submit" loading={save.isPending}>
            {t('pin.save')}
          </Button>
          {state === 'none' ? null : (
            <Button variant="minimal" loading={remove.isPending} onClick={() => remove.start({})}>
              {t('pin.remove')}
            </Button>
          )}
        </div>
      </Form>
    </Card>
  )
}
