// Asks once a day why the record of a patient is opened whom nobody has assigned (FEATURES S7).
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { access } from '../shared/contract.ts'
import { accessReasons } from '../shared/emergency.ts'
import { accessTexts } from './i18n.ts'
import './access.css'

export function ReasonForm({ patientId, onGiven }: { patientId: PatientId; onGiven: () => void }) {
  const t = useTexts(accessTexts)
  const words = useErrorText()
  const [code, setCode] = useState<(typeof accessReasons)[number]>('stands-in')
  const [text, setText] = useState('')
  const give = useAct(access, 'giveReason', { onDone: onGiven })
  const said = text.trim()
  const isEnough = code === 'other' ? said.length >= 3 : said.length === 0 || said.length >= 3
  const submit = () => {
    if (isEnough) give.start({ patientId, code, text: said === '' ? null : said })
  }
  return (
    <div className="acc-narrow">
      <Card title={t('reason.title')}>
        <Form onSubmit={submit} label={t('reason.title')}>
          <p>{t('reason.text')}</p>
          <SelectField
            label={t('reason.code')}
            value={code}
            onChange={setCode}
            choices={accessReasons.map((value) => ({ value, label: t(`reason.code.${value}`) }))}
            autoFocus
          />
          <TextField
            label={t('reason.words')}
            optional={code !== 'other'}
            value={text}
            onChange={setText}
            maxLength={200}
          />
          {give.error ? <Notice tone="bad" title={words(give.error)} /> : null}
          <div>
            <Button type="submit" intent="primary" kbd="Enter" loading={give.isPending} disabled={!isEnough}>
              {t('reason.submit')}
            </Button>
          </div>
        </Form>
      </Card>
    </div>
  )
}
