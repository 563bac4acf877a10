// The dates of a series before it is saved, each with what stands in its way; clashing dates are left out unless ticked.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ApiError } from '#renderer/api/client.ts'
import type { OutputFor } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { TextField } from '#ui/TextField.tsx'
import type { scheduling } from '#modules/scheduling/shared/contract.ts'
import { dayWords } from '../day-words.ts'
import { clashWords, useWords } from '../use-words.ts'
import { shortestReason } from './ClashNotice.tsx'

type Preview = OutputFor<typeof scheduling, 'seriesPreview'>

/** What was decided about clashing dates. */
export interface DateChoice {
  /** Saved although something is in the way. */
  readonly kept: readonly string[]
  readonly reason: string
}

export const noChoice: DateChoice = { kept: [], reason: '' }

/** Left out are all that clash and were not kept; a reason goes along only where one is needed. */
export function choiceOf(preview: Preview, choice: DateChoice) {
  const clashing = preview.dates.filter(({ clashes }) => clashes.length > 0).map(({ date }) => date)
  const kept = clashing.filter((date) => choice.kept.includes(date))
  return {
    skip: clashing.filter((date) => !kept.includes(date)),
    override: kept.length > 0 ? { reason: choice.reason.trim() } : null,
    needsReason: kept.length > 0 && choice.reason.trim().length < shortestReason,
    saved: preview.dates.length - clashing.length + kept.length,
  }
}

export interface SeriesDatesProps {
  readonly query: UseQueryResult<Preview, ApiError>
  readonly choice: DateChoice
  readonly onChoice: (choice: DateChoice) => void
  readonly needsReason: boolean
}

export function SeriesDates({ query, choice, onChoice, needsReason }: SeriesDatesProps) {
  const words = useWords()
  const { t, formats } = words
  return (
    <QueryView query={query} small>
      {({ dates }) => {
        const clashing = dates.filter(({ clashes }) => clashes.length > 0)
        return (
          <section className="sc-dates" aria-label={t('series.dates')}>
            <p className="os-label" role="status">
              {clashing.length === 0
                ? t('series.allFree', { count: dates.length })
                : t('series.someClash', { count: clashing.length, n: dates.length })}
            </p>
            <ul>
              {dates.map(({ date, clashes }) => (
                <li key={date} className={clashes.length > 0 ? 'sc-date-clash' : undefined}>
                  {clashes.length > 0 ? (
                    <label>
                      <input
                        type="checkbox"
                        checked={choice.kept.includes(date)}
                        onChange={(event) =>
                          onChoice({
                            ...choice,
                            kept: event.currentTarget.checked
                              ? [...choice.kept, date]
                              : choice.kept.filter((kept) => kept !== date),
                          })
                        }
                      />{' '}
                      {t('series.keep', { day: dayWords(date, formats.locale, formats.today) })}
                    </label>
                  ) : (
                    <span>{dayWords(date, formats.locale, formats.today)}</span>
                  )}
                  {clashes.map((clash) => (
                    <span key={`${clash.kind} ${clash.appointmentId ?? clash.absenceId}`} className="sc-why">
                      {clashWords(clash, words)}
                    </span>
                  ))}
                </li>
              ))}
            </ul>
            {choice.kept.length > 0 ? (
              <TextField
                label={t('clash.reason')}
                hint={t('clash.reasonHint')}
                value={choice.reason}
                onChange={(reason) => onChoice({ ...choice, reason })}
                maxLength={300}
                error={needsReason ? t('clash.reasonNeeded') : undefined}
              />
            ) : null}
          </section>
        )
      }}
    </QueryView>
  )
}
