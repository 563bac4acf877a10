// Days to answer a request, and the retention table with the law behind each line. The privacy officer changes it.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { textOf } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { privacy, type Settings } from '../shared/contract.ts'
import { Frame } from './Frame.tsx'
import { privacyTexts } from './i18n.ts'
import { usePrivacyWords } from './words.tsx'

const parts = ['contact', 'billing', 'care'] as const

export function SettingsPage() {
  const found = useRead(privacy, 'settings', {})
  return (
    <Frame>
      <QueryView query={found}>
        {(settings) => <SettingsForm key={JSON.stringify(settings)} settings={settings} />}
      </QueryView>
    </Frame>
  )
}

interface Typed {
  readonly days: string
  readonly rules: Readonly<Record<(typeof parts)[number], { years: string; minors: string; basis: string }>>
}

const typedOf = ({ days, retention }: Settings): Typed => {
  const rule = (part: (typeof parts)[number]) => ({
    years: String(retention[part].years),
    minors: retention[part].minorsUntil === null ? '' : String(retention[part].minorsUntil),
    basis: retention[part].basis,
  })
  return {
    days: String(days),
    rules: { contact: rule('contact'), billing: rule('billing'), care: rule('care') },
  }
}

const whole = (text: string, from: number, to: number): number | null => {
  const n = /^\d{1,3}$/.test(text.trim()) ? Number(text) : Number.NaN
  return n >= from && n <= to ? n : null
}

function SettingsForm({ settings }: { settings: Settings }) {
  const { t } = usePrivacyWords()
  const errorWords = useErrorText()
  const mayChange = useMay()('privacy.M')
  const [typed, setTyped] = useState(() => typedOf(settings))
  const save = useAct(privacy, 'saveSettings', {
    onDone: () => showToast({ text: textOf(privacyTexts, 'settings.saved') }),
  })
  const days = whole(typed.days, 1, 90)
  const ruleOf = (part: (typeof parts)[number]) => {
    const { years, minors, basis } = typed.rules[part]
    const minorsUntil = minors.trim() === '' ? null : whole(minors, 18, 60)
    return {
      years: whole(years, 0, 100),
      minorsUntil,
      isMinorsBad: minors.trim() !== '' && minorsUntil === null,
      basis,
    }
  }
  const set = (part: (typeof parts)[number], change: Partial<Typed['rules']['care']>) =>
    setTyped((now) => ({ ...now, rules: { ...now.rules, [part]: { ...now.rules[part], ...change } } }))
  const submit = () => {
    const rules = parts.map((part) => [part, ruleOf(part)] as const)
    if (days === null || rules.some(([, r]) => r.years === null || r.isMinorsBad)) return
    const retention = Object.fromEntries(
      rules.map(([part, { years, minorsUntil, basis }]) => [part, { years: years ?? 0, minorsUntil, basis }]),
    ) as Settings['retention']
    save.start({ days, retention })
  }
  const bad = t('settings.number')
  return (
    <Card title={t('nav.settings')}>
      <Form onSubmit={submit} label={t('nav.settings')}>
        <TextField
          label={t('settings.days')}
          hint={t('settings.daysHint')}
          value={typed.days}
          onChange={(next) => setTyped((now) => ({ ...now, days: next }))}
          inputMode="numeric"
          readOnly={!mayChange}
          error={days === null ? bad : undefined}
        />
        <p className="os-dim">{t('settings.zero')}</p>
        {parts.map((part) => {
          const rule = ruleOf(part)
          return (
            <section key={part} className="pv-rule" aria-label={t(`category.${part}`)}>
              <h3 className="os-label">{t(`category.${part}`)}</h3>
              <div className="pv-pair">
                <TextField
                  label={t('settings.years')}
                  value={typed.rules[part].years}
                  onChange={(years) => set(part, { years })}
                  inputMode="numeric"
                  readOnly={!mayChange}
                  error={rule.years === null ? bad : undefined}
                />
                <TextField
                  label={t('settings.minors')}
                  value={typed.rules[part].minors}
                  onChange={(minors) => set(part, { minors })}
                  inputMode="numeric"
                  readOnly={!mayChange}
                  error={rule.isMinorsBad ? bad : undefined}
                />
              </div>
              <TextField
                label={t('settings.basis')}
                value={typed.rules[part].basis}
                onChange={(basis) => set(part, { basis })}
                readOnly={!mayChange}
                maxLength={300}
              />
            </section>
          )
        })}
        {save.error ? (
          <p className="os-error" role="alert">
            {errorWords(save.error)}
          </p>
        ) : null}
        {mayChange ? (
          <Button type="submit" intent="primary" loading={save.isPending}>
            {t('settings.save')}
          </Button>
        ) : null}
      </Form>
    </Card>
  )
}
