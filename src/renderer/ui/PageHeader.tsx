// The first line of a page: its name, facts beside it, actions at the end.
import type { ReactNode } from 'react'

export interface PageHeaderProps {
  readonly title: ReactNode
  readonly meta?: ReactNode
  readonly actions?: ReactNode
}

export function PageHeader({ title, meta, actions }: PageHeaderProps) {
  return (
    <header className="os-page-head">
      <h1>{title}</h1>
      {meta ? <span className="os-page-meta">{meta}</span> : null}
      {actions ? <span className="os-page-actions">{actions}</span> : null}
    </header>
  )
}
