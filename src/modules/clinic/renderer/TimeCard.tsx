// Which time servers this clinic's computers compare their clock with.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { OutputOf } from '#shared/contract.ts'
import { mostTimeServers, timeServerOf } from '#shared/time-servers.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { clinic, type TimeSettings } from '../shared/contract.ts'
import { clinicTexts } from './i18n.ts'

type Settings = OutputOf<(typeof clinic)['procedures']['timeSettings']>

export function TimeCard() {
  const t = useTexts(clinicTexts)
  const current = useRead(clinic, 'timeSettings', {})
  return (
    <Card title={t('time.title')}>
      <QueryView query={current}>{(value) => <TimeForm settings={value} />}</QueryView>
    </Card>
  )
}

function TimeForm({ settings }: { settings: Settings }) {
  const t = useTexts(clinicTexts)
  const common = useTexts(commonTexts)
  const words = useErrorText()
  const f = useFormats()
  const [from, setFrom] = useState<TimeSettings['from']>(settings.from)
  const [text, setText] = useState(settings.servers.join('\n'))
  const [tried, setTried] = useState(false)
  const save = useAct(clinic, 'saveTimeSettings', {
    onDone: (next) => {
      setText(next.servers.join('\n'))
      showToast({ text: t('settings.saved') })
    },
  })
  const servers = text.split(/[\s,]+/).filter(Boolean)
  const wrong = servers.find((name) => timeServerOf(name) === null)
  const problem = () => {
    if (from !== 'own') return undefined
    if (servers.length === 0) return common('word.required')
    if (wrong !== undefined) return t('time.wrongName', { name: wrong })
    if (servers.length > mostTimeServers) return t('time.tooMany', { count: mostTimeServers })
    return undefined
  }
  const submit = () => {
    setTried(true)
    if (problem() === undefined && !save.isPending)
      save.start({
        from,
        servers: servers.filter((name) => timeServerOf(name) !== null).slice(0, mostTimeServers),
      })
  }
  const hints: Record<TimeSettings['from'], string> = {
    system:
      settings.system.length > 0
        ? t('time.hint.system', { servers: f.list(settings.system) })
        : t('time.hint.systemNone'),
    own: t('time.hint.own'),
    none: t('time.hint.none'),
  }
  return (
    <Form className="os-stack" onSubmit={submit}>
      <p className="os-dim">{t('time.text')}</p>
      <SelectField
        label={t('time.from')}
        hint={hints[from]}
        value={from}
        onChange={setFrom}
        choices={(['system', 'own', 'none'] as const).map((value) => ({
          value,
          label: t(`time.from.${value}`),
        }))}
      />
      {from === 'own' ? (
        <TextAreaField
          label={t('time.servers')}
          hint={t('time.serversHint', { count: mostTimeServers })}
          value={text}
          onChange={setText}
          rows={mostTimeServers}
          maxLength={1200}
          error={tried ? problem() : undefined}
        />
      ) : null}
      {save.error ? <Notice tone="bad" title={words(save.error)} /> : null}
      <div>
        <Button type="submit" loading={save.isPending}>
          {t('time.save')}
        </Button>
      </div>
    </Form>
  )
}
