// The best free times for what is typed, asked as one types; Enter waits for the answer that belongs to the words.
import { useEffect, useState } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { fetchRead, type InputFor, type OutputFor, useRead } from '#renderer/api/hooks.ts'
import { scheduling } from '#modules/scheduling/shared/contract.ts'

type Question = InputFor<typeof scheduling, 'freeSlots'>
type Answer = OutputFor<typeof scheduling, 'freeSlots'>
export type Slot = Answer['slots'][number]

const pauseMs = 120

export interface Slots {
  readonly slots: readonly Slot[]
  /** The list is the answer to what is typed now. */
  readonly settled: boolean
  readonly understood: boolean
  readonly error: ApiError | null
  readonly answer: () => Promise<readonly Slot[]>
}

export function useSlots(question: Question, isOn: boolean): Slots {
  const wanted = JSON.stringify(question)
  const [asked, setAsked] = useState(wanted)
  useEffect(() => {
    const timer = setTimeout(() => setAsked(wanted), pauseMs)
    return () => clearTimeout(timer)
  }, [wanted])
  const read = useRead(scheduling, 'freeSlots', JSON.parse(asked) as Question, {
    enabled: isOn,
    keepPrevious: true,
  })
  const settled = isOn && asked === wanted && read.data !== undefined && !read.isPlaceholderData
  return {
    slots: isOn ? (read.data?.slots ?? []) : [],
    settled,
    understood: !settled || read.data?.date !== null,
    error: isOn && !read.isFetching ? read.error : null,
    answer: async () => (await fetchRead(scheduling, 'freeSlots', question)).slots,
  }
}
