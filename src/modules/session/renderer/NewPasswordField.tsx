// Choosing a password: the rules in words, judged while typing by the same function the clinic uses.
import { useState } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { minimumLength, type PasswordFault, passwordFault } from '#shared/password-rules.ts'
import { PasswordField } from '#ui/TextField.tsx'
import { sessionTexts } from './i18n.ts'

export interface NewPasswordFieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  /** True where this computer has no keychain. */
  readonly passwordOnly: boolean
  /** A second factor is asked for as well. */
  readonly hasFactor?: boolean
  /** Words nobody should build a password from: own name, sign-in name, clinic. */
  readonly names: readonly string[]
  /** Said by the clinic after a try. */
  readonly error?: string | undefined
  /** Shows the fault although the field was not left yet: after a try to save. */
  readonly showFault?: boolean
  readonly autoFocus?: boolean
}

export const newPasswordFault = (
  value: string,
  passwordOnly: boolean,
  names: readonly string[],
  hasFactor = false,
) => passwordFault(value, { passwordOnly, hasFactor, names: names.filter(Boolean) })

export function NewPasswordField(props: NewPasswordFieldProps) {
  const {
    value,
    onChange,
    passwordOnly,
    names,
    error,
    showFault = false,
    autoFocus = false,
    hasFactor = false,
  } = props
  const t = useTexts(sessionTexts)
  const [longest, setLongest] = useState(0)
  const minimum = minimumLength({ passwordOnly, hasFactor })
  const count = Array.from(value).length
  const fault = value === '' ? null : newPasswordFault(value, passwordOnly, names, hasFactor)
  const words = (kind: PasswordFault) => t(`password.${kind}`, { count, minimum })
  // While the first letters are typed only the count shows; the fault appears once it could have been enough.
  const isEnough = Math.max(longest, count) >= minimum
  const shownFault = fault && (showFault || isEnough) ? words(fault) : undefined
  const change = (text: string) => {
    setLongest((former) => Math.max(former, Array.from(text).length))
    onChange(text)
  }
  return (
    <div>
      <PasswordField
        label={t('password.new')}
        value={value}
        onChange={change}
        purpose="new-password"
        autoFocus={autoFocus}
        error={error ?? shownFault}
        hint={t(passwordOnly ? 'password.rulesOnly' : 'password.rules', { minimum })}
      />
      {value !== '' && !shownFault && !error ? (
        <p className={fault ? 'password-meter' : 'password-meter password-meter-good'} role="status">
          {fault ? t('password.count', { count, minimum }) : `✓ ${t('password.good')}`}
        </p>
      ) : null}
    </div>
  )
}
