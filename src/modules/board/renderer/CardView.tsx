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
  /** Set when the keyboard moved here: then the focus follows. */
  readonly takesFocus: boolean
  readonly onSelect: () => void
  readonly onOpen: () => void
  readonly onAct: (action: Action) => void
}

export function CardView(props: CardViewProps) {
  const { card, now, next, isSelected, takesFocus, onSelect, onAct } = props
  const { t, wait: waitWords, facts, place, chips } = useBoardWords()
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus && !box.current?.contains(document.activeElement)) box.current?.focus()
  }, [takesFocus])
  const wait = waitOf(card, now)
  const said = waitWords(wait)
  const about = facts(card)
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.target !== event.currentTarget) return
    event.preventDefault()
    if (next === 'check-in') onAct(next)
    else props.onOpen()
  }
  return (
    <div
      ref={box}
      className={isSelected ? 'bd-card bd-on' : 'bd-card'}
      role="group"
      tabIndex={isSelected || props.isEntry ? 0 : -1}
      aria-label={t('card.label', {
        name: card.name,
        facts: about,
        column: t(`column.${card.stage}`),
        wait: said,
      })}
      aria-current={isSelected ? 'true' : undefined}
      data-card={card.appointmentId}
      onFocus={onSelect}
      onKeyDown={onKeyDown}
    >
      <div className="bd-line">
        <button type="button" className="bd-name" tabIndex={-1} onClick={props.onOpen}>
          <bdi>{card.name}</bdi>
        </button>
        <span className="os-dim bd-facts">{about}</span>
        <span className={`bd-wait bd-wait-${wait.kind} os-num`}>{said}</span>
      </div>
      <div className="bd-place os-dim" dir="auto">
        {place(card)}
      </div>
      <Chips chips={chips(card, now)} />
      {next ? (
        <button
          type="button"
          className="bd-next"
          tabIndex={isSelected ? 0 : -1}
          aria-keyshortcuts={ariaKeys(keyOf[next])}
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
