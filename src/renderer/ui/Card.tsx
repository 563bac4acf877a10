// A white surface with a hairline; optional head with a title, a count and actions.
import type { ReactNode } from 'react'

export interface CardProps {
  readonly title?: ReactNode
  /** Beside the title, dim: a count, a state. */
  readonly meta?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
  /** False where the content brings its own edges, such as a table. */
  readonly padded?: boolean
  readonly className?: string
  /** Accessible name where there is no visible title. */
  readonly label?: string
  readonly headingLevel?: 2 | 3
  /** The content may be wider than the card: then it is reached by key, so that the arrow keys scroll it. */
  readonly isWide?: boolean
}

export function Card(props: CardProps) {
  const {
    title,
    meta,
    actions,
    children,
    padded = true,
    className = '',
    label,
    headingLevel = 2,
    isWide = false,
  } = props
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  return (
    <section className={`os-card ${className}`} {...(label ? { 'aria-label': label } : {})}>
      {title || actions ? (
        <header className="os-card-head">
          {title ? <Heading className="os-card-title">{title}</Heading> : null}
          {meta ? <span className="os-dim">{meta}</span> : null}
          {actions ? <span className="os-card-actions">{actions}</span> : null}
        </header>
      ) : null}
      <div className={padded ? 'os-card-body' : 'os-card-flush'} {...(isWide ? { tabIndex: 0 } : {})}>
        {children}
      </div>
    </section>
  )
}
