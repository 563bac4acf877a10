// Brand, the one search box, lamps, who is signed in, lock.
import { Lock, Menu as MenuIcon } from '@blueprintjs/icons'
import { Link } from 'react-router'
import { Button, IconButton } from '#ui/Button.tsx'
import { Lamp, Tag } from '#ui/Marks.tsx'
import { useIsConnected } from '../api/connection.ts'
import { useMe } from '../api/session-store.ts'
import { useTexts } from '../i18n/define.ts'
import { useMay } from './access.ts'
import { headerSearchInputId, headerSlots } from './header-slot.ts'
import { lockNow } from './idle.ts'
import { MeMenu } from './MeMenu.tsx'
import { registeredModules } from './registry.ts'
import { shellTexts } from './shell-texts.ts'

export function Header({ onPalette }: { onPalette: () => void }) {
  const t = useTexts(shellTexts)
  const me = useMe()
  const may = useMay()
  return (
    <header className="os-head" aria-label={t('head')}>
      <Link to="/today" className="os-brand">
        <i aria-hidden="true" />
        <span>Osler</span>
      </Link>
      <div className="os-head-search">
        {headerSlots.Search && may('patientSearch.R') ? (
          <headerSlots.Search inputId={headerSearchInputId} />
        ) : null}
      </div>
      <div className="os-lamps">
        <ConnectionLamp />
        {registeredModules().map(({ name, Lamps }) => (Lamps ? <Lamps key={name} /> : null))}
        {me.clinic.isDemo ? <Tag tone="violet">{t('lamp.demo')}</Tag> : null}
      </div>
      <IconButton
        icon={<MenuIcon />}
        label={t('palette.open')}
        kbd="Mod+K"
        onClick={onPalette}
        className="os-head-palette"
      />
      <MeMenu />
      <Button variant="minimal" icon={<Lock />} kbd="Mod+L" onClick={lockNow} className="os-head-lock">
        <span className="os-sr">{t('me.lock')}</span>
      </Button>
    </header>
  )
}

/** Quiet while all is well: saying so would be noise on a PC that holds its own data. */
function ConnectionLamp() {
  const t = useTexts(shellTexts)
  return useIsConnected() ? null : <Lamp tone="bad">{t('lamp.lost')}</Lamp>
}
