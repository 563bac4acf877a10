// Typed text: one line, several lines, passwords.
import { EyeOff, EyeOpen } from '@blueprintjs/icons'
import { type HTMLInputAutoCompleteAttribute, type ReactNode, type Ref, useState } from 'react'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { IconButton } from './Button.tsx'
import { Field, type FieldBase } from './Field.tsx'

export interface TextFieldProps extends FieldBase {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly onBlur?: (() => void) | undefined
  readonly onKeyDown?: ((event: React.KeyboardEvent<HTMLInputElement>) => void) | undefined
  readonly type?: 'text' | 'email' | 'tel' | 'search' | 'url'
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email' | 'search'
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly autoComplete?: HTMLInputAutoCompleteAttribute
  readonly maxLength?: number
  readonly disabled?: boolean
  readonly readOnly?: boolean
  readonly name?: string
  /** Shown inside the end of the box: a unit, a mark. */
  readonly unit?: ReactNode
  /** Names and free text of any script take the direction of what is typed. */
  readonly dir?: 'auto' | 'ltr'
  readonly spellCheck?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}

export function TextField(props: TextFieldProps) {
  const { value, onChange, unit, inputRef, dir = 'auto', type = 'text', spellCheck = false } = props
  return (
    <Field {...fieldPart(props)}>
      {(control) => (
        <span className="os-input-box">
          <input
            {...control}
            className="os-input"
            ref={inputRef}
            type={type}
            dir={dir}
            value={value}
            spellCheck={spellCheck}
            onChange={(event) => onChange(event.currentTarget.value)}
            onBlur={props.onBlur}
            onKeyDown={props.onKeyDown}
            inputMode={props.inputMode}
            placeholder={props.placeholder}
            autoFocus={props.autoFocus}
            autoComplete={props.autoComplete ?? 'off'}
            maxLength={props.maxLength}
            disabled={props.disabled}
            readOnly={props.readOnly}
            name={props.name}
          />
          {unit ? <span className="os-unit">{unit}</span> : null}
        </span>
      )}
    </Field>
  )
}

export interface TextAreaFieldProps extends FieldBase {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly rows?: number
  readonly autoFocus?: boolean
  readonly maxLength?: number
  readonly placeholder?: string
  readonly inputRef?: Ref<HTMLTextAreaElement>
}

export function TextAreaField(props: TextAreaFieldProps) {
  const { value, onChange, rows = 3 } = props
  return (
    <Field {...fieldPart(props)}>
      {(control) => (
        <textarea
          {...control}
          className="os-input os-textarea"
          ref={props.inputRef}
          dir="auto"
          rows={rows}
          value={value}
          maxLength={props.maxLength}
          placeholder={props.placeholder}
          autoFocus={props.autoFocus}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}

export interface PasswordFieldProps extends FieldBase {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly autoFocus?: boolean
  /** `new-password` where one is being chosen. */
  readonly purpose?: 'current-password' | 'new-password'
  readonly inputRef?: Ref<HTMLInputElement>
}

export function PasswordField(props: PasswordFieldProps) {
  const t = useTexts(commonTexts)
  const [shown, setShown] = useState(false)
  const { value, onChange, purpose = 'current-password' } = props
  return (
    <Field {...fieldPart(props)}>
      {(control) => (
        <span className="os-input-box">
          <input
            {...control}
            className="os-input"
            ref={props.inputRef}
            type={shown ? 'text' : 'password'}
            dir="ltr"
            value={value}
            spellCheck={false}
            autoCapitalize="none"
            autoComplete={purpose}
            maxLength={1024}
            autoFocus={props.autoFocus}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <IconButton
            icon={shown ? <EyeOff /> : <EyeOpen />}
            label={shown ? t('password.hide') : t('password.show')}
            onClick={() => setShown(!shown)}
            className="os-input-end"
          />
        </span>
      )}
    </Field>
  )
}

/** The part of a field's props that the frame takes; the rest belongs to the control. */
export function fieldPart(props: FieldBase): FieldBase {
  const { label, hint, error, optional, hideLabel, className } = props
  return { label, hint, error, optional, hideLabel, className }
}
