// How a visit recurs: every so many days, weeks or months, on which weekdays, how often.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { RadioRow, SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { weekdayOf } from '#shared/zoned-time.ts'
import { seriesFrequencies } from '#modules/scheduling/shared/contract.ts'
import { weekdayName } from '../day-words.ts'
import { schedulingTexts } from '../i18n.ts'
import type { RepeatDraft } from './series-rule.ts'
import { weekdaysWith } from './series-rule.ts'

export interface RepeatFieldsProps {
  readonly value: RepeatDraft
  readonly onChange: (value: RepeatDraft) => void
  readonly firstDate: string
  readonly isWrong: boolean
}

export function RepeatFields({ value, onChange, firstDate, isWrong }: RepeatFieldsProps) {
  const t = useTexts(schedulingTexts)
  const set = (change: Partial<RepeatDraft>) => onChange({ ...value, ...change })
  return (
    <div className="sc-repeat">
      <div className="os-form-row">
        <TextField
          label={t('repeat.every')}
          value={value.interval}
          onChange={(interval) => set({ interval })}
          inputMode="numeric"
          maxLength={2}
          dir="ltr"
        />
        <SelectField
          label={t('repeat.unit')}
          value={value.freq}
          onChange={(freq) => set({ freq })}
          choices={seriesFrequencies.map((freq) => ({ value: freq, label: t(`repeat.${freq}`) }))}
        />
        <TextField
          label={t('repeat.count')}
          value={value.count}
          onChange={(count) => set({ count })}
          inputMode="numeric"
          maxLength={3}
          dir="ltr"
          error={isWrong ? t('repeat.wrong') : undefined}
        />
      </div>
      {value.freq === 'weekly' ? (
        <WeekdayChoice
          value={weekdaysWith(value.weekdays, firstDate)}
          fixed={weekdayOf(firstDate)}
          onChange={(weekdays) => set({ weekdays })}
        />
      ) : null}
      {value.freq === 'monthly' ? (
        <RadioRow
          label={t('repeat.monthlyBy')}
          value={value.monthlyBy}
          onChange={(monthlyBy) => set({ monthlyBy })}
          choices={[
            { value: 'day', label: t('repeat.byDay') },
            { value: 'weekday', label: t('repeat.byWeekday') },
          ]}
        />
      ) : null}
    </div>
  )
}

export interface WeekdayChoiceProps {
  readonly value: readonly number[]
  readonly onChange: (weekdays: number[]) => void
  /** Stays ticked. */
  readonly fixed?: number
}

export function WeekdayChoice({ value, onChange, fixed }: WeekdayChoiceProps) {
  const t = useTexts(schedulingTexts)
  const { locale } = useFormats()
  return (
    <fieldset className="os-field os-fieldset">
      <legend className="os-label">{t('word.weekdays')}</legend>
      <div className="os-radios">
        {[1, 2, 3, 4, 5, 6, 7].map((weekday) => (
          <label key={weekday} className={value.includes(weekday) ? 'os-radio os-on' : 'os-radio'}>
            <input
              type="checkbox"
              aria-label={weekdayName(weekday, locale)}
              checked={value.includes(weekday)}
              disabled={weekday === fixed}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...value, weekday].sort((a, b) => a - b)
                    : value.filter((day) => day !== weekday),
                )
              }
            />
            {weekdayName(weekday, locale, 'short')}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
