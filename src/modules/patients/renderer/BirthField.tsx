// Birth date or age in one box. What was understood stands under it in words, so that a slip shows at once.
import { useFormContext, useWatch } from 'react-hook-form'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { exampleDate } from '#shared/date-input.ts'
import { Checkbox } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { parseAge } from '../shared/age-input.ts'
import { useDateOptions } from './date-options.ts'
import { useFormField } from './form-fields.tsx'
import { patientTexts } from './i18n.ts'
import { type PatientFormValues, readBirth } from './patient-form.ts'

export function BirthField({ autoFocus = false }: { autoFocus?: boolean }) {
  const t = useTexts(patientTexts)
  const common = useTexts(commonTexts)
  const formats = useFormats()
  const options = useDateOptions()
  const { control, formState } = useFormContext<PatientFormValues>()
  const { field, error } = useFormField('birthText')
  const estimated = useFormField('birthDateEstimated')
  const [birthDateEstimated, birthShown] = useWatch({ control, name: ['birthDateEstimated', 'birthShown'] })
  const read = readBirth({ birthText: field.value, birthDateEstimated, birthShown }, options)
  const example = exampleDate(formats.locale)
  const isLeft = formState.touchedFields.birthText === true
  const problem = !read.ok && (isLeft || error) ? read.problem : null
  const isAge = parseAge(field.value) !== null
  return (
    <div className="pt-birth">
      <TextField
        label={t('form.birth')}
        optional
        name="birthText"
        dir="ltr"
        value={field.value}
        onChange={field.onChange}
        onBlur={field.onBlur}
        inputRef={field.ref}
        autoFocus={autoFocus}
        placeholder={example}
        error={
          problem === 'age' ? t('error.age') : problem ? common(`date.${problem}`, { example }) : undefined
        }
        hint={
          read.ok && read.date
            ? t(read.estimated ? 'form.birthMeansEstimated' : 'form.birthMeans', {
                date: formats.date(read.date, 'long'),
                age: formats.age(read.date) ?? '',
              })
            : t('form.birthExample', { example })
        }
      />
      {read.ok && read.date && !isAge ? (
        <Checkbox checked={estimated.field.value} onChange={estimated.field.onChange}>
          {t('form.estimated')}
        </Checkbox>
      ) : null}
    </div>
  )
}
