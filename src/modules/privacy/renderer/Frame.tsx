// The frame of the privacy officer's pages: title, parts as tabs, the page under them.
import type { ReactNode } from 'react'
import { Link, useLocation } from 'react-router'
import { useMay } from '#renderer/app/access.ts'
import { useTitle } from '#renderer/app/title.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { usePrivacyWords } from './words.tsx'
import './privacy.css'

export function Frame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const { t } = usePrivacyWords()
  const may = useMay()
  const { pathname } = useLocation()
  useTitle(t('nav.privacy'))
  const tabs = [
    { path: '/privacy', label: t('nav.requests'), isOpen: true },
    { path: '/privacy/breaches', label: t('nav.breaches'), isOpen: may('privacy.X') },
    { path: '/privacy/erasures', label: t('nav.erasures'), isOpen: true },
    { path: '/privacy/settings', label: t('nav.settings'), isOpen: true },
  ].filter((tab) => tab.isOpen)
  // What no other part has belongs to the requests: their list, and each of them.
  const here = tabs.find(({ path }) => path !== '/privacy' && pathname.startsWith(path))?.path ?? '/privacy'
  return (
    <div className="os-page">
      <PageHeader title={t('nav.privacy')} actions={actions} />
      <nav className="os-tabs" aria-label={t('nav.privacy')}>
        {tabs.map((tab) => (
          <Link
            key={tab.path}
            to={tab.path}
            className={tab.path === here ? 'os-tab active' : 'os-tab'}
            aria-current={tab.path === here ? 'page' : undefined}
          >
            {tab.label}
          </Link>
        ))}
      </nav>
      {children}
    </div>
  )
}
