// A visit that repeats, before it is saved: the rule, the dates it makes, and what was decided about clashing ones.
import type { UseQueryResult } from '@tanstack/react-query'
import { useState } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { type InputFor, type OutputFor, useRead } from '#renderer/api/hooks.ts'
import { scheduling } from '#modules/scheduling/shared/contract.ts'
import { choiceOf, type DateChoice, noChoice } from './SeriesDates.tsx'
import { newRepeat, type RepeatDraft, ruleOf } from './series-rule.ts'
import type { Fields } from './use-booking.ts'
import type { Slot } from './use-slots.ts'

type Input = InputFor<typeof scheduling, 'seriesPreview'>

export interface SeriesDraft {
  readonly repeats: boolean
  readonly setRepeats: (repeats: boolean) => void
  readonly repeat: RepeatDraft
  readonly setRepeat: (repeat: RepeatDraft) => void
  readonly isWrong: boolean
  readonly input: Input | null
  readonly preview: UseQueryResult<OutputFor<typeof scheduling, 'seriesPreview'>, ApiError>
  readonly choice: DateChoice
  readonly setChoice: (choice: DateChoice) => void
  readonly decided: ReturnType<typeof choiceOf> | null
  /** Other dates need other decisions. */
  readonly forget: () => void
}

export function useSeriesDraft(
  { patient, typeId }: Fields,
  first: Slot | undefined,
  pointed: Slot | null,
): SeriesDraft {
  const [repeats, setRepeats] = useState(false)
  const [repeat, setRepeat] = useState(newRepeat)
  const [choice, setChoice] = useState(noChoice)
  const rule = first ? ruleOf(repeat, first.date) : null
  const input: Input | null =
    repeats && patient && first && rule
      ? {
          patientId: patient.id,
          rule,
          firstDate: first.date,
          start: first.start,
          minutes: first.minutes,
          providerId: first.providerId,
          roomId: pointed?.roomId ?? null,
          visitTypeId: typeId,
        }
      : null
  // Asked only with an input; what is given without one is never sent.
  const preview = useRead(scheduling, 'seriesPreview', input as Input, { enabled: input !== null })
  return {
    repeats,
    setRepeats,
    repeat,
    setRepeat: (next) => {
      setChoice(noChoice)
      setRepeat(next)
    },
    isWrong: first !== undefined && rule === null,
    input,
    preview,
    choice,
    setChoice,
    decided: preview.data ? choiceOf(preview.data, choice) : null,
    forget: () => setChoice(noChoice),
  }
}
