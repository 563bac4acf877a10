// The work areas the role may open: a rail on wide screens, icons on tablets, a bar at the foot of phones.
import { MenuItem } from '@blueprintjs/core'
import { KeyCommand, More } from '@blueprintjs/icons'
import { Link, useLocation, useNavigate } from 'react-router'
import { Kbd } from '#ui/Kbd.tsx'
import { MenuPopover } from '#ui/MenuPopover.tsx'
import { useLabel, useTexts } from '../i18n/define.ts'
import { useMay } from './access.ts'
import type { NavEntry } from './module.ts'
import { adminTabAt, adminTabs, navEntries } from './registry.ts'
import { shellTexts } from './shell-texts.ts'

/** A phone's bar holds this many places of 24 px and more; the rest go under "More". */
const barPlaces = 5

export function Rail({ onKeys }: { onKeys: () => void }) {
  const t = useTexts(shellTexts)
  const may = useMay()
  const entries = navEntries().filter((entry) => may(entry.access))
  const { pathname } = useLocation()
  const here = entryAt(pathname, entries, may)
  const inBar = entries.length > barPlaces ? entries.slice(0, barPlaces - 1) : entries
  const rest = entries.slice(inBar.length)
  return (
    <nav className="os-rail" aria-label={t('rail')}>
      {entries.map((entry) => (
        <Entry key={entry.path} entry={entry} isHere={entry === here} isInBar={inBar.includes(entry)} />
      ))}
      {rest.length > 0 ? (
        <MoreEntries entries={rest} isHere={here !== undefined && rest.includes(here)} />
      ) : null}
      <button type="button" className="os-rail-keys" onClick={onKeys} aria-label={t('keys.help')}>
        <KeyCommand />
        <span>{t('keys.short')}</span>
        <Kbd keys="?" />
      </button>
    </nav>
  )
}

interface EntryProps {
  readonly entry: NavEntry
  readonly isHere: boolean
  readonly isInBar: boolean
}

function Entry({ entry, isHere, isInBar }: EntryProps) {
  const label = useLabel()
  const { Badge } = entry
  return (
    <Link
      to={entry.path}
      className={`os-rail-entry${isInBar ? '' : ' os-not-in-bar'}${isHere ? ' active' : ''}`}
      aria-current={isHere ? 'page' : undefined}
    >
      <span className="os-rail-icon" aria-hidden="true">
        {entry.icon}
      </span>
      <span className="os-rail-word">{label(entry.labelKey)}</span>
      {Badge ? <Badge /> : null}
    </Link>
  )
}

/** The entry an address lies under. Some pages of Admin have addresses of their own, as others open them from elsewhere. */
function entryAt(pathname: string, entries: readonly NavEntry[], may: ReturnType<typeof useMay>) {
  const own = entries.find(({ path }) => pathname === path || pathname.startsWith(`${path}/`))
  if (own) return own
  const tab = adminTabAt(
    pathname,
    adminTabs().filter(({ access }) => may(access)),
  )
  return tab ? entries.find(({ path }) => path === '/admin') : undefined
}

function MoreEntries({ entries, isHere }: { entries: readonly NavEntry[]; isHere: boolean }) {
  const t = useTexts(shellTexts)
  const label = useLabel()
  const navigate = useNavigate()
  const items = entries.map((entry) => (
    <MenuItem
      key={entry.path}
      icon={entry.icon}
      text={label(entry.labelKey)}
      onClick={() => void navigate(entry.path)}
    />
  ))
  return (
    <MenuPopover items={items} placement="top-end">
      <button
        type="button"
        className={isHere ? 'os-rail-entry os-rail-more active' : 'os-rail-entry os-rail-more'}
        aria-haspopup="menu"
      >
        <span className="os-rail-icon" aria-hidden="true">
          <More />
        </span>
        <span className="os-rail-word">{t('rail.more')}</span>
      </button>
    </MenuPopover>
  )
}
