// Hits of the code sets for what is being typed.
import { codes, type ProblemHit, type SubstanceHit } from '#modules/codes/shared/contract.ts'
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { fetchRead, useRead } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { profileTexts } from './i18n.ts'
import type { SearchState } from './SearchList.tsx'

/** As many as fit below the box; the wanted one is among the first or another word is typed. */
const limit = 12

export function useProblemHits(text: string): SearchState<ProblemHit> {
  const read = useRead(codes, 'searchProblems', { text, limit }, { enabled: text !== '', keepPrevious: true })
  return useHits(text, read)
}

export function useSubstanceHits(text: string): SearchState<SubstanceHit> {
  const read = useRead(
    codes,
    'searchSubstances',
    { text, limit },
    { enabled: text !== '', keepPrevious: true },
  )
  return useHits(text, read)
}

interface Reading<Item> {
  readonly data: { readonly items: readonly Item[] } | undefined
  readonly isPlaceholderData: boolean
  readonly error: ApiError | null
}

function useHits<Item>(text: string, read: Reading<Item>): SearchState<Item> {
  const t = useTexts(profileTexts)
  const words = useErrorText()
  const { data, isPlaceholderData, error } = read
  if (text === '') return { items: [], isCurrent: true, trouble: null }
  if (error) {
    const trouble = error.code === 'UNAVAILABLE' && !error.isNetwork ? t('search.notReady') : words(error)
    return { items: [], isCurrent: true, trouble }
  }
  return { items: data?.items ?? [], isCurrent: data !== undefined && !isPlaceholderData, trouble: null }
}

export const fetchProblemHits = async (text: string) =>
  (await fetchRead(codes, 'searchProblems', { text, limit })).items
export const fetchSubstanceHits = async (text: string) =>
  (await fetchRead(codes, 'searchSubstances', { text, limit })).items
