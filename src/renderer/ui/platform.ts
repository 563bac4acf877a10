// How keys are called on this machine.

/** Whether the main modifier is Cmd. */
export const isMac = /mac|iphone|ipad/i.test(navigator.platform)

const arrows: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
}

/** `Mod+K` as people of this machine write it. */
export function keyNames(keys: string): string[] {
  return keys.split('+').map((key) => {
    if (key === 'Mod') return isMac ? '⌘' : 'Ctrl'
    if (key === 'Enter') return isMac ? '⏎' : 'Enter'
    if (key === 'Escape') return 'Esc'
    return arrows[key] ?? (key.length === 1 ? key.toUpperCase() : key)
  })
}

/** The same for `aria-keyshortcuts`. */
export const ariaKeys = (keys: string): string => keys.replace('Mod', isMac ? 'Meta' : 'Control')
