// The box for a six-digit code from the phone.
import type { Ref } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { TextField } from '#ui/TextField.tsx'
import { signInTexts } from './i18n.ts'

export interface CodeFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly error?: string | undefined
  readonly autoFocus?: boolean
  readonly hint?: string
  readonly inputRef?: Ref<HTMLInputElement>
}

export function CodeField({ value, onChange, error, autoFocus, hint, inputRef }: CodeFieldProps) {
  const t = useTexts(signInTexts)
  return (
    <TextField
      label={t('factor.code')}
      hint={hint}
      value={value}
      onChange={onChange}
      error={error}
      dir="ltr"
      inputMode="numeric"
      autoComplete="one-time-code"
      maxLength={12}
      autoFocus={autoFocus ?? false}
      {...(inputRef ? { inputRef } : {})}
    />
  )
}
