// The one search box of the header (B1, B2): recent patients before typing, results as one types, arrow keys and Enter.
// Enter waits for the answer to what stands in the box, so that a former list is never opened by a fast hand.
import { Cross, Plus, Search } from '@blueprintjs/icons'
import { type FocusEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { useMay } from '#renderer/app/access.ts'
import type { HeaderSearchProps } from '#renderer/app/header-slot.ts'
import { IconButton } from '#ui/Button.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { type PatientLine, patients } from '../shared/contract.ts'
import { useListKeys } from './list-keys.ts'
import { PatientFacts, PatientState } from './PatientFacts.tsx'
import { usePatientPath } from './patient-path.ts'
import { type PatientSearch, usePatientSearch } from './patient-search.ts'
import { useStartRegistering } from './register-draft.ts'
import { usePatientWords } from './words.ts'
import './patients.css'

type Item = { readonly kind: 'patient'; readonly patient: PatientLine } | { readonly kind: 'register' }

export function PatientSearchBox({ inputId }: HeaderSearchProps) {
  const { t } = usePatientWords()
  const navigate = useNavigate()
  const pathOf = usePatientPath()
  const startRegistering = useStartRegistering()
  const mayRegister = useMay()('demographics.C')
  const listId = useId()
  const box = useRef<HTMLInputElement>(null)
  // Typed on one page, gone on the next: a former name in the box would pass for the open patient.
  const { pathname: page } = useLocation()
  const [typed, setTyped] = useState({ text: '', page })
  const text = typed.page === page ? typed.text : ''
  const setText = (next: string) => setTyped({ text: next, page })
  const [isOpen, setOpen] = useState(false)
  const isTyped = text.trim() !== ''
  const search = usePatientSearch(text, { enabled: isOpen })
  const recent = useRead(patients, 'recent', {}, { enabled: isOpen && !isTyped, staleMs: 5_000 })
  const items = itemsOf(
    isTyped ? search.patients : (recent.data?.patients ?? []),
    isTyped && search.settled && mayRegister,
  )

  const close = () => setOpen(false)
  const open = (item: Item | undefined) => {
    if (!item) return
    const wanted = text
    setText('')
    close()
    box.current?.blur()
    if (item.kind === 'patient') void navigate(pathOf(item.patient.id))
    else void startRegistering(wanted)
  }
  const openFirst = async () => {
    const found = await search.answer().catch(() => null)
    // Typed on, or left, meanwhile: then this Enter is void.
    if (found && box.current?.value === text) open(itemsOf(found, mayRegister)[0])
  }
  const keys = useListKeys({
    count: items.length,
    of: text,
    onEnter: (at) => {
      if (isTyped && !search.settled) void openFirst()
      else open(items[at])
    },
    onEscape: () => (isOpen ? close() : box.current?.blur()),
  })
  const leave = (event: FocusEvent) => {
    if (!event.currentTarget.contains(event.relatedTarget)) close()
  }
  return (
    <search className="pt-search" onBlur={leave}>
      <span className="os-input-box">
        <Search className="pt-search-sign" size={14} />
        <input
          id={inputId}
          ref={box}
          className="os-input pt-search-input"
          type="text"
          inputMode="search"
          role="combobox"
          aria-label={t('search.label')}
          aria-expanded={isOpen}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-keyshortcuts="/"
          aria-activedescendant={isOpen && items[keys.at] ? `${listId}-${keys.at}` : undefined}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          maxLength={200}
          placeholder={t('search.placeholder')}
          value={text}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onChange={(event) => {
            setText(event.currentTarget.value)
            setOpen(true)
          }}
          onKeyDown={keys.onKeyDown}
        />
        {text === '' ? (
          <span className="pt-search-key">
            <Kbd keys="/" />
          </span>
        ) : (
          <IconButton
            icon={<Cross />}
            label={t('search.clear')}
            className="os-input-end"
            onClick={() => {
              setText('')
              box.current?.focus()
            }}
          />
        )}
      </span>
      {isOpen ? (
        <div className="pt-search-pop">
          <Above text={text} search={search} isEmpty={!isTyped && recent.data?.patients.length === 0} />
          <div
            id={listId}
            role="listbox"
            tabIndex={-1}
            aria-label={t(isTyped ? 'search.list' : 'search.recent')}
          >
            {items.map((item, at) => (
              <Option
                key={item.kind === 'patient' ? item.patient.id : item.kind}
                id={`${listId}-${at}`}
                isChosen={at === keys.at}
                onPoint={() => keys.setAt(at)}
                onOpen={() => open(item)}
              >
                {item.kind === 'patient' ? (
                  <PatientOption patient={item.patient} />
                ) : (
                  <span className="pt-option-register">
                    <Plus size={14} /> <bdi>{t('search.register', { text: text.trim() })}</bdi>
                  </span>
                )}
              </Option>
            ))}
          </div>
          {isTyped && search.settled && search.more ? (
            <p className="pt-search-note">{t('search.more')}</p>
          ) : null}
        </div>
      ) : null}
    </search>
  )
}

/** With nobody found, registering is the first thing offered; else the last. */
function itemsOf(found: readonly PatientLine[], offersRegister: boolean): Item[] {
  const items: Item[] = found.map((patient) => ({ kind: 'patient', patient }))
  return offersRegister ? [...items, { kind: 'register' }] : items
}

/** What the list is, and what there is to say when it is empty. */
function Above({ text, search, isEmpty }: { text: string; search: PatientSearch; isEmpty: boolean }) {
  const { t } = usePatientWords()
  const typed = text.trim()
  if (typed === '') {
    return <p className="pt-search-note">{t(isEmpty ? 'search.noRecent' : 'search.recent')}</p>
  }
  if (search.error) {
    return (
      <p className="pt-search-note" role="alert">
        {t('search.failed')}
      </p>
    )
  }
  if (!search.settled) return null
  const none = search.patients.length === 0
  return (
    <p className={none ? 'pt-search-note' : 'os-sr'} role="status">
      {none ? (
        <>
          <bdi>{t('search.none', { text: typed })}</bdi> {t('search.noneHint')}
        </>
      ) : (
        t('search.count', { count: search.patients.length })
      )}
    </p>
  )
}

interface OptionProps {
  readonly id: string
  readonly isChosen: boolean
  readonly onPoint: () => void
  readonly onOpen: () => void
  readonly children: ReactNode
}

function Option({ id, isChosen, onPoint, onOpen, children }: OptionProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (isChosen) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isChosen])
  return (
    <div
      ref={row}
      id={id}
      role="option"
      tabIndex={-1}
      aria-selected={isChosen}
      className={isChosen ? 'pt-option os-on' : 'pt-option'}
      onMouseMove={onPoint}
      // Before the box loses focus and the list with it. Keys are the box's part.
      onMouseDown={(event) => {
        event.preventDefault()
        if (event.button === 0) onOpen()
      }}
    >
      {children}
    </div>
  )
}

export function PatientOption({ patient }: { patient: PatientLine }) {
  return (
    <>
      <span className="pt-option-name">
        <bdi className="pt-name">{patient.name}</bdi> <PatientState person={patient} />
      </span>
      <span className="os-dim os-sm">
        <PatientFacts person={patient} withPhone />
      </span>
    </>
  )
}
