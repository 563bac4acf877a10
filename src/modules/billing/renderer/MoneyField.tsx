// An amount of money, typed as people write it.
import type { FieldBase } from '#ui/Field.tsx'
import { TextField } from '#ui/TextField.tsx'

export interface MoneyFieldProps extends FieldBase {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly currency: string
  readonly autoFocus?: boolean
  readonly inputRef?: React.Ref<HTMLInputElement>
  readonly disabled?: boolean
}

export function MoneyField({ currency, className = '', ...rest }: MoneyFieldProps) {
  return (
    <TextField
      {...rest}
      className={`bl-money ${className}`}
      dir="ltr"
      inputMode="decimal"
      maxLength={20}
      unit={currency}
    />
  )
}
