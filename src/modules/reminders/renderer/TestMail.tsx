// One mail to an address of one's own, to see that the saved account works.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { isMailAddress } from '../shared/address.ts'
import { reminders } from '../shared/contract.ts'
import { remindersTexts } from './i18n.ts'

export function TestMail({ canSend }: { canSend: boolean }) {
  const t = useTexts(remindersTexts)
  const words = useErrorText()
  const [to, setTo] = useState('')
  const [wasTried, setTried] = useState(false)
  const test = useAct(reminders, 'testMail')
  const isAddress = isMailAddress(to.trim())
  const submit = () => {
    setTried(true)
    if (canSend && isAddress && !test.isPending) test.start({ to: to.trim() })
  }
  const result = test.data
  return (
    <Form onSubmit={submit} label={t('test.title')} className="rem-test">
      <div className="rem-pair rem-pair-end">
        <TextField
          label={t('test.to')}
          value={to}
          onChange={setTo}
          type="email"
          dir="ltr"
          hint={canSend ? undefined : t('test.saveFirst')}
          error={wasTried && canSend && !isAddress ? t('mail.addressBad') : undefined}
        />
        <Button type="submit" disabled={!canSend} loading={test.isPending}>
          {t('test.send')}
        </Button>
      </div>
      <div aria-live="polite">
        {test.error && !test.isPending ? <Notice tone="bad" title={words(test.error)} /> : null}
        {result && !test.isPending && !test.error ? (
          result.problem === null ? (
            <Notice tone="ok" title={t('test.ok')} />
          ) : (
            <Notice tone="bad" title={t('test.failed')}>
              {t(`problem.${result.problem}`)}
              {result.replyCode === null ? null : ` ${t('test.code', { code: result.replyCode })}`}
            </Notice>
          )
        ) : null}
      </div>
    </Form>
  )
}
