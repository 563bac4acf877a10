// Choosing one of many by typing a part of its name (countries, time zones). Follows the ARIA combobox pattern.
import { type KeyboardEvent, useId, useMemo, useRef, useState } from 'react'
import { Field, type FieldBase } from './Field.tsx'
import type { Choice } from './SelectField.tsx'
import { fieldPart } from './TextField.tsx'

export interface ComboFieldProps extends FieldBase {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly choices: readonly Choice[]
  /** Said when nothing fits. */
  readonly emptyText: string
  readonly autoFocus?: boolean
}

const shownAtOnce = 50
const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

export function ComboField(props: ComboFieldProps) {
  const { value, onChange, choices, emptyText } = props
  const listId = useId()
  const [query, setQuery] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const isOpen = query !== null
  const found = useMemo(() => {
    const words = plain(query ?? '')
      .split(/\s+/)
      .filter(Boolean)
    const hits = choices.filter(({ label, value: code }) => {
      const text = plain(`${label} ${code}`)
      return words.every((word) => text.includes(word))
    })
    return hits.slice(0, shownAtOnce)
  }, [query, choices])
  const current = choices.find((choice) => choice.value === value)

  const open = () => {
    if (isOpen) return
    setQuery('')
    setActive(0)
  }
  const choose = (choice: Choice | undefined) => {
    if (choice) onChange(choice.value)
    setQuery(null)
  }
  const move = (to: number) => {
    const next = Math.max(0, Math.min(found.length - 1, to))
    setActive(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (isOpen) move(active + (event.key === 'ArrowDown' ? 1 : -1))
      else open()
    } else if (event.key === 'Enter' && isOpen) {
      event.preventDefault()
      choose(found[active])
    } else if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      event.stopPropagation()
      setQuery(null)
    }
  }
  return (
    <Field {...fieldPart(props)}>
      {(control) => (
        <span className="os-input-box os-combo">
          <input
            {...control}
            className="os-input"
            role="combobox"
            aria-expanded={isOpen}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={isOpen && found[active] ? `${listId}-${active}` : undefined}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            autoFocus={props.autoFocus}
            value={query ?? current?.label ?? value}
            placeholder={current?.label ?? ''}
            onClick={open}
            onChange={(event) => {
              setQuery(event.currentTarget.value)
              setActive(0)
            }}
            onKeyDown={onKeyDown}
            onBlur={() => setQuery(null)}
          />
          {isOpen ? (
            <div className="os-combo-list" id={listId} role="listbox" ref={list} tabIndex={-1}>
              {found.map((choice, n) => (
                <div
                  key={choice.value}
                  id={`${listId}-${n}`}
                  role="option"
                  aria-selected={n === active}
                  tabIndex={-1}
                  className={n === active ? 'os-on' : undefined}
                  // Before the input loses focus, so that the choice is made.
                  onMouseDown={(event) => {
                    event.preventDefault()
                    choose(choice)
                  }}
                >
                  {choice.label}
                </div>
              ))}
              {found.length === 0 ? <div className="os-dim">{emptyText}</div> : null}
            </div>
          ) : null}
        </span>
      )}
    </Field>
  )
}
