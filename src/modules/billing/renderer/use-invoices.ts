// The invoice list, page after page; read anew when money moves.
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { ApiError } from '#renderer/api/client.ts'
import { callProcedure, type OutputFor, readKey } from '#renderer/api/hooks.ts'
import { billing } from '../shared/contract.ts'

type Page = OutputFor<typeof billing, 'invoices'>

export function useInvoices(state: 'open' | 'all', text: string) {
  const filter = { state, text }
  const query = useInfiniteQuery<Page, ApiError, Page[], unknown[], string | null>({
    queryKey: [...readKey(billing, 'invoices', filter), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      callProcedure(billing, 'invoices', { ...filter, cursor: pageParam }, { signal }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    select: (data) => data.pages,
    meta: { tables: billing.procedures.invoices.reads },
    placeholderData: keepPreviousData,
  })
  const { data: pages, error } = query
  return {
    invoices: pages?.flatMap((page) => page.invoices),
    error,
    retry: () => void query.refetch(),
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
  }
}
