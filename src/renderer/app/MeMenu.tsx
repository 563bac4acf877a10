// Who is signed in and under which hat; language, colours, account, switch user, sign out.
import { Menu, MenuDivider, MenuItem, PopoverNext } from '@blueprintjs/core'
import { useNavigate } from 'react-router'
import { session } from '#modules/session/shared/contract.ts'
import type { Role } from '#shared/permissions.ts'
import { Avatar } from '#ui/Marks.tsx'
import { showToast } from '#ui/toast.ts'
import { errorText } from '../api/error-text.ts'
import { queryClient, useAct } from '../api/hooks.ts'
import { setWindowState, useMe } from '../api/session-store.ts'
import { commonTexts } from '../i18n/common.ts'
import { useTexts } from '../i18n/define.ts'
import { useFormats } from '../i18n/format.ts'
import { currentLanguage, languages, setAppearance, type Theme, useAppearance } from '../i18n/i18n.ts'
import { leaveSession } from './leave.ts'
import { goHome } from './go.ts'
import { shellTexts } from './shell-texts.ts'

const languageNames = { en: 'English', ar: 'العربية' } as const
const themes: readonly Theme[] = ['system', 'light', 'dark']

export function MeMenu() {
  const t = useTexts(shellTexts)
  const roleName = useTexts(commonTexts)
  const me = useMe()
  return (
    <PopoverNext content={<MeMenuItems />} placement="bottom-end" animation="minimal" arrow={false}>
      <button
        type="button"
        className="os-me"
        aria-label={t('me.menu', { name: me.name, role: roleName(`role.${me.role}`) })}
        aria-haspopup="menu"
      >
        <Avatar name={me.name} />
        <span className="os-me-words">
          <span className="os-clip" dir="auto">
            {me.name}
          </span>
          <span className="os-dim os-clip">{roleName(`role.${me.role}`)}</span>
        </span>
      </button>
    </PopoverNext>
  )
}

function MeMenuItems() {
  const t = useTexts(shellTexts)
  const me = useMe()
  const navigate = useNavigate()
  const formats = useFormats()
  return (
    <Menu className="os-me-menu">
      <MenuDivider title={t('me.signedInSince', { time: formats.instant(me.signedInAt, 'time') })} />
      <Hats />
      <MenuItem text={t('me.account')} onClick={() => void navigate('/account')} />
      <Look />
      <MenuDivider />
      <MenuItem text={t('me.switch')} onClick={() => void leaveSession('switch')} />
      <MenuItem text={t('me.signOut')} onClick={() => void leaveSession('left')} />
    </Menu>
  )
}

/** One role at a time, switchable; what the former role had loaded is dropped. */
function Hats() {
  const t = useTexts(shellTexts)
  const roleName = useTexts(commonTexts)
  const me = useMe()
  const switchRole = useAct(session, 'switchRole', {
    onDone: (next) => {
      queryClient.clear()
      setWindowState({ kind: 'signed-in', me: next })
      goHome()
      showToast({ text: t('me.hatNow', { role: roleName(`role.${next.role}`) }), tone: 'info' })
    },
    onError: (error) => showToast({ text: errorText(error), tone: 'bad' }),
  })
  if (me.roles.length < 2) return null
  return (
    <MenuItem text={t('me.hat')} popoverProps={{ openOnTargetFocus: true }}>
      {me.roles.map((role: Role) => (
        <Choice
          key={role}
          text={roleName(`role.${role}`)}
          isOn={role === me.role}
          onChoose={() => switchRole.start({ role })}
        />
      ))}
    </MenuItem>
  )
}

function Look() {
  const t = useTexts(shellTexts)
  const common = useTexts(commonTexts)
  const appearance = useAppearance()
  return (
    <>
      <MenuItem text={t('look.language')}>
        {languages.map((language) => (
          <Choice
            key={language}
            text={languageNames[language]}
            isOn={language === currentLanguage()}
            onChoose={() => setAppearance({ language })}
          />
        ))}
      </MenuItem>
      <MenuItem text={t('look.theme')}>
        {themes.map((theme) => (
          <Choice
            key={theme}
            text={common(`theme.${theme}`)}
            isOn={theme === appearance.theme}
            onChoose={() => setAppearance({ theme })}
          />
        ))}
      </MenuItem>
      <Choice
        text={t('look.compact')}
        isOn={appearance.compact}
        onChoose={() => setAppearance({ compact: !appearance.compact })}
      />
    </>
  )
}

function Choice({ text, isOn, onChoose }: { text: string; isOn: boolean; onChoose: () => void }) {
  return <MenuItem text={text} onClick={onChoose} roleStructure="listoption" selected={isOn} />
}
