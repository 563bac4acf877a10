// One labelled input: hint under it, error beside it, both announced with the control.
import { type ReactNode, useId } from 'react'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'

export interface FieldControl {
  readonly id: string
  readonly 'aria-describedby'?: string
  readonly 'aria-invalid'?: true
  readonly 'aria-required'?: true
}

export interface FieldProps {
  readonly label: ReactNode
  readonly hint?: ReactNode
  readonly error?: ReactNode
  /** Shows "optional" beside the label; in Osler a field is needed unless it says so. */
  readonly optional?: boolean | undefined
  /** The label stays for screen readers only. */
  readonly hideLabel?: boolean | undefined
  readonly className?: string | undefined
  readonly children: (control: FieldControl) => ReactNode
}

export function Field({ label, hint, error, optional, hideLabel, className = '', children }: FieldProps) {
  const t = useTexts(commonTexts)
  const id = useId()
  const described = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ')
  const control: FieldControl = {
    id,
    ...(described ? { 'aria-describedby': described } : {}),
    ...(error ? { 'aria-invalid': true as const } : {}),
  }
  return (
    <div className={`os-field ${error ? 'os-field-bad' : ''} ${className}`}>
      <label className={hideLabel ? 'os-sr' : 'os-label'} htmlFor={id}>
        {/* The blank keeps Arabic letters of the two from joining. */}
        {label} {optional ? <span className="os-optional">{t('word.optional')}</span> : null}
      </label>
      {children(control)}
      {error ? (
        <div className="os-error" id={`${id}-error`} role="alert">
          {error}
        </div>
      ) : null}
      {hint ? (
        <div className="os-hint" id={`${id}-hint`}>
          {hint}
        </div>
      ) : null}
    </div>
  )
}

/** What every ready-made field takes besides its value. */
export type FieldBase = Omit<FieldProps, 'children'>
