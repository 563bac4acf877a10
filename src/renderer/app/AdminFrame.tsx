// The frame of the Admin area: its pages as tabs, the page under them.
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState } from '#ui/States.tsx'
import { useLabel, useTexts } from '../i18n/define.ts'
import { useMay } from './access.ts'
import { adminTabs } from './registry.ts'
import { shellTexts } from './shell-texts.ts'

export function AdminFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const t = useTexts(shellTexts)
  const label = useLabel()
  const may = useMay()
  const tabs = adminTabs().filter((tab) => may(tab.access))
  if (tabs.length === 0) return <EmptyState title={t('admin.closed')} text={t('admin.closedText')} />
  return (
    <div className="os-page">
      <PageHeader title={t('rail.admin')} actions={actions} />
      <nav className="os-tabs" aria-label={t('rail.admin')}>
        {tabs.map((tab) => (
          <NavLink key={tab.path} to={tab.path} className="os-tab">
            {label(tab.labelKey)}
          </NavLink>
        ))}
      </nav>
      {children}
    </div>
  )
}
