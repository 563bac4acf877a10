// The fields of an allergy, in the order in which people ask: what happens, how bad, how dangerous, since when.
import { useTexts } from '#renderer/i18n/define.ts'
import { DateField } from '#ui/DateField.tsx'
import { RadioRow, SelectField } from '#ui/SelectField.tsx'
import { TextAreaField } from '#ui/TextField.tsx'
import {
  allergyCategories,
  allergyCertainties,
  type AllergyFields,
  allergyStatuses,
  allergyTypes,
  criticalities,
  severities,
} from '../shared/contract.ts'
import type { FieldErrors } from './field-errors.ts'
import { profileTexts } from './i18n.ts'
import { ReactionsField } from './ReactionsField.tsx'
import { chosen, none, orNone, useChoices } from './use-choices.ts'

export interface AllergyFieldsetProps {
  readonly fields: AllergyFields
  readonly onChange: (part: Partial<AllergyFields>) => void
  readonly onDateProblem: (problem: string | null) => void
  readonly errors: FieldErrors
  /** A new one is active; whether it still holds is asked of those that are there. */
  readonly isNew?: boolean
}

export function AllergyFieldset(props: AllergyFieldsetProps) {
  const { fields, onChange, onDateProblem, errors, isNew = false } = props
  const t = useTexts(profileTexts)
  const choices = useChoices()
  return (
    <>
      <ReactionsField
        value={fields.manifestations}
        onChange={(manifestations) => onChange({ manifestations: [...manifestations] })}
      />
      <RadioRow
        label={t('field.severity')}
        value={orNone(fields.severity)}
        onChange={(value) => onChange({ severity: chosen(severities, value) })}
        choices={[none(t), ...choices(severities)]}
      />
      <RadioRow
        label={t('field.criticality')}
        hint={t('field.criticalityHint')}
        value={orNone(fields.criticality)}
        onChange={(value) => onChange({ criticality: chosen(criticalities, value) })}
        choices={[none(t), ...choices(criticalities)]}
      />
      <div className="pf-two">
        <SelectField
          label={t('field.category')}
          value={orNone(fields.category)}
          onChange={(value) => onChange({ category: chosen(allergyCategories, value) })}
          choices={[none(t), ...choices(allergyCategories)]}
        />
        <SelectField
          label={t('field.type')}
          value={orNone(fields.type)}
          onChange={(value) => onChange({ type: chosen(allergyTypes, value) })}
          choices={[none(t), ...choices(allergyTypes)]}
        />
      </div>
      {isNew ? null : (
        <RadioRow
          label={t('field.allergyStatus')}
          value={fields.clinicalStatus}
          onChange={(clinicalStatus) => onChange({ clinicalStatus })}
          choices={choices(allergyStatuses)}
        />
      )}
      <div className="pf-two">
        <SelectField
          label={t('field.certainty')}
          value={fields.verificationStatus}
          onChange={(verificationStatus) => onChange({ verificationStatus })}
          choices={choices(allergyCertainties)}
        />
        <DateField
          label={t('field.onset')}
          optional
          value={fields.onset}
          onChange={(onset, problem) => {
            onChange({ onset })
            onDateProblem(problem)
          }}
          error={errors.of('onset')}
        />
      </div>
      <TextAreaField
        label={t('field.note')}
        optional
        rows={2}
        maxLength={2000}
        value={fields.note ?? ''}
        onChange={(note) => onChange({ note: note === '' ? null : note })}
      />
    </>
  )
}
