// Three letters of a name lead to today's visit, to somebody the clinic knows, or to a new walk-in: one list, one Enter.
import { type RefObject, useId } from 'react'
import { type PatientLine } from '#modules/patients/shared/contract.ts'
import { PatientFacts, useListKeys, usePatientSearch } from '#modules/patients/renderer/api.ts'
import { useMay } from '#renderer/app/access.ts'
import type { Card } from '../shared/contract.ts'
import { findToday } from '../shared/rules.ts'
import { useBoardWords } from './words.ts'

type Item =
  | { readonly kind: 'card'; readonly card: Card }
  | { readonly kind: 'patient'; readonly patient: PatientLine }
  | { readonly kind: 'new' }

export interface FindBoxProps {
  readonly cards: readonly Card[]
  readonly text: string
  readonly onText: (text: string) => void
  readonly inputRef: RefObject<HTMLInputElement | null>
  readonly onCard: (card: Card) => void
  readonly onPatient: (patient: PatientLine) => void
  readonly onNew: (typed: string) => void
}

/** From here on the whole clinic is asked too: fewer letters fit half of it. */
const clinicFrom = 3

export function FindBox(props: FindBoxProps) {
  const { cards, text, onText, inputRef } = props
  const { t } = useBoardWords()
  const may = useMay()
  const listId = useId()
  const mayAdd = may('demographics.C') && may('appointments.C')
  const typed = text.trim()
  const onBoard = findToday(cards, typed)
  const asksClinic = mayAdd && typed.length >= clinicFrom
  const search = usePatientSearch(text, { limit: 5, enabled: asksClinic })
  const items = itemsOf(onBoard, cards, asksClinic ? search.patients : [], asksClinic && search.settled)
  const choose = (item: Item | undefined) => {
    if (!item) return
    onText('')
    inputRef.current?.blur()
    if (item.kind === 'card') props.onCard(item.card)
    else if (item.kind === 'patient') props.onPatient(item.patient)
    else props.onNew(typed)
  }
  const chooseFirst = async () => {
    const found = await search.answer().catch(() => null)
    // Typed on meanwhile: then this Enter is void.
    if (found && inputRef.current?.value === text) choose(itemsOf(onBoard, cards, found, true)[0])
  }
  const keys = useListKeys({
    count: items.length,
    of: text,
    onEnter: (at) => {
      if (onBoard.length === 0 && asksClinic && !search.settled) void chooseFirst()
      else choose(items[at])
    },
    onEscape: () => {
      onText('')
      inputRef.current?.blur()
    },
  })
  const isOpen = typed !== ''
  return (
    <search className="bd-find" onBlur={(event) => leave(event, onText)}>
      <input
        ref={inputRef}
        className="os-input"
        type="text"
        inputMode="search"
        role="combobox"
        aria-label={t('find.label')}
        aria-expanded={isOpen}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && items[keys.at] ? `${listId}-${keys.at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        maxLength={200}
        placeholder={t('find.placeholder')}
        value={text}
        onChange={(event) => onText(event.currentTarget.value)}
        onKeyDown={keys.onKeyDown}
      />
      {isOpen ? (
        <div className="bd-find-pop">
          {onBoard.length === 0 ? <p className="bd-find-note">{t('find.none')}</p> : null}
          <div id={listId} role="listbox" tabIndex={-1} aria-label={t('find.label')}>
            {items.map((item, at) => (
              <div
                key={keyOf(item)}
                id={`${listId}-${at}`}
                role="option"
                tabIndex={-1}
                aria-selected={at === keys.at}
                className={at === keys.at ? 'bd-option os-on' : 'bd-option'}
                onMouseMove={() => keys.setAt(at)}
                // Before the box loses focus and the list with it. Keys are the box's part.
                onMouseDown={(event) => {
                  event.preventDefault()
                  if (event.button === 0) choose(item)
                }}
              >
                <Option item={item} typed={typed} />
              </div>
            ))}
          </div>
        </div>
      ) : null}
    </search>
  )
}

function leave(event: React.FocusEvent<HTMLElement>, onText: (text: string) => void): void {
  if (!event.currentTarget.contains(event.relatedTarget)) onText('')
}

function itemsOf(
  onBoard: readonly Card[],
  cards: readonly Card[],
  known: readonly PatientLine[],
  offersNew: boolean,
): Item[] {
  const here = new Set<string>(cards.filter((c) => c.stage !== 'left').map((c) => c.patientId))
  return [
    ...onBoard.map((card): Item => ({ kind: 'card', card })),
    ...known.filter((p) => !here.has(p.id)).map((patient): Item => ({ kind: 'patient', patient })),
    ...(offersNew ? [{ kind: 'new' } as const] : []),
  ]
}

const keyOf = (item: Item): string =>
  item.kind === 'card' ? item.card.appointmentId : item.kind === 'patient' ? item.patient.id : item.kind

function Option({ item, typed }: { item: Item; typed: string }) {
  const { t, facts, place } = useBoardWords()
  if (item.kind === 'new') return <bdi>{t('find.new', { text: typed })}</bdi>
  if (item.kind === 'patient') {
    return (
      <>
        <span className="os-strong">
          <bdi>{item.patient.name}</bdi>
        </span>
        <span className="os-dim os-sm">
          <PatientFacts person={item.patient} withPhone /> · {t('find.clinic')}
        </span>
      </>
    )
  }
  const { card } = item
  return (
    <>
      <span className="os-strong">
        <bdi>{card.name}</bdi> <span className="os-dim">{facts(card)}</span>
      </span>
      <span className="os-dim os-sm">
        {t(`column.${card.stage}`)} · <bdi>{place(card)}</bdi>
      </span>
    </>
  )
}
