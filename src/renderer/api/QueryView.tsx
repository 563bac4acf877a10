// The three states of an answer: on its way, failed, here. `keepPrevious` answers stay visible while the next loads.
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Button } from '#ui/Button.tsx'
import { EmptyState, ErrorState, Skeleton } from '#ui/States.tsx'
import { commonTexts } from '../i18n/common.ts'
import { useTexts } from '../i18n/define.ts'
import type { ApiError } from './client.ts'
import { useErrorText } from './error-text.ts'
import { askStepUp } from './step-up.ts'

export interface QueryViewProps<T> {
  readonly query: UseQueryResult<T, ApiError>
  readonly children: (value: T) => ReactNode
  readonly loading?: ReactNode
  readonly small?: boolean
}

export function QueryView<T>({ query, children, loading, small }: QueryViewProps<T>) {
  if (query.data !== undefined) return <>{children(query.data)}</>
  if (query.error)
    return <QueryError error={query.error} onRetry={() => void query.refetch()} small={small} />
  return <>{loading ?? <Skeleton lines={small ? 3 : 6} />}</>
}

export interface QueryErrorProps {
  readonly error: ApiError
  readonly onRetry?: (() => void) | undefined
  readonly small?: boolean | undefined
}

export function QueryError({ error, onRetry, small }: QueryErrorProps) {
  const words = useErrorText()
  const t = useTexts(commonTexts)
  if (error.code === 'STEP_UP_NEEDED' && onRetry) {
    const prove = () => void askStepUp('act').then((proven) => (proven ? onRetry() : undefined))
    return (
      <EmptyState
        title={words(error)}
        action={
          <Button intent="primary" onClick={prove}>
            {t('act.prove')}
          </Button>
        }
      />
    )
  }
  return (
    <ErrorState
      text={words(error)}
      reference={error.code === 'INTERNAL' ? error.opId : undefined}
      onRetry={error.code === 'FORBIDDEN' ? undefined : onRetry}
      small={small ?? false}
    />
  )
}
