// The box for a PIN: digits only, never shown, never offered by the browser.
import type { Ref } from 'react'
import { Field } from '#ui/Field.tsx'

export interface PinFieldProps {
  readonly label: string
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
  readonly autoFocus?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}

export function PinField({ label, value, onChange, error, autoFocus = false, inputRef }: PinFieldProps) {
  return (
    <Field label={label} error={error}>
      {(control) => (
        <input
          {...control}
          className="os-input"
          ref={inputRef}
          type="password"
          inputMode="numeric"
          dir="ltr"
          value={value}
          maxLength={12}
          autoComplete="off"
          autoFocus={autoFocus}
          onChange={(event) => onChange(event.currentTarget.value.replace(/\D/g, ''))}
        />
      )}
    </Field>
  )
}
