// The command palette (Mod+K): every place and every act the role has, found by typing a part of its name.
import { MenuItem } from '@blueprintjs/core'
import { type ItemRenderer, Omnibar } from '@blueprintjs/select'
import { useMemo } from 'react'
import { useNavigate } from 'react-router'
import { Kbd } from '#ui/Kbd.tsx'
import { useMe } from '../api/session-store.ts'
import { commonTexts } from '../i18n/common.ts'
import { useLabel, useTexts } from '../i18n/define.ts'
import { currentLanguage, isDark, setAppearance } from '../i18n/i18n.ts'
import { useMay } from './access.ts'
import { useActions, useShortcutList } from './actions.ts'
import { lockNow } from './idle.ts'
import { leaveSession } from './leave.ts'
import { adminTabs, navEntries } from './registry.ts'
import { shellTexts } from './shell-texts.ts'

interface Item {
  readonly id: string
  readonly label: string
  readonly kbd?: string | undefined
  readonly run: () => void
}

export interface PaletteProps {
  readonly isOpen: boolean
  readonly onClose: () => void
  readonly onKeys: () => void
}

export function Palette({ isOpen, onClose, onKeys }: PaletteProps) {
  const t = useTexts(shellTexts)
  const items = useItems(onKeys)
  const choose = (item: Item) => {
    onClose()
    item.run()
  }
  return (
    <Omnibar<Item>
      className="os-palette"
      isOpen={isOpen}
      onClose={onClose}
      items={items}
      itemRenderer={renderItem}
      itemListPredicate={fitting}
      onItemSelect={choose}
      resetOnSelect
      resetOnQuery
      noResults={<MenuItem disabled text={t('palette.none')} />}
      inputProps={{ placeholder: t('palette.placeholder'), 'aria-label': t('palette.placeholder') }}
      overlayProps={{ transitionDuration: 0 }}
    />
  )
}

const plain = (text: string) => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** Every word has to be there; what is called exactly so, or begins so, stands before the rest. */
function fitting(query: string, items: Item[]): Item[] {
  const wanted = plain(query).trim()
  const words = wanted.split(/\s+/)
  const rank = (label: string) => (label === wanted ? 0 : label.startsWith(wanted) ? 1 : 2)
  return items
    .map((item) => ({ item, label: plain(item.label) }))
    .filter(({ label }) => words.every((word) => label.includes(word)))
    .sort((a, b) => rank(a.label) - rank(b.label))
    .map(({ item }) => item)
}

const renderItem: ItemRenderer<Item> = (item, { handleClick, modifiers, ref }) =>
  modifiers.matchesPredicate ? (
    <MenuItem
      key={item.id}
      ref={ref}
      active={modifiers.active}
      text={item.label}
      labelElement={item.kbd ? <Kbd keys={item.kbd} /> : undefined}
      onClick={handleClick}
    />
  ) : null

/** Keys of the screen first, then places, then acts of modules, then the window's own. */
function useItems(onKeys: () => void): Item[] {
  const t = useTexts(shellTexts)
  const common = useTexts(commonTexts)
  const label = useLabel()
  const may = useMay()
  const me = useMe()
  const navigate = useNavigate()
  const actions = useActions()
  const shortcuts = useShortcutList()
  const language = currentLanguage()
  return useMemo(() => {
    const go = (path: string) => () => void navigate(path)
    const ofScreen = shortcuts
      .flatMap((entry) => entry.list)
      .filter((shortcut) => !shortcut.disabled && !shortcut.labelKey.startsWith('shell:'))
      .map((s) => ({ id: `key ${s.keys} ${s.labelKey}`, label: label(s.labelKey), kbd: s.keys, run: s.run }))
    const places = [...navEntries(), ...adminTabs()]
      .filter((entry) => may(entry.access))
      .map((entry) => ({ id: `go ${entry.path}`, label: label(entry.labelKey), run: go(entry.path) }))
    const acts = actions
      .filter((action) => !action.access || may(action.access))
      .map(({ id, labelKey, kbd, path, run }) => ({
        id,
        label: label(labelKey),
        kbd,
        run: run ?? go(path ?? '/today'),
      }))
    const dark = isDark()
    const own: Item[] = [
      { id: 'account', label: t('me.account'), run: go('/account') },
      { id: 'lock', label: t('me.lock'), kbd: 'Mod+L', run: lockNow },
      { id: 'switch', label: t('me.switch'), run: () => void leaveSession('switch') },
      { id: 'leave', label: t('me.signOut'), run: () => void leaveSession('left') },
      { id: 'keys', label: t('keys.help'), kbd: '?', run: onKeys },
      {
        id: 'theme',
        label: `${t('look.theme')}: ${common(dark ? 'theme.light' : 'theme.dark')}`,
        run: () => setAppearance({ theme: dark ? 'light' : 'dark' }),
      },
      {
        id: 'language',
        label: `${t('look.language')}: ${language === 'ar' ? 'English' : 'العربية'}`,
        run: () => setAppearance({ language: language === 'ar' ? 'en' : 'ar' }),
      },
      { id: 'compact', label: t('look.compact'), run: toggleCompact },
    ]
    const seen = new Set<string>()
    return [...ofScreen, ...places, ...acts, ...own].filter((item) => !seen.has(item.id) && seen.add(item.id))
    // `may`, `label` and `t` are new on every render and depend on these only.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [actions, shortcuts, me.role, language, navigate])
}

function toggleCompact(): void {
  setAppearance({ compact: document.documentElement.dataset.density !== 'compact' })
}
