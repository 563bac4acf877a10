// What opens the copy of the day: the same two that open the clinic.
import { useState } from 'react'
import { emptyOpener, OpenerFields, openerOf } from '#renderer/app/OpenerFields.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { RestoreOpener } from '#shared/restore.ts'
import { Button } from '#ui/Button.tsx'
import { Form } from '#ui/Form.tsx'
import { Spinner } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
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
  const [typed, setTyped] = useState(emptyOpener('password'))
  const submit = () => {
    const opener = openerOf(typed)
    if (!opener) return
    onRead(opener)
    setTyped({ ...typed, password: '' })
  }
  return (
    <Form className="gate-form" onSubmit={submit} label={t('title')}>
      <p className="os-dim">{t('open.text')}</p>
      <OpenerFields
        value={typed}
        onChange={setTyped}
        ways={withKit ? ['password', 'kit'] : ['password']}
        words={{
          ask: t('open.way'),
          kit: t('open.kit'),
          password: t('open.password'),
          kitCode: t('open.kitCode'),
          username: t('open.username'),
          passwordOf: t('open.password'),
        }}
      />
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
