// A time became free: the three of the waiting it fits best. Enter books the chosen one into it.
import { type KeyboardEvent, useState } from 'react'
import { isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { Tag } from '#ui/Marks.tsx'
import { EmptyState } from '#ui/States.tsx'
import {
  type Appointment,
  type ResourceId,
  type Setup,
  scheduling,
} from '#modules/scheduling/shared/contract.ts'
import { momentWords, placeName, typeName, useWords } from '../use-words.ts'
import { sayBooked } from '../visit-acts.ts'
import { urgencyTone } from '../waitlist/urgency.ts'

export interface Gap {
  readonly date: string
  readonly start: number
  readonly startAt: string
  readonly minutes: number
  readonly providerId: ResourceId
}

export interface OfferDialogProps {
  readonly gap: Gap
  readonly setup: Setup
  readonly onClose: () => void
  readonly onBooked?: (booked: Appointment) => void
}

export function OfferDialog({ gap, setup, onClose, onBooked }: OfferDialogProps) {
  const words = useWords()
  const { t } = words
  const errorWords = useErrorText()
  const [at, setAt] = useState(0)
  const { date, start, minutes, providerId } = gap
  const matches = useRead(scheduling, 'waitlistMatches', { date, start, minutes, providerId })
  const entries = matches.data?.entries ?? []
  const book = useAct(scheduling, 'book')
  const submit = () => {
    const entry = entries[at]
    if (!entry || book.isPending) return
    book.start(
      {
        patientId: entry.patientId,
        date,
        start,
        minutes: Math.min(entry.minutes, minutes),
        providerId,
        visitTypeId: entry.visitTypeId,
        waitlistId: entry.id,
      },
      (booked) => {
        sayBooked(booked)
        onClose()
        onBooked?.(booked)
      },
    )
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter') {
      event.preventDefault()
      submit()
      return
    }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
    event.preventDefault()
    const next = at + (event.key === 'ArrowDown' ? 1 : -1)
    setAt(Math.max(0, Math.min(entries.length - 1, next)))
  }
  return (
    <Dialog
      title={t('offer.title')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('offer.book')}
      canSubmit={entries.length > 0}
      isBusy={book.isPending}
      error={book.error && isApiError(book.error) ? errorWords(book.error) : null}
    >
      <p className="os-dim">
        {[momentWords(gap, words), t('word.minutes', { count: minutes }), placeName(setup, providerId)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <QueryView query={matches} small>
        {() =>
          entries.length === 0 ? (
            <EmptyState small title={t('offer.none')} text={t('offer.noneText')} />
          ) : (
            <div
              className="sc-slots"
              role="listbox"
              tabIndex={0}
              data-autofocus=""
              aria-label={t('offer.list')}
              aria-activedescendant={`offer-${at}`}
              onKeyDown={onKeyDown}
            >
              {entries.map((entry, n) => (
                <div
                  key={entry.id}
                  id={`offer-${n}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={n === at}
                  className={n === at ? 'sc-slot os-on' : 'sc-slot'}
                  onMouseDown={() => setAt(n)}
                >
                  <bdi className="os-strong">{entry.patientName}</bdi>
                  <Tag tone={urgencyTone[entry.urgency]}>{t(`urgency.${entry.urgency}`)}</Tag>
                  <span className="os-dim">
                    {[
                      typeName(setup, entry.visitTypeId),
                      t('word.minutes', { count: entry.minutes }),
                      entry.phone,
                      entry.note,
                    ]
                      .filter(Boolean)
                      .join(' · ')}
                  </span>
                  {n === at ? <Kbd keys="Enter" /> : null}
                </div>
              ))}
            </div>
          )
        }
      </QueryView>
    </Dialog>
  )
}
