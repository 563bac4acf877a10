// A list of oversight: its first page, and all there is on request.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { useOversightWords } from './words.tsx'

export const pageLength = 50
const mostLines = 100

interface ListCardProps<T> {
  readonly title: string
  readonly query: UseQueryResult<T, ApiError>
  readonly limit: number
  readonly onLimit: (limit: number) => void
  readonly children: (value: T) => ReactNode
}

export function ListCard<T extends { readonly next: unknown }>(props: ListCardProps<T>) {
  const { title, query, limit, onLimit, children } = props
  const { common } = useOversightWords()
  return (
    <Card padded={false} label={title}>
      <QueryView query={query}>
        {(value) => (
          <>
            {children(value)}
            {value.next && limit < mostLines ? (
              <div className="ov-more">
                <Button onClick={() => onLimit(mostLines)}>{common('act.showMore')}</Button>
              </div>
            ) : null}
          </>
        )}
      </QueryView>
    </Card>
  )
}
