// When: words such as "2w" or a date give the best free times; the first is chosen, arrow keys choose another, and a
// time that was pointed at in the schedule stands first until something is typed.
import { type KeyboardEvent, type Ref, useId } from 'react'
import { Field } from '#ui/Field.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import type { Setup } from '#modules/scheduling/shared/contract.ts'
import { momentWords, placeName, useWords } from '../use-words.ts'
import type { Slot, Slots } from './use-slots.ts'

export interface SlotPickProps {
  readonly setup: Setup
  readonly text: string
  readonly onText: (text: string) => void
  readonly options: readonly Slot[]
  readonly slots: Slots
  readonly at: number
  readonly onAt: (at: number) => void
  readonly onMore: (() => void) | null
  readonly error?: string | undefined
  readonly autoFocus?: boolean
  readonly inputRef?: Ref<HTMLInputElement>
}

export function SlotPick(props: SlotPickProps) {
  const words = useWords()
  const { t } = words
  const listId = useId()
  const { options, at, onAt, slots, text } = props
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const next = at + (event.key === 'ArrowDown' ? 1 : -1)
    if (options.length > 0) onAt((next + options.length) % options.length)
  }
  const problem = slots.understood ? props.error : t('when.notUnderstood')
  return (
    <div className="sc-when">
      <Field label={t('book.when')} hint={t('when.hint')} error={problem}>
        {(control) => (
          <span className="os-input-box">
            <input
              {...control}
              ref={props.inputRef}
              className="os-input"
              role="combobox"
              aria-expanded={options.length > 0}
              aria-controls={listId}
              aria-autocomplete="list"
              aria-activedescendant={options[at] ? `${listId}-${at}` : undefined}
              autoComplete="off"
              spellCheck={false}
              dir="auto"
              maxLength={60}
              autoFocus={props.autoFocus}
              placeholder={t('when.placeholder')}
              value={text}
              onChange={(event) => props.onText(event.currentTarget.value)}
              onKeyDown={onKeyDown}
            />
          </span>
        )}
      </Field>
      <div id={listId} className="sc-slots" role="listbox" tabIndex={-1} aria-label={t('when.list')}>
        {options.map((slot, n) => (
          <div
            key={`${slot.date} ${slot.start} ${slot.providerId}`}
            id={`${listId}-${n}`}
            role="option"
            tabIndex={-1}
            aria-selected={n === at}
            className={n === at ? 'sc-slot os-on' : 'sc-slot'}
            onMouseDown={(event) => {
              event.preventDefault()
              onAt(n)
            }}
          >
            <span className="os-strong">{momentWords(slot, words)}</span>
            <span className="os-dim">
              {[placeName(props.setup, slot.providerId), placeName(props.setup, slot.roomId)]
                .filter(Boolean)
                .join(' · ')}
            </span>
            {n === at ? <Kbd keys="Enter" /> : null}
          </div>
        ))}
      </div>
      {props.onMore ? (
        <button type="button" className="sc-link" onClick={props.onMore}>
          {t('when.later')}
        </button>
      ) : null}
      {slots.settled && slots.understood && options.length === 0 ? (
        <p className="os-dim" role="status">
          {t('when.none')}
        </p>
      ) : null}
    </div>
  )
}
