// The ready-made fields bound to the patient form by name, with their errors in words.
import type { ReactNode } from 'react'
import { type FieldPath, type FieldPathValue, useController, useFormContext } from 'react-hook-form'
import { commonTexts } from '#renderer/i18n/common.ts'
import { type TextKey, useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { exampleDate } from '#shared/date-input.ts'
import { type Choice, SelectField } from '#ui/SelectField.tsx'
import { TextField, type TextFieldProps } from '#ui/TextField.tsx'
import { patientTexts } from './i18n.ts'
import type { PatientFormValues } from './patient-form.ts'

export type FieldName = FieldPath<PatientFormValues>

/** Fields that hold text; the others have a field of their own. */
export type TextName = {
  [K in FieldName]: FieldPathValue<PatientFormValues, K> extends string | undefined ? K : never
}[FieldName]

/** The words for an issue code of the form's schema, and what the server may refuse. */
export function useIssueWords(): (code: string | undefined) => string | undefined {
  const t = useTexts(patientTexts)
  const common = useTexts(commonTexts)
  const { locale } = useFormats()
  return (code) => {
    if (!code) return undefined
    const [kind = '', value = ''] = code.split(':')
    if (kind === 'date') {
      return common(`date.${value}` as TextKey<(typeof commonTexts)['en']>, { example: exampleDate(locale) })
    }
    if (kind === 'tooLong' || kind === 'tooMany') return t(`error.${kind}`, { max: Number(value) })
    if (kind === 'required' || kind === 'rowRequired' || kind === 'age') return t(`error.${kind}`)
    return t('error.invalid')
  }
}

export function useFormField<N extends FieldName>(name: N) {
  const { control } = useFormContext<PatientFormValues>()
  const { field, fieldState } = useController({ control, name })
  const words = useIssueWords()
  return { field, error: words(fieldState.error?.message) }
}

type TextProps = Omit<TextFieldProps, 'value' | 'onChange' | 'error' | 'name' | 'inputRef' | 'label'> & {
  readonly name: TextName
  readonly label: ReactNode
  /** Besides keeping the text: what else follows from typing here. */
  readonly onTyped?: (text: string) => void
}

export function FormText({ name, onTyped, ...props }: TextProps) {
  const { field, error } = useFormField(name)
  return (
    <TextField
      {...props}
      name={name}
      value={String(field.value ?? '')}
      onChange={(text) => {
        field.onChange(text)
        onTyped?.(text)
      }}
      onBlur={field.onBlur}
      inputRef={field.ref}
      error={error}
    />
  )
}

interface SelectProps {
  readonly name: TextName
  readonly label: ReactNode
  readonly choices: readonly Choice[]
  readonly optional?: boolean
  readonly onChosen?: (value: string) => void
}

/** A value that is not among the choices (from an import, say) is offered as it is, so that saving keeps it. */
export function FormSelect({ name, choices, onChosen, ...props }: SelectProps) {
  const { field, error } = useFormField(name)
  const value = String(field.value ?? '')
  const all = choices.some((choice) => choice.value === value)
    ? choices
    : [...choices, { value, label: value }]
  return (
    <SelectField
      {...props}
      value={value}
      onChange={(next) => {
        field.onChange(next)
        onChosen?.(next)
      }}
      choices={all}
      error={error}
    />
  )
}
