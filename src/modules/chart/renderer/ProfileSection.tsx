// One block of the profile column: small dim title, perhaps a way to the whole list, then lines.
import type { ReactNode } from 'react'

export interface ProfileSectionProps {
  readonly title: string
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
  readonly children: ReactNode
}

export function ProfileSection({ title, action, children }: ProfileSectionProps) {
  return (
    <section className="ch-sec" aria-label={title}>
      <header className="ch-sec-head">
        <h2>{title}</h2>
        {action ? (
          <button type="button" className="ch-link" onClick={action.run}>
            {action.label}
          </button>
        ) : null}
      </header>
      {children}
    </section>
  )
}

export interface ProfileLineProps {
  readonly onOpen: () => void
  readonly children: ReactNode
  /** At the end, dim: a year, a date. */
  readonly end?: ReactNode
}

export function ProfileLine({ onOpen, children, end }: ProfileLineProps) {
  return (
    <li>
      <button type="button" className="ch-pline" onClick={onOpen}>
        <span className="os-grow">{children}</span>
        {end ? <span className="ch-date">{end}</span> : null}
      </button>
    </li>
  )
}
