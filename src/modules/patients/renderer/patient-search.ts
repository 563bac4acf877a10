// Search as one types: waits a breath between keys, cancels the question before, and says whether the answer
// belongs to what stands in the box, because an older answer must never be opened by Enter.
import { useEffect, useState } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { fetchRead, useRead } from '#renderer/api/hooks.ts'
import { type PatientLine, patients } from '../shared/contract.ts'

const pauseMs = 90

export function useDebounced<T>(value: T, ms: number): T {
  const [late, setLate] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setLate(value), ms)
    return () => clearTimeout(timer)
  }, [value, ms])
  return late
}

export interface PatientSearch {
  readonly patients: readonly PatientLine[]
  readonly more: boolean
  /** The list is the answer to what is typed now. */
  readonly settled: boolean
  readonly error: ApiError | null
  readonly retry: () => void
  /** The answer to what is typed now, as soon as there is one. */
  readonly answer: () => Promise<readonly PatientLine[]>
}

export function usePatientSearch(
  text: string,
  options: { limit?: number; enabled?: boolean } = {},
): PatientSearch {
  const { limit = 12, enabled = true } = options
  const wanted = text.trim().replace(/\s+/gu, ' ').slice(0, 200)
  const asked = useDebounced(wanted, pauseMs)
  const isOn = enabled && asked !== ''
  const read = useRead(patients, 'search', { text: asked, limit }, { enabled: isOn, keepPrevious: true })
  const isAnswer = isOn && read.data !== undefined && !read.isPlaceholderData
  return {
    patients: isOn ? (read.data?.patients ?? []) : [],
    more: isOn ? (read.data?.more ?? false) : false,
    settled: isAnswer && asked === wanted,
    error: isOn && !read.isFetching ? read.error : null,
    retry: () => void read.refetch(),
    answer: async () => {
      if (wanted === '') return []
      const { patients: found } = await fetchRead(patients, 'search', { text: wanted, limit })
      return found
    },
  }
}
