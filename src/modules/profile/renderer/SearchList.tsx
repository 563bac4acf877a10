// Typing and choosing by keyboard: a box with the hits below it, the first one chosen by Enter. Enter never takes a hit
// of an older text: it waits for the answer to what stands in the box. Follows the ARIA combobox pattern.
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { Field } from '#ui/Field.tsx'

export interface SearchState<Item> {
  readonly items: readonly Item[]
  /** The items answer this very text. */
  readonly isCurrent: boolean
  /** Said instead of hits. */
  readonly trouble: string | null
}

export interface SearchListProps<Item> {
  readonly label: string
  readonly placeholder: string
  readonly hint?: ReactNode
  readonly error?: ReactNode
  readonly isBusy?: boolean
  readonly useItems: (text: string) => SearchState<Item>
  readonly fetchItems: (text: string) => Promise<readonly Item[]>
  readonly keyOf: (item: Item) => string
  readonly render: (item: Item) => ReactNode
  /** `withMore`: Mod was held. */
  readonly onChoose: (item: Item, withMore: boolean) => void
  readonly onWords: (words: string, withMore: boolean) => void
  readonly wordsLabel: (words: string) => string
  readonly nothingLabel: string
  readonly onText?: () => void
}

export function SearchList<Item>(props: SearchListProps<Item>) {
  const { useItems, fetchItems, onChoose, onWords } = props
  const listId = useId()
  const [text, setText] = useState('')
  /** `null`: the first hit, whichever it will be. */
  const [picked, setPicked] = useState<number | null>(null)
  const latest = useRef('')
  const list = useRef<HTMLDivElement>(null)
  const wanted = text.trim()
  const { items, isCurrent, trouble } = useItems(wanted)
  const active = picked ?? (items.length > 0 ? 0 : -1)
  const last = items.length

  const take = (item: Item | undefined, withMore: boolean) => {
    if (item) onChoose(item, withMore)
  }
  const enter = async (withMore: boolean) => {
    if (wanted === '' || props.isBusy) return
    if (isCurrent) {
      if (active === last) onWords(wanted, withMore)
      else take(items[active], withMore)
      return
    }
    const found = await fetchItems(wanted).catch(() => [])
    if (latest.current.trim() === wanted) take(found[0], withMore)
  }
  const move = (by: number) => {
    const next = Math.max(0, Math.min(last, active + by))
    setPicked(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      event.stopPropagation()
      void enter(event.ctrlKey || event.metaKey)
    } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(event.key === 'ArrowDown' ? 1 : -1)
    }
  }
  return (
    <Field label={props.label} error={props.error} hint={props.hint}>
      {(control) => (
        <>
          <input
            {...control}
            className="os-input"
            role="combobox"
            aria-expanded={wanted !== ''}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={active >= 0 && wanted !== '' ? `${listId}-${active}` : undefined}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            maxLength={200}
            autoFocus
            value={text}
            placeholder={props.placeholder}
            onChange={(event) => {
              latest.current = event.currentTarget.value
              setText(event.currentTarget.value)
              setPicked(null)
              props.onText?.()
            }}
            onKeyDown={onKeyDown}
          />
          <div
            className="pf-hits"
            id={listId}
            role="listbox"
            aria-label={props.label}
            ref={list}
            tabIndex={-1}
          >
            {wanted === ''
              ? null
              : items.map((item, n) => (
                  <Option
                    key={props.keyOf(item)}
                    id={`${listId}-${n}`}
                    isActive={n === active}
                    onTake={(withMore) => onChoose(item, withMore)}
                  >
                    {props.render(item)}
                  </Option>
                ))}
            {wanted !== '' && isCurrent ? (
              <Option
                id={`${listId}-${last}`}
                isActive={active === last}
                onTake={(withMore) => onWords(wanted, withMore)}
              >
                <span className="pf-words">{props.wordsLabel(wanted)}</span>
              </Option>
            ) : null}
          </div>
          <div className="os-hint" role="status">
            {trouble ?? (wanted !== '' && isCurrent && items.length === 0 ? props.nothingLabel : null)}
          </div>
        </>
      )}
    </Field>
  )
}

interface OptionProps {
  readonly id: string
  readonly isActive: boolean
  readonly onTake: (withMore: boolean) => void
  readonly children: ReactNode
}

function Option({ id, isActive, onTake, children }: OptionProps) {
  return (
    <div
      id={id}
      role="option"
      aria-selected={isActive}
      tabIndex={-1}
      className={isActive ? 'pf-hit os-on' : 'pf-hit'}
      // Before the input loses the focus, so that typing can go on.
      onMouseDown={(event) => {
        event.preventDefault()
        onTake(event.ctrlKey || event.metaKey)
      }}
    >
      {children}
    </div>
  )
}
