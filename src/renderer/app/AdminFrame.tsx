// The frame of the Admin area: its parts as tabs, the pages of the open part below them, the page under these.
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState } from '#ui/States.tsx'
import { useLabel, useTexts } from '../i18n/define.ts'
import { useMay } from './access.ts'
import { type AdminGroup, adminGroups, type AdminTab } from './module.ts'
import { adminTabAt, adminTabs } from './registry.ts'
import { shellTexts } from './shell-texts.ts'

const groupOf = (tab: AdminTab): AdminGroup => tab.group ?? 'security'

export function AdminFrame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const t = useTexts(shellTexts)
  const label = useLabel()
  const may = useMay()
  const { pathname } = useLocation()
  const tabs = adminTabs().filter((tab) => may(tab.access))
  if (tabs.length === 0) return <EmptyState title={t('admin.closed')} text={t('admin.closedText')} />
  const here = adminTabAt(pathname, tabs)
  const group = here && groupOf(here)
  const pages = tabs.filter((tab) => groupOf(tab) === group)
  const groups = adminGroups.flatMap((name) => {
    const first = tabs.find((tab) => groupOf(tab) === name)
    return first ? [{ name, path: first.path }] : []
  })
  return (
    <div className="os-page">
      <PageHeader title={t('rail.admin')} actions={actions} />
      {groups.length > 1 ? (
        <nav className="os-tabs" aria-label={t('rail.admin')}>
          {groups.map(({ name, path }) => (
            <Link
              key={name}
              to={path}
              className={name === group ? 'os-tab active' : 'os-tab'}
              aria-current={name === group ? 'true' : undefined}
            >
              {t(`admin.group.${name}`)}
            </Link>
          ))}
        </nav>
      ) : null}
      {pages.length > 1 ? (
        <nav className="os-subtabs" aria-label={group ? t(`admin.group.${group}`) : t('rail.admin')}>
          {pages.map((tab) => (
            <Link
              key={tab.path}
              to={tab.path}
              className={tab === here ? 'os-subtab active' : 'os-subtab'}
              aria-current={tab === here ? 'page' : undefined}
            >
              {label(tab.labelKey)}
            </Link>
          ))}
        </nav>
      ) : null}
      {children}
    </div>
  )
}
