// The frame of the privacy officer's pages: title, parts as tabs, the page under them.
import type { ReactNode } from 'react'
import { NavLink } from 'react-router'
import { useMay } from '#renderer/app/access.ts'
import { useTitle } from '#renderer/app/title.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { usePrivacyWords } from './words.tsx'
import './privacy.css'

export function Frame({ actions, children }: { actions?: ReactNode; children: ReactNode }) {
  const { t } = usePrivacyWords()
  const may = useMay()
  useTitle(t('nav.privacy'))
  const tabs = [
    { path: '/privacy', label: t('nav.requests'), isOpen: true },
    { path: '/privacy/breaches', label: t('nav.breaches'), isOpen: may('privacy.X') },
    { path: '/privacy/erasures', label: t('nav.erasures'), isOpen: true },
    { path: '/privacy/settings', label: t('nav.settings'), isOpen: true },
  ].filter((tab) => tab.isOpen)
  return (
    <div className="os-page">
      <PageHeader title={t('nav.privacy')} actions={actions} />
      <nav className="os-tabs" aria-label={t('nav.privacy')}>
        {tabs.map((tab) => (
          <NavLink key={tab.path} to={tab.path} end={tab.path === '/privacy'} className="os-tab">
            {tab.label}
          </NavLink>
        ))}
      </nav>
      {children}
    </div>
  )
}
