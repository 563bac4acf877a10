// The sheet behind `?`: every key that works on this screen.
import { Dialog } from '#ui/Dialog.tsx'
import { Kbd } from '#ui/Kbd.tsx'
import { useLabel, useTexts } from '../i18n/define.ts'
import { type Shortcut, useShortcutList } from './actions.ts'
import { shellTexts } from './shell-texts.ts'

export function KeySheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTexts(shellTexts)
  const all = useShortcutList()
  const isShell = (shortcut: Shortcut) => shortcut.labelKey.startsWith('shell:')
  const keys = all.flatMap((entry) => entry.list).filter((shortcut) => !shortcut.disabled)
  const here = keys.filter((shortcut) => !isShell(shortcut))
  return (
    <Dialog title={t('keys.title')} isOpen={isOpen} onClose={onClose}>
      {/* Many keys scroll, and they do by key. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div tabIndex={0} role="group" aria-label={t('keys.title')} className="os-stack">
        {here.length > 0 ? <KeyList title={t('keys.here')} keys={here} /> : null}
        <KeyList title={t('keys.everywhere')} keys={keys.filter(isShell)} />
      </div>
    </Dialog>
  )
}

function KeyList({ title, keys }: { title: string; keys: readonly Shortcut[] }) {
  const label = useLabel()
  return (
    <section>
      <h3 className="os-label">{title}</h3>
      <ul className="os-keys">
        {keys.map((shortcut) => (
          <li key={`${shortcut.keys} ${shortcut.labelKey}`}>
            <span>{label(shortcut.labelKey)}</span>
            <Kbd keys={shortcut.keys} />
          </li>
        ))}
      </ul>
    </section>
  )
}
