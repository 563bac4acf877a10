// Choosing one of a few (native list, radio row) or ticking something.
import { CaretDown } from '@blueprintjs/icons'
import { type ReactNode, useId } from 'react'
import { Field, type FieldBase } from './Field.tsx'
import { fieldPart } from './TextField.tsx'

export interface Choice<V extends string = string> {
  readonly value: V
  readonly label: string
  readonly disabled?: boolean
}

export interface SelectFieldProps<V extends string> extends FieldBase {
  readonly value: V
  readonly onChange: (value: V) => void
  readonly choices: readonly Choice<V>[]
  readonly disabled?: boolean
  readonly autoFocus?: boolean
}

export function SelectField<V extends string>(props: SelectFieldProps<V>) {
  const { value, onChange, choices, disabled, autoFocus } = props
  return (
    <Field {...fieldPart(props)}>
      {(control) => (
        <span className="os-input-box">
          <select
            {...control}
            className="os-input os-select"
            value={value}
            disabled={disabled}
            autoFocus={autoFocus}
            onChange={(event) => onChange(event.currentTarget.value as V)}
          >
            {choices.map((choice) => (
              <option key={choice.value} value={choice.value} disabled={choice.disabled}>
                {choice.label}
              </option>
            ))}
          </select>
          <CaretDown className="os-select-mark" />
        </span>
      )}
    </Field>
  )
}

export interface RadioRowProps<V extends string> extends Omit<FieldBase, 'hideLabel'> {
  readonly value: V | null
  readonly onChange: (value: V) => void
  readonly choices: readonly Choice<V>[]
}

/** All choices visible at once; arrow keys move between them. */
export function RadioRow<V extends string>(props: RadioRowProps<V>) {
  const { label, hint, error, value, onChange, choices, className = '' } = props
  const id = useId()
  return (
    <fieldset className={`os-field os-fieldset ${error ? 'os-field-bad' : ''} ${className}`}>
      <legend className="os-label">{label}</legend>
      <div className="os-radios">
        {choices.map((choice) => (
          <label key={choice.value} className={`os-radio ${choice.value === value ? 'os-on' : ''}`}>
            <input
              type="radio"
              name={id}
              value={choice.value}
              checked={choice.value === value}
              disabled={choice.disabled}
              onChange={() => onChange(choice.value)}
            />
            {choice.label}
          </label>
        ))}
      </div>
      {error ? (
        <div className="os-error" role="alert">
          {error}
        </div>
      ) : null}
      {hint ? <div className="os-hint">{hint}</div> : null}
    </fieldset>
  )
}

export interface CheckboxProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly children: ReactNode
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

export function Checkbox({ checked, onChange, children, hint, disabled }: CheckboxProps) {
  const id = useId()
  return (
    <div className="os-check">
      <input
        id={id}
        type="checkbox"
        checked={checked}
        disabled={disabled}
        aria-describedby={hint ? `${id}-hint` : undefined}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{children}</label>
      {hint ? (
        <div className="os-hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
    </div>
  )
}
