// The frame of every signed-in page: header, rail (bar on phones), page, palette and the sheet of keys.
import { useState } from 'react'
import { Outlet, useLocation } from 'react-router'
import { takeNewestOffer, toastKey } from '#ui/toast.ts'
import { useMe } from '../api/session-store.ts'
import { useTexts } from '../i18n/define.ts'
import { useShortcuts } from './actions.ts'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Header } from './Header.tsx'
import { headerSearchInputId } from './header-slot.ts'
import { lockNow, useIdleWatch } from './idle.ts'
import { KeySheet } from './KeySheet.tsx'
import { leaveSession } from './leave.ts'
import { Palette } from './Palette.tsx'
import { Rail } from './Rail.tsx'
import { shellTexts } from './shell-texts.ts'

export function Layout() {
  const t = useTexts(shellTexts)
  const me = useMe()
  const { pathname } = useLocation()
  const [open, setOpen] = useState<'palette' | 'keys' | null>(null)
  useIdleWatch(me.idleSeconds)
  useShortcuts([
    { keys: '/', labelKey: shellTexts.key('keys.search'), run: focusSearch },
    { keys: 'Mod+K', labelKey: shellTexts.key('keys.palette'), run: () => setOpen('palette') },
    { keys: '?', labelKey: shellTexts.key('keys.help'), run: () => setOpen('keys') },
    { keys: toastKey, labelKey: shellTexts.key('keys.offer'), run: takeNewestOffer, whileTyping: true },
    { keys: 'Mod+L', labelKey: shellTexts.key('me.lock'), run: lockNow },
    { keys: 'Mod+Shift+L', labelKey: shellTexts.key('me.switch'), run: () => void leaveSession('switch') },
  ])
  return (
    <div className="os-app">
      <a className="os-skip" href="#main" onClick={skipToPage}>
        {t('skip')}
      </a>
      <Header onPalette={() => setOpen('palette')} />
      <Rail onKeys={() => setOpen('keys')} />
      <main className="os-main" id="main" tabIndex={-1}>
        {/* Another role or another patient starts from nothing. */}
        <ErrorBoundary key={`${me.role} ${pathname}`}>
          <Outlet />
        </ErrorBoundary>
      </main>
      <Palette isOpen={open === 'palette'} onClose={() => setOpen(null)} onKeys={() => setOpen('keys')} />
      <KeySheet isOpen={open === 'keys'} onClose={() => setOpen(null)} />
    </div>
  )
}

function focusSearch(): void {
  const box = document.getElementById(headerSearchInputId)
  if (box instanceof HTMLInputElement) {
    box.focus()
    box.select()
  }
}

// The address belongs to the router, so the link moves the focus itself.
function skipToPage(event: React.MouseEvent): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
