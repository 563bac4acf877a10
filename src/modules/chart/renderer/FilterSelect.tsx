// A small native choice at the head of a list.
import { CaretDown } from '@blueprintjs/icons'

export interface FilterSelectProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly onChange: (value: V) => void
  readonly choices: readonly { readonly value: V; readonly label: string }[]
}

export function FilterSelect<V extends string>({ label, value, onChange, choices }: FilterSelectProps<V>) {
  return (
    <span className="ch-select">
      <select aria-label={label} value={value} onChange={(event) => onChange(event.currentTarget.value as V)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
      <CaretDown size={12} aria-hidden="true" />
    </span>
  )
}
