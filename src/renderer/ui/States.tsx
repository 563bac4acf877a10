// What a place shows when it has nothing, is still loading, or could not load.
import { type ReactElement, type ReactNode, useEffect, useState } from 'react'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from './Button.tsx'

export interface EmptyStateProps {
  readonly title: string
  /** What belongs here. */
  readonly text?: ReactNode
  readonly icon?: ReactElement
  /** The first thing to do. */
  readonly action?: ReactNode
  /** Inside a card or a column rather than a page. */
  readonly small?: boolean
}

export function EmptyState({ title, text, icon, action, small }: EmptyStateProps) {
  return (
    <div className={small ? 'os-empty os-empty-small' : 'os-empty'}>
      {icon ? <span className="os-empty-icon">{icon}</span> : null}
      <p className="os-empty-title">{title}</p>
      {text ? <p className="os-dim">{text}</p> : null}
      {action ? <div className="os-empty-action">{action}</div> : null}
    </div>
  )
}

/** True once 200 ms have passed: what comes sooner needs no placeholder. */
export function useSlow(isWaiting = true): boolean {
  const [slow, setSlow] = useState(false)
  useEffect(() => {
    if (!isWaiting) return
    const timer = setTimeout(() => setSlow(true), 200)
    return () => {
      clearTimeout(timer)
      setSlow(false)
    }
  }, [isWaiting])
  return slow && isWaiting
}

export function Skeleton({ lines = 3, height = 16 }: { lines?: number; height?: number }) {
  const slow = useSlow()
  const t = useTexts(commonTexts)
  return (
    <div className="os-skeleton" role="status" aria-label={t('word.loading')}>
      {slow
        ? Array.from({ length: lines }, (_, n) => (
            <span
              key={n}
              className="os-bone"
              style={{ blockSize: height, inlineSize: `${92 - ((n * 23) % 45)}%` }}
            />
          ))
        : null}
    </div>
  )
}

export interface ErrorStateProps {
  readonly title?: string
  readonly text: ReactNode
  /** Shown small, for the person who looks into the log. */
  readonly reference?: string | undefined
  readonly onRetry?: (() => void) | undefined
  readonly small?: boolean
}

export function ErrorState({ title, text, reference, onRetry, small }: ErrorStateProps) {
  const t = useTexts(commonTexts)
  return (
    <div className={small ? 'os-empty os-empty-small' : 'os-empty'} role="alert">
      <p className="os-empty-title">{title ?? t('state.failed')}</p>
      <p className="os-dim">{text}</p>
      {reference ? <p className="os-ref">{t('state.reference', { id: reference.slice(-12) })}</p> : null}
      {onRetry ? (
        <div className="os-empty-action">
          <Button onClick={onRetry}>{t('act.retry')}</Button>
        </div>
      ) : null}
    </div>
  )
}

/** A notice inside a page: a word or sign always stands beside the colour. */
export function Notice({
  tone,
  title,
  children,
}: {
  tone: 'info' | 'warn' | 'bad' | 'ok'
  title?: string
  children?: ReactNode
}) {
  return (
    <div className={`os-notice os-notice-${tone}`} role={tone === 'bad' ? 'alert' : 'note'}>
      {title ? <p className="os-notice-title">{title}</p> : null}
      {children ? <div>{children}</div> : null}
    </div>
  )
}
