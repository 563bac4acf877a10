// Admin > Access rules: asking for reasons, and which hours count as night.
import { useState } from 'react'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { SaveRow } from '#renderer/api/SaveRow.tsx'
import { useMe } from '#renderer/api/session-store.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { Checkbox, SelectField } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { access } from '../shared/contract.ts'
import type { AccessPolicy } from '../shared/policy.ts'
import { accessTexts } from './i18n.ts'

const hours = Array.from({ length: 24 }, (_, hour) => ({
  value: String(hour),
  label: `${String(hour).padStart(2, '0')}:00`,
}))

export function PolicyPage() {
  const t = useTexts(accessTexts)
  useTitle(t('nav.policy'))
  const policy = useRead(access, 'policy', {})
  const { isDemo } = useMe().clinic
  return (
    <AdminFrame>
      {isDemo ? <Notice tone="info" title={t('policy.demo')} /> : null}
      <QueryView query={policy}>
        {(value) => <PolicyForm key={JSON.stringify(value)} start={value} />}
      </QueryView>
    </AdminFrame>
  )
}

function PolicyForm({ start }: { start: AccessPolicy }) {
  const t = useTexts(accessTexts)
  const [values, setValues] = useState(start)
  const save = useAct(access, 'savePolicy', { onDone: () => showToast({ text: t('policy.saved') }) })
  const set = (changes: Partial<AccessPolicy>) => setValues({ ...values, ...changes })
  return (
    <Card title={t('policy.title')}>
      <Form onSubmit={() => save.start(values)} label={t('policy.title')}>
        <Checkbox
          checked={values.askReason}
          onChange={(askReason) => set({ askReason })}
          hint={t('policy.reasonHint')}
        >
          {t('policy.reason')}
        </Checkbox>
        <Checkbox
          checked={values.watchNight}
          onChange={(watchNight) => set({ watchNight })}
          hint={t('policy.nightHint')}
        >
          {t('policy.night')}
        </Checkbox>
        {values.watchNight ? (
          <div className="os-form-row">
            <SelectField
              label={t('policy.from')}
              value={String(values.nightFrom)}
              onChange={(hour) => set({ nightFrom: Number(hour) })}
              choices={hours}
            />
            <SelectField
              label={t('policy.to')}
              value={String(values.nightTo)}
              onChange={(hour) => set({ nightTo: Number(hour) })}
              choices={hours}
            />
          </div>
        ) : null}
        <p className="os-hint">{t('policy.bulk')}</p>
        <SaveRow act={save} />
      </Form>
    </Card>
  )
}
