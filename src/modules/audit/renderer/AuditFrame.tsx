// The frame of the trail's pages: in the Admin area for administrators, with tabs of its own for the privacy officer.
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { useMay } from '#renderer/app/access.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { useAuditWords } from './words.ts'

interface AuditFrameProps {
  readonly title: string
  readonly meta?: ReactNode
  readonly actions?: ReactNode
  readonly children: ReactNode
}

export function AuditFrame({ title, meta, actions, children }: AuditFrameProps) {
  const { t } = useAuditWords()
  const may = useMay()
  if (may('users.M')) return <AdminFrame actions={actions}>{children}</AdminFrame>
  return (
    <div className="os-page">
      <PageHeader title={title} meta={meta} actions={actions} />
      {may('reviews.R') ? (
        <nav className="os-tabs" aria-label={t('log.title')}>
          <NavLink to="/audit" end className="os-tab">
            {t('nav.log')}
          </NavLink>
          <NavLink to="/audit/chain" className="os-tab">
            {t('nav.chain')}
          </NavLink>
        </nav>
      ) : null}
      {children}
    </div>
  )
}
