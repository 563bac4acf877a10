// The clinic's rules for signing in: when screens lock, how long a sign-in lasts, by when a second factor is there.
import { useState } from 'react'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { SaveRow } from '#renderer/api/SaveRow.tsx'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { showToast } from '#ui/toast.ts'
import { session } from '../shared/contract.ts'
import { SignInRules } from '../shared/sessions-contract.ts'
import { signInTexts } from './i18n.ts'

const upTo = (most: number) => Array.from({ length: most }, (_, n) => n + 1)
const limits = [
  ['desktop', 15],
  ['frontDesk', 15],
  ['browser', 15],
  ['portal', 15],
  ['staffHours', 12],
  ['portalHours', 4],
] as const

export function RulesPage() {
  const t = useTexts(signInTexts)
  useTitle(t('rules.title'))
  const rules = useRead(session, 'rules', {})
  return (
    <AdminFrame>
      <QueryView query={rules}>
        {(value) => <RulesForm key={JSON.stringify(value)} value={value} />}
      </QueryView>
    </AdminFrame>
  )
}

function RulesForm({ value }: { value: SignInRules }) {
  const t = useTexts(signInTexts)
  const [typed, setTyped] = useState(value)
  const save = useAct(session, 'setRules', { onDone: () => showToast({ text: t('rules.saved') }) })
  const submit = () => {
    if (!save.isPending) save.start(typed)
  }
  const amount = (name: (typeof limits)[number][0], count: number) =>
    name.endsWith('Hours') ? t('rules.hours', { count }) : t('rules.minutes', { count })
  return (
    <Card title={t('rules.title')}>
      <Form className="os-form" onSubmit={submit}>
        <p className="os-dim">{t('rules.text')}</p>
        <div className="rules-grid">
          {limits.map(([name, most]) => (
            <SelectField
              key={name}
              label={t(`rules.${name}`)}
              value={String(typed.limits[name])}
              onChange={(next) => setTyped({ ...typed, limits: { ...typed.limits, [name]: Number(next) } })}
              choices={upTo(most).map((count) => ({ value: String(count), label: amount(name, count) }))}
            />
          ))}
          <SelectField
            label={t('rules.factor')}
            value={String(typed.secondFactorDays)}
            onChange={(next) => setTyped({ ...typed, secondFactorDays: Number(next) })}
            choices={[0, ...upTo(7)].map((count) => ({
              value: String(count),
              label: count === 0 ? t('rules.atOnce') : t('rules.days', { count }),
            }))}
          />
        </div>
        <SaveRow act={save} />
      </Form>
    </Card>
  )
}
