// The work areas the role may open: a rail on wide screens, icons on tablets, a bar at the foot of phones.
import { MenuItem, PopoverNext } from '@blueprintjs/core'
import { KeyCommand, More } from '@blueprintjs/icons'
import { NavLink, useNavigate } from 'react-router'
import { Kbd } from '#ui/Kbd.tsx'
import { KeyMenu } from '#ui/KeyMenu.tsx'
import { useLabel, useTexts } from '../i18n/define.ts'
import { useMay } from './access.ts'
import type { NavEntry } from './module.ts'
import { navEntries } from './registry.ts'
import { shellTexts } from './shell-texts.ts'

/** A phone's bar holds this many places of 24 px and more; the rest go under "More". */
const barPlaces = 5

export function Rail({ onKeys }: { onKeys: () => void }) {
  const t = useTexts(shellTexts)
  const may = useMay()
  const entries = navEntries().filter((entry) => may(entry.access))
  const inBar = entries.length > barPlaces ? entries.slice(0, barPlaces - 1) : entries
  const rest = entries.slice(inBar.length)
  return (
    <nav className="os-rail" aria-label={t('rail')}>
      {entries.map((entry) => (
        <Entry key={entry.path} entry={entry} isInBar={inBar.includes(entry)} />
      ))}
      {rest.length > 0 ? <MoreEntries entries={rest} /> : null}
      <button type="button" className="os-rail-keys" onClick={onKeys} aria-label={t('keys.help')}>
        <KeyCommand />
        <span>{t('keys.short')}</span>
        <Kbd keys="?" />
      </button>
    </nav>
  )
}

function Entry({ entry, isInBar }: { entry: NavEntry; isInBar: boolean }) {
  const label = useLabel()
  const { Badge } = entry
  return (
    <NavLink to={entry.path} className={isInBar ? 'os-rail-entry' : 'os-rail-entry os-not-in-bar'}>
      <span className="os-rail-icon" aria-hidden="true">
        {entry.icon}
      </span>
      <span className="os-rail-word">{label(entry.labelKey)}</span>
      {Badge ? <Badge /> : null}
    </NavLink>
  )
}

function MoreEntries({ entries }: { entries: readonly NavEntry[] }) {
  const t = useTexts(shellTexts)
  const label = useLabel()
  const navigate = useNavigate()
  const menu = (
    <KeyMenu>
      {entries.map((entry) => (
        <MenuItem
          key={entry.path}
          icon={entry.icon}
          text={label(entry.labelKey)}
          onClick={() => void navigate(entry.path)}
        />
      ))}
    </KeyMenu>
  )
  return (
    <PopoverNext content={menu} placement="top-end" animation="minimal" arrow={false}>
      <button type="button" className="os-rail-entry os-rail-more" aria-haspopup="menu">
        <span className="os-rail-icon" aria-hidden="true">
          <More />
        </span>
        <span className="os-rail-word">{t('rail.more')}</span>
      </button>
    </PopoverNext>
  )
}
