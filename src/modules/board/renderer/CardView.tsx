// One visit as a card: who, how long, where, what to mind, and the one next thing to do with its key.
import { type KeyboardEvent, useEffect, useRef } from 'react'
import { Kbd } from '#ui/Kbd.tsx'
import { Tag } from '#ui/Marks.tsx'
import { ariaKeys } from '#ui/platform.ts'
import type { Card } from '../shared/contract.ts'
import { type Action, keyOf, waitOf } from '../shared/rules.ts'
import { type Chip, useBoardWords } from './words.ts'

export interface CardViewProps {
  readonly card: Card
  readonly now: string
  readonly next: Action | null
  readonly isSelected: boolean
  /** The card Tab leads to. */
  readonly isEntry: boolean
  /** Counts how often the keyboard moved here: the focus follows. 0 while it stands elsewhere. */
  readonly takesFocus: number
  readonly onSelect: () => void
  readonly onOpen: () => void
  readonly onAct: (action: Action) => void
}

export function CardView(props: CardViewProps) {
  const { card, now, next, isSelected, takesFocus, onSelect, onAct } = props
  const { t, duration, wait: waitWords, facts, place, chips } = useBoardWords()
  const name = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (takesFocus > 0) name.current?.focus()
  }, [takesFocus])
  const wait = waitOf(card, now)
  const said = waitWords(wait)
  const about = facts(card)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || next !== 'check-in') return
    event.preventDefault()
    onAct(next)
  }
  return (
    <div className={isSelected ? 'bd-card bd-on' : 'bd-card'} data-card={card.appointmentId}>
      <div className="bd-line">
        <span className="bd-who">
          <button
            ref={name}
            type="button"
            className="bd-name"
            tabIndex={isSelected || props.isEntry ? 0 : -1}
            aria-label={t('card.label', {
              name: card.name,
              facts: about,
              column: t(`column.${card.stage}`),
              wait: said,
            })}
            aria-current={isSelected ? 'true' : undefined}
            onFocus={onSelect}
            onKeyDown={onKeyDown}
            onClick={props.onOpen}
          >
            <bdi>{card.name}</bdi>
          </button>
          <span className="os-dim bd-facts">{about}</span>
        </span>
        <span className={`bd-wait bd-wait-${wait.kind} os-num`}>
          {wait.kind === 'long' ? (
            <span title={said}>
              <span aria-hidden="true">! </span>
              {duration(wait.minutes)}
            </span>
          ) : (
            said
          )}
        </span>
      </div>
      <div className="bd-place os-dim">
        <bdi>{place(card)}</bdi>
      </div>
      <Chips chips={chips(card, now)} />
      {next ? (
        <button
          type="button"
          className="bd-next"
          tabIndex={isSelected ? 0 : -1}
          aria-keyshortcuts={ariaKeys(keyOf[next])}
          onFocus={onSelect}
          onClick={() => onAct(next)}
        >
          {t(`action.${next}`)}
          <Kbd keys={keyOf[next]} />
        </button>
      ) : null}
    </div>
  )
}

export function Chips({ chips }: { chips: readonly Chip[] }) {
  if (chips.length === 0) return null
  return (
    <div className="bd-chips">
      {chips.map(({ key, tone, text, sign }) => (
        <Tag key={key} tone={tone} title={text}>
          <span className="bd-chip" dir="auto">
            {sign ? <span aria-hidden="true">{sign} </span> : null}
            {text}
          </span>
        </Tag>
      ))}
    </div>
  )
}
