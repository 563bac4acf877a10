// Finding a medicine by typing; with nothing typed, the favourites. Follows the ARIA combobox pattern.
import {
  type KeyboardEvent,
  type ReactNode,
  useDeferredValue,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { Field } from '#ui/Field.tsx'
import { Tag } from '#ui/Marks.tsx'
import { prescribing } from '../shared/contract.ts'
import type { DrugLine, Favourite } from '../shared/shapes.ts'
import { useRxWords } from './use-rx-words.ts'
import { OwnDrugDialog } from './OwnDrugDialog.tsx'
import { type DeskState, draftOfFavourite, emptyDraft } from './use-desk.ts'

interface Option {
  readonly key: string
  readonly content: ReactNode
  readonly run: () => void
}

export function DrugBox({ state }: { state: DeskState }) {
  const { t } = useRxWords()
  const words = useErrorText()
  const listId = useId()
  const list = useRef<HTMLDivElement>(null)
  const [text, setText] = useState('')
  const [active, setActive] = useState(0)
  const [isAdding, setAdding] = useState(false)
  /** The text for which Enter was pressed before its answer was there. */
  const early = useRef<string | null>(null)
  const query = useDeferredValue(text.trim())
  const found = useRead(
    prescribing,
    'searchDrugs',
    { text: query || '-' },
    { enabled: query !== '', keepPrevious: true },
  )
  const favourites = useRead(prescribing, 'favourites', {})
  const choose = (drug: { id: string | null; label: string; unit: DrugLine['unit'] }) =>
    state.write({ ...keptOf(state), drug: { id: drug.id, label: drug.label, unit: drug.unit } })
  const options: Option[] =
    query === ''
      ? (favourites.data ?? []).map((favourite) => ({
          key: favourite.id,
          content: <FavouriteLine favourite={favourite} />,
          run: () => state.write(draftOfFavourite(favourite)),
        }))
      : [
          ...(found.data?.items ?? []).map((drug) => ({
            key: drug.id,
            content: <FoundLine drug={drug} />,
            run: () => choose(drug),
          })),
          {
            key: 'as-written',
            content: (
              <>
                {t('drug.asWritten', { text: query })}{' '}
                <span className="os-dim os-sm">{t('drug.asWrittenHint')}</span>
              </>
            ),
            run: () => choose({ id: null, label: query, unit: null }),
          },
          { key: 'own', content: t('drug.own'), run: () => setAdding(true) },
        ]
  const isSettled =
    query === '' || (found.data !== undefined && query === text.trim() && !found.isPlaceholderData)
  useEffect(() => {
    if (early.current === null) return
    if (early.current !== text) early.current = null
    else if (isSettled) {
      early.current = null
      options[active]?.run()
    }
  })
  const move = (to: number) => {
    const next = Math.max(0, Math.min(options.length - 1, to))
    setActive(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      move(active + (event.key === 'ArrowDown' ? 1 : -1))
    } else if (event.key === 'Enter' && !event.ctrlKey && !event.metaKey) {
      // Never the answer to an older text: an Enter that is too early waits for its own.
      event.preventDefault()
      if (isSettled) options[active]?.run()
      else early.current = text
    } else if (event.key === 'Escape' && text !== '') {
      event.preventDefault()
      event.stopPropagation()
      setText('')
      setActive(0)
    }
  }
  return (
    <>
      <Field
        label={t('drug.label')}
        hint={t('drug.hint')}
        error={
          found.error
            ? words(found.error)
            : state.isTried && state.draft.drug === null
              ? t('drug.missing')
              : null
        }
      >
        {(control) => (
          <input
            {...control}
            className="os-input"
            data-rx-first
            data-autofocus
            role="combobox"
            aria-expanded={options.length > 0}
            aria-controls={listId}
            aria-autocomplete="list"
            aria-activedescendant={options[active] ? `${listId}-${active}` : undefined}
            autoComplete="off"
            spellCheck={false}
            dir="auto"
            maxLength={100}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value)
              setActive(0)
            }}
            onKeyDown={onKeyDown}
          />
        )}
      </Field>
      {query === '' && options.length > 0 ? <h3 className="rx-small">{t('drug.favourites')}</h3> : null}
      <div
        className="rx-found"
        id={listId}
        role="listbox"
        aria-label={query === '' ? t('drug.favourites') : t('drug.label')}
        ref={list}
      >
        {options.map((option, n) => (
          <div
            key={option.key}
            id={`${listId}-${n}`}
            role="option"
            aria-selected={n === active}
            tabIndex={-1}
            className={n === active ? 'rx-option os-on' : 'rx-option'}
            onMouseDown={(event) => {
              event.preventDefault()
              option.run()
            }}
          >
            <span className="os-grow">{option.content}</span>
          </div>
        ))}
      </div>
      {found.data && query !== '' ? (
        <p className="os-dim os-sm" role="status">
          {found.data.items.length === 0 ? `${t('drug.none')} ` : ''}
          {t('drug.source', { title: found.data.edition.title, edition: found.data.edition.edition })}
        </p>
      ) : null}
      {isAdding ? (
        <OwnDrugDialog
          name={query}
          onClose={() => setAdding(false)}
          onAdded={(drug) => {
            setAdding(false)
            choose(drug)
          }}
        />
      ) : null}
    </>
  )
}

/** Choosing another medicine for a change keeps the row it changes and the words so far. */
const keptOf = ({ draft }: DeskState) =>
  draft.replaces || draft.itemId ? draft : { ...emptyDraft, sigText: draft.sigText }

function FoundLine({ drug }: { drug: DrugLine }) {
  const { t } = useRxWords()
  return (
    <>
      <bdi>{drug.label}</bdi> {drug.legal === 'otc' ? <Tag>{t('drug.otc')}</Tag> : null}
      {drug.legal === 'discontinued' ? <Tag tone="warn">{t('drug.discontinued')}</Tag> : null}
      {drug.legal === 'own' ? <Tag tone="info">{t('drug.ownMark')}</Tag> : null}
      {drug.ownUses > 0 ? (
        <span className="os-dim os-sm"> {t('drug.uses', { count: drug.ownUses })}</span>
      ) : null}
    </>
  )
}

function FavouriteLine({ favourite }: { favourite: Favourite }) {
  const { quantity } = useRxWords()
  return (
    <>
      <bdi>{favourite.label}</bdi>{' '}
      <span className="os-dim">
        <bdi>{favourite.sigText}</bdi>
        {favourite.quantity ? ` · ${quantity(favourite.quantity)}` : ''}
      </span>
    </>
  )
}
