// One block of the profile column: small dim title, a way to the whole list, the key that adds a line, then lines.
import { Plus } from '@blueprintjs/icons'
import type { ReactNode } from 'react'
import { Kbd } from '#ui/Kbd.tsx'
import { ariaKeys } from '#ui/platform.ts'

export interface ProfileSectionProps {
  readonly title: string
  readonly action?: { readonly label: string; readonly run: () => void } | undefined
  /** Adds a line; the key is made to work by whoever shows the dialog. */
  readonly add?: { readonly label: string; readonly keys: string; readonly run: () => void } | undefined
  readonly children: ReactNode
}

export function ProfileSection({ title, action, add, children }: ProfileSectionProps) {
  return (
    <section className="ch-sec" aria-label={title}>
      <header className="ch-sec-head">
        <h2>{title}</h2>
        {action ? (
          <button type="button" className="ch-link" onClick={action.run}>
            {action.label}
          </button>
        ) : null}
        {add ? (
          <button
            type="button"
            className="ch-add"
            onClick={add.run}
            aria-label={add.label}
            aria-keyshortcuts={ariaKeys(add.keys)}
            title={add.label}
          >
            <Plus className="ch-add-sign" />
            <Kbd keys={add.keys} />
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
