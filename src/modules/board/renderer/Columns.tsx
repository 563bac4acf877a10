// The columns of the day. On a phone one is seen at a time and chosen above.
import { type CSSProperties, useState } from 'react'
import type { Card } from '../shared/contract.ts'
import { type Action, type Column, columns, inColumn, nextActionOf } from '../shared/rules.ts'
import { CardView } from './CardView.tsx'
import { useBoardWords } from './words.ts'

export interface ColumnsProps {
  readonly cards: readonly Card[]
  readonly now: string
  readonly chosen: string | null
  /** Counts moves by keyboard: the focus follows each of them. */
  readonly moved: number
  readonly may: Parameters<typeof nextActionOf>[1]
  readonly onChoose: (appointmentId: string) => void
  readonly onOpen: (card: Card) => void
  readonly onAct: (action: Action, card: Card) => void
}

export function Columns(props: ColumnsProps) {
  const { cards, chosen } = props
  const { t } = useBoardWords()
  const [picked, setPicked] = useState<Column | null>(null)
  const chosenCard = cards.find((card) => card.appointmentId === chosen)
  const lists = columns
    .map((column) => ({ column, list: inColumn(cards, column) }))
    // Patients are with a doctor or they are not: an empty column says nothing and takes the room of the others.
    .filter(({ column, list }) => column !== 'with-doctor' || list.length > 0)
  const fullest = lists.find(({ list }) => list.length > 0)?.column ?? 'expected'
  const shown = picked ?? (chosenCard && chosenCard.stage !== 'left' ? chosenCard.stage : fullest)
  const entry = chosenCard ? null : lists.find(({ list }) => list.length > 0)?.list[0]
  // An empty column stays in sight, not in the way.
  const widths = lists
    .map(({ list }) => (list.length > 0 ? 'minmax(172px, 1fr)' : 'minmax(92px, 0.45fr)'))
    .join(' ')
  return (
    <>
      <div className="bd-switch" role="group" aria-label={t('columns.label')}>
        {lists.map(({ column, list }) => (
          <button
            key={column}
            type="button"
            aria-pressed={column === shown}
            onClick={() => setPicked(column)}
          >
            {t(`column.${column}`)} <span className="os-num">{list.length}</span>
          </button>
        ))}
      </div>
      <div className="bd-columns" style={{ '--bd-columns': widths } as CSSProperties}>
        {lists.map(({ column, list }) => (
          <section
            key={column}
            className={column === shown ? 'bd-column bd-shown' : 'bd-column'}
            aria-label={t(`column.${column}`)}
          >
            <h2 className="bd-column-head">
              {t(`column.${column}`)} <span className="os-num">{list.length}</span>
            </h2>
            <ul>
              {list.map((card) => (
                <li key={card.appointmentId}>
                  <CardView
                    card={card}
                    now={props.now}
                    next={nextActionOf(card, props.may)}
                    isSelected={card.appointmentId === chosen}
                    isEntry={card === entry}
                    takesFocus={card.appointmentId === chosen ? props.moved : 0}
                    onSelect={() => props.onChoose(card.appointmentId)}
                    onOpen={() => props.onOpen(card)}
                    onAct={(action) => props.onAct(action, card)}
                  />
                </li>
              ))}
            </ul>
            {list.length === 0 ? <p className="bd-none">{t('column.none')}</p> : null}
          </section>
        ))}
      </div>
    </>
  )
}
