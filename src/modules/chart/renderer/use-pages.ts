// A section of the chart, page after page by cursor; read anew when a table behind it changes.
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ApiError } from '#renderer/api/client.ts'
import { callProcedure, type InputFor, type OutputFor, type QueryName, readKey } from '#renderer/api/hooks.ts'
import { chart } from '../shared/contract.ts'

type Section = Extract<
  QueryName<typeof chart>,
  'timeline' | 'problems' | 'medicines' | 'results' | 'observations' | 'documents' | 'encounters' | 'sources'
>
type PageOf<S extends Section> = OutputFor<typeof chart, S>
type ItemOf<S extends Section> = PageOf<S>['items'][number]
type Filter<S extends Section> = Omit<InputFor<typeof chart, S>, 'cursor' | 'limit'>

/** How far a list is read, whatever stands in it. */
export interface PageState {
  readonly error: ApiError | null
  readonly hasMore: boolean
  readonly isLoadingMore: boolean
  readonly loadMore: () => void
  readonly retry: () => void
}
export interface Pages<S extends Section> extends PageState {
  readonly items: readonly ItemOf<S>[] | undefined
  readonly first: PageOf<S> | undefined
}

/** `start` is a first page already at hand, so that opening the chart stays one call. */
export function usePages<S extends Section>(section: S, filter: Filter<S>, start?: PageOf<S>): Pages<S> {
  const def = chart.procedures[section]
  const query = useInfiniteQuery<PageOf<S>, ApiError, PageOf<S>[], unknown[], string | null>({
    queryKey: [...readKey(chart, section, filter), 'pages'],
    queryFn: ({ pageParam, signal }) =>
      callProcedure(chart, section, { ...filter, cursor: pageParam } as InputFor<typeof chart, S>, {
        signal,
      }),
    initialPageParam: null,
    getNextPageParam: (last) => last.next,
    select: (data) => data.pages,
    meta: { tables: def.reads },
    ...(start ? { initialData: { pages: [start], pageParams: [null] } } : {}),
  })
  const pages = query.data
  return {
    items: pages?.flatMap((page) => page.items as ItemOf<S>[]),
    first: pages?.[0],
    error: query.error,
    hasMore: query.hasNextPage,
    isLoadingMore: query.isFetchingNextPage,
    loadMore: () => {
      if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage()
    },
    retry: () => void query.refetch(),
  }
}
