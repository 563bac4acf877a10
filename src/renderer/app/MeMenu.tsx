// Who is signed in and under which hat; language, colours, account, switch user, sign out.
import { MenuDivider, MenuItem } from '@blueprintjs/core'
import { Tick } from '@blueprintjs/icons'
import type { ReactNode } from 'react'
import { useNavigate } from 'react-router'
import { session } from '#modules/session/shared/contract.ts'
import type { Role } from '#shared/permissions.ts'
import { Avatar } from '#ui/Marks.tsx'
import { MenuPopover } from '#ui/MenuPopover.tsx'
import { showToast } from '#ui/toast.ts'
import { errorText } from '../api/error-text.ts'
import { queryClient, useAct } from '../api/hooks.ts'
import { setWindowState, useMe } from '../api/session-store.ts'
import { commonTexts } from '../i18n/common.ts'
import { useTexts } from '../i18n/define.ts'
import { useFormats } from '../i18n/format.ts'
import { currentLanguage, isDark, setAppearance, useAppearance } from '../i18n/i18n.ts'
import { leaveSession } from './leave.ts'
import { goHome } from './go.ts'
import { shellTexts } from './shell-texts.ts'

const languageNames = { en: 'English', ar: 'العربية' } as const

export function MeMenu() {
  const t = useTexts(shellTexts)
  const roleName = useTexts(commonTexts)
  const me = useMe()
  return (
    <MenuPopover items={<MeMenuItems />} className="os-me-menu">
      <button type="button" className="os-me" aria-haspopup="menu">
        <span className="os-sr">{t('me.you')}</span>
        <Avatar name={me.name} />
        <span className="os-me-words">
          <span className="os-clip" dir="auto">
            {me.name}
          </span>
          <span className="os-dim os-clip">{roleName(`role.${me.role}`)}</span>
        </span>
      </button>
    </MenuPopover>
  )
}

function MeMenuItems() {
  const t = useTexts(shellTexts)
  const me = useMe()
  const navigate = useNavigate()
  const formats = useFormats()
  return (
    <>
      <MenuNote>{t('me.signedInSince', { time: formats.instant(me.signedInAt, 'time') })}</MenuNote>
      <Hats />
      <MenuItem text={t('me.account')} onClick={() => void navigate('/account')} />
      <Look />
      <MenuDivider />
      <MenuItem text={t('me.switch')} onClick={() => void leaveSession('switch')} />
      <MenuItem text={t('me.signOut')} onClick={() => void leaveSession('left')} />
    </>
  )
}

/** One role at a time, switchable; what the former role had loaded is dropped. */
function Hats() {
  const t = useTexts(shellTexts)
  const roleName = useTexts(commonTexts)
  const me = useMe()
  const switchRole = useAct(session, 'switchRole', {
    onDone: (next) => {
      // Away first: a page that the new role may not see would lead somewhere else meanwhile.
      void goHome().then(() => {
        queryClient.clear()
        setWindowState({ kind: 'signed-in', me: next })
        showToast({ text: t('me.hatNow', { role: roleName(`role.${next.role}`) }), tone: 'info' })
      })
    },
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  if (me.roles.length < 2) return null
  return (
    <>
      <MenuNote>{t('me.hat')}</MenuNote>
      {me.roles.map((role: Role) => (
        <Choice
          key={role}
          text={roleName(`role.${role}`)}
          isOn={role === me.role}
          onChoose={() => switchRole.start({ role })}
        />
      ))}
      <MenuDivider />
    </>
  )
}

/** One click each; every choice in words stands on the account page. */
function Look() {
  const t = useTexts(shellTexts)
  const common = useTexts(commonTexts)
  const appearance = useAppearance()
  const language = currentLanguage() === 'ar' ? 'en' : 'ar'
  const theme = isDark() ? 'light' : 'dark'
  return (
    <>
      <MenuItem
        text={`${t('look.language')}: ${languageNames[language]}`}
        onClick={() => setAppearance({ language })}
      />
      <MenuItem
        text={`${t('look.theme')}: ${common(`theme.${theme}`)}`}
        onClick={() => setAppearance({ theme })}
      />
      <Choice
        text={t('look.compact')}
        isOn={appearance.compact}
        onChoose={() => setAppearance({ compact: !appearance.compact })}
      />
    </>
  )
}

function MenuNote({ children }: { children: ReactNode }) {
  return (
    <li role="none" className="os-menu-note">
      {children}
    </li>
  )
}

function Choice({ text, isOn, onChoose }: { text: string; isOn: boolean; onChoose: () => void }) {
  const t = useTexts(shellTexts)
  return (
    <MenuItem
      text={text}
      onClick={onChoose}
      labelElement={isOn ? <Tick title={t('look.chosen')} /> : undefined}
    />
  )
}
