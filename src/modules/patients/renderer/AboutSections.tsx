// Language and marital status; deceased and inactive.
import { useMemo } from 'react'
import { useFormContext, useWatch } from 'react-hook-form'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { ComboField } from '#ui/ComboField.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { languageTags, maritalStatuses } from './choices.ts'
import { FormSelect, useFormField } from './form-fields.tsx'
import { patientTexts } from './i18n.ts'
import type { PatientFormValues } from './patient-form.ts'
import { languageName } from './words.ts'

export function AboutSection() {
  const t = useTexts(patientTexts)
  const { locale } = useFormats()
  const { field } = useFormField('language')
  const languages = useMemo(() => {
    const named = languageTags.map((value) => ({ value, label: languageName(value, locale) }))
    return named.sort((a, b) => a.label.localeCompare(b.label, locale))
  }, [locale])
  const known = languages.some(({ value }) => value === field.value)
  const extra =
    field.value && !known ? [{ value: field.value, label: languageName(field.value, locale) }] : []
  return (
    <div className="os-form-row">
      <ComboField
        label={t('field.language')}
        optional
        value={field.value}
        onChange={field.onChange}
        choices={[{ value: '', label: t('language.none') }, ...extra, ...languages]}
        emptyText={t('language.unknown')}
      />
      <FormSelect
        name="maritalStatus"
        label={t('field.maritalStatus')}
        optional
        choices={[
          { value: '', label: t('marital.none') },
          ...maritalStatuses.map((value) => ({ value, label: t(`marital.${value}`) })),
        ]}
      />
    </div>
  )
}

export function StateSection() {
  const t = useTexts(patientTexts)
  const { setValue } = useFormContext<PatientFormValues>()
  const deceased = useFormField('deceased')
  const active = useFormField('active')
  const died = useFormField('deceasedAt')
  const at = useWatch<PatientFormValues, 'deceasedAt'>({ name: 'deceasedAt' })
  return (
    <div className="os-stack">
      <Checkbox checked={deceased.field.value} onChange={deceased.field.onChange}>
        {t('state.deceased')}
      </Checkbox>
      {deceased.field.value ? (
        <DateField
          label={t('field.deceasedAt')}
          optional
          value={at?.slice(0, 10) ?? null}
          error={died.error}
          onChange={(date, problem) => {
            // An instant on record stays as precise as it was while its day is not changed.
            if (date !== (at?.slice(0, 10) ?? null)) setValue('deceasedAt', date, { shouldDirty: true })
            setValue('deceasedProblem', problem)
          }}
        />
      ) : null}
      <Checkbox
        checked={!active.field.value}
        onChange={(isInactive) => active.field.onChange(!isInactive)}
        hint={t('state.inactiveHint')}
      >
        {t('state.inactive')}
      </Checkbox>
    </div>
  )
}
