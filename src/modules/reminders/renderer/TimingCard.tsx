// When reminders go out: how long before, which hours stay quiet, which visits are left out, which number to call.
import { useAct } from '#renderer/api/hooks.ts'
import { SaveRow } from '#renderer/api/SaveRow.tsx'
import { Card } from '#ui/Card.tsx'
import { Form } from '#ui/Form.tsx'
import { Checkbox, SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { reminders, type Settings, type Timing } from '../shared/contract.ts'
import { useFormStart } from './use-form-start.ts'
import { useReminderWords } from './words.tsx'

const hour = 60
const offeredLeads = [7 * 24 * hour, 3 * 24 * hour, 2 * 24 * hour, 24 * hour, 4 * hour, 2 * hour, hour]
const mostLeads = 4
const halfHours = Array.from({ length: 48 }, (_, n) => n * 30)

export function TimingCard({ timing, visitTypes }: Pick<Settings, 'timing' | 'visitTypes'>) {
  const { t, lead } = useReminderWords()
  const { start, values, set, takeOver } = useFormStart<Timing>(timing)
  const save = useAct(reminders, 'saveTiming', {
    onDone: (next) => {
      takeOver(next)
      showToast({ text: t('timing.saved') })
    },
  })
  const leads = [...new Set([...offeredLeads, ...values.leads])].sort((a, b) => b - a)
  const toggle = <V,>(list: readonly V[], value: V, isOn: boolean) =>
    isOn ? [...list, value] : list.filter((each) => each !== value)
  const submit = () => {
    if (!save.isPending) save.start({ ...values, phone: values.phone?.trim() || null, rev: start.rev })
  }
  return (
    <Card title={t('timing.title')}>
      <Form onSubmit={submit} label={t('timing.title')}>
        <fieldset className="os-fieldset os-field">
          <legend className="os-label">{t('timing.leads')}</legend>
          <div className="rem-checks">
            {leads.map((minutes) => {
              const isOn = values.leads.includes(minutes)
              return (
                <Checkbox
                  key={minutes}
                  checked={isOn}
                  disabled={!isOn && values.leads.length >= mostLeads}
                  onChange={(on) => set({ leads: toggle(values.leads, minutes, on) })}
                >
                  {lead(minutes)}
                </Checkbox>
              )
            })}
          </div>
          <div className="os-hint">
            {values.leads.length >= mostLeads ? t('timing.leadsMany') : t('timing.leadsHint')}
          </div>
        </fieldset>
        <QuietHours values={values} set={set} />
        <TextField
          label={t('timing.phone')}
          optional
          value={values.phone ?? ''}
          onChange={(phone) => set({ phone: phone || null })}
          hint={t('timing.phoneHint')}
          type="tel"
          dir="ltr"
          maxLength={50}
        />
        <fieldset className="os-fieldset os-field">
          <legend className="os-label">{t('timing.types')}</legend>
          {visitTypes.length === 0 ? <p className="os-dim">{t('timing.typesNone')}</p> : null}
          <div className="rem-checks">
            {visitTypes.map(({ id, name }) => (
              <Checkbox
                key={id}
                checked={!values.typesOff.includes(id)}
                onChange={(on) => set({ typesOff: toggle(values.typesOff, id, !on) })}
              >
                <bdi>{name}</bdi>
              </Checkbox>
            ))}
          </div>
        </fieldset>
        <SaveRow
          act={save}
          reload={{
            label: t('mail.reload'),
            run: () => {
              takeOver()
              save.reset()
            },
          }}
        />
      </Form>
    </Card>
  )
}

function QuietHours({ values, set }: { values: Timing; set: (changes: Partial<Timing>) => void }) {
  const { t, wallTime } = useReminderWords()
  const isOn = values.quietFrom !== values.quietTo
  const times = (own: number) =>
    [...new Set([...halfHours, own])]
      .sort((a, b) => a - b)
      .map((minutes) => ({ value: String(minutes), label: wallTime(minutes) }))
  return (
    <>
      <Checkbox
        checked={isOn}
        onChange={(on) =>
          set(on ? { quietFrom: 20 * hour, quietTo: 8 * hour } : { quietFrom: 0, quietTo: 0 })
        }
        hint={t('timing.quietHint')}
      >
        {t('timing.quiet')}
      </Checkbox>
      {isOn ? (
        <div className="rem-pair rem-times">
          <SelectField
            label={t('timing.from')}
            value={String(values.quietFrom)}
            onChange={(value) => set({ quietFrom: Number(value) })}
            choices={times(values.quietFrom)}
          />
          <SelectField
            label={t('timing.to')}
            value={String(values.quietTo)}
            onChange={(value) => set({ quietTo: Number(value) })}
            choices={times(values.quietTo)}
          />
        </div>
      ) : null}
    </>
  )
}
