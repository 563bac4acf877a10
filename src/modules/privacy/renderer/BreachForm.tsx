// What happened, between when and when, by whose account and by which way: the question to the audit trail.
import { useState } from 'react'
import { people } from '#modules/people/shared/contract.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { instantAt } from '#shared/zoned-time.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Form } from '#ui/Form.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { type BreachKind, breachKinds, type BreachQuestion } from '../shared/breach.ts'
import { usePrivacyWords } from './words.tsx'

interface Moment {
  readonly date: string | null
  readonly time: string
}

const minutesOf = (text: string): number | null => {
  const m = /^(\d{1,2}):(\d\d)$/.exec(text.trim())
  const [hours, minutes] = [Number(m?.[1]), Number(m?.[2])]
  return m && hours < 24 && minutes < 60 ? hours * 60 + minutes : null
}

export function BreachForm({ onAsk }: { onAsk: (question: BreachQuestion) => void }) {
  const { t, f } = usePrivacyWords()
  const [kind, setKind] = useState<BreachKind>('lost-device')
  const [from, setFrom] = useState<Moment>({ date: f.today, time: '00:00' })
  const [until, setUntil] = useState<Moment>({ date: f.today, time: '23:59' })
  const [userId, setUser] = useState('')
  const [door, setDoor] = useState<'' | 'https' | 'ipc'>('')
  const [wasTried, setTried] = useState(false)
  const colleagues = useRead(people, 'directory', {})
  const instantOf = ({ date, time }: Moment) => {
    const minutes = minutesOf(time)
    return date === null || date.length < 10 || minutes === null ? null : instantAt(date, minutes, f.timeZone)
  }
  const [start, end] = [instantOf(from), instantOf(until)]
  const isOrdered = start !== null && end !== null && start < end
  const ask = () => {
    setTried(true)
    if (start === null || end === null || !isOrdered) return
    onAsk({
      kind,
      from: start,
      until: end,
      userId: (userId || null) as BreachQuestion['userId'],
      door: door || null,
    })
  }
  const moment = (label: string, value: Moment, set: (next: Moment) => void) => (
    <div className="pv-pair">
      <DateField label={label} value={value.date} onChange={(date) => set({ ...value, date })} />
      <TextField
        label={t('breach.time')}
        value={value.time}
        onChange={(time) => set({ ...value, time })}
        dir="ltr"
        inputMode="numeric"
        error={wasTried && minutesOf(value.time) === null ? t('need.text') : undefined}
      />
    </div>
  )
  return (
    <Card title={t('breach.new')}>
      <Form onSubmit={ask} label={t('breach.new')}>
        <SelectField
          label={t('breach.kind')}
          value={kind}
          onChange={setKind}
          choices={breachKinds.map((value) => ({ value, label: t(`breach.${value}`) }))}
        />
        {moment(t('breach.from'), from, setFrom)}
        {moment(t('breach.until'), until, setUntil)}
        {wasTried && !isOrdered ? <p className="os-error">{t('need.text')}</p> : null}
        <SelectField
          label={t('breach.person')}
          value={userId}
          onChange={setUser}
          choices={[
            { value: '', label: t('breach.anybody') },
            ...(colleagues.data ?? []).map((person) => ({ value: person.id as string, label: person.name })),
          ]}
        />
        <SelectField
          label={t('breach.door')}
          value={door}
          onChange={setDoor}
          choices={[
            { value: '', label: t('breach.anyDoor') },
            { value: 'https', label: t('breach.https') },
            { value: 'ipc', label: t('breach.ipc') },
          ]}
        />
        <Button type="submit" intent="primary">
          {t('breach.look')}
        </Button>
      </Form>
    </Card>
  )
}
