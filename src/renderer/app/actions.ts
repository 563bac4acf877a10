// The registry behind the command palette and the `?` sheet: actions of modules, and shortcuts of mounted screens.
import { useEffect, useId, useLayoutEffect, useRef, useSyncExternalStore } from 'react'
import type { LabelKey } from '../i18n/define.ts'
import type { AppAction } from './module.ts'

export interface Shortcut {
  /** `n`, `/`, `?`, `Mod+Enter`, `Shift+N`. Single letters act only outside text fields. */
  readonly keys: string
  readonly labelKey: LabelKey
  readonly run: () => void
  readonly disabled?: boolean
  /** Works while typing too (default: only with Mod or Escape). */
  readonly whileTyping?: boolean
}

let actions: readonly AppAction[] = []
let shortcuts: readonly { readonly owner: string; readonly list: readonly Shortcut[] }[] = []
const listeners = new Set<() => void>()
const emit = () => {
  for (const listener of listeners) listener()
}
const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Adds actions for the palette; returns how to take them away again. */
export function registerActions(more: readonly AppAction[]): () => void {
  actions = [...actions, ...more]
  emit()
  return () => {
    actions = actions.filter((action) => !more.includes(action))
    emit()
  }
}

export const useActions = (): readonly AppAction[] => useSyncExternalStore(subscribe, () => actions)
export const useShortcutList = (): typeof shortcuts => useSyncExternalStore(subscribe, () => shortcuts)

/** Keys of the mounted screen: they work, stand in the `?` sheet and in the palette while it is shown. */
export function useShortcuts(list: readonly Shortcut[]): void {
  const owner = useId()
  const latest = useRef(list)
  useLayoutEffect(() => {
    latest.current = list
  })
  const signature = list.map((s) => `${s.keys}|${s.labelKey}|${s.disabled === true}`).join('\n')
  useEffect(() => {
    // Runs through `latest`, so that a re-render need not register again.
    const steady = latest.current.map((shortcut, n) => ({ ...shortcut, run: () => latest.current[n]?.run() }))
    void signature
    shortcuts = [...shortcuts, { owner, list: steady }]
    emit()
    return () => {
      shortcuts = shortcuts.filter((entry) => entry.owner !== owner)
      emit()
    }
  }, [owner, signature])
}

/** Letters typed here belong to the text. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
  !(target instanceof HTMLInputElement && /^(checkbox|radio|button)$/.test(target.type))

function matches(keys: string, event: KeyboardEvent): boolean {
  const parts = keys.split('+')
  const key = parts.at(-1) ?? ''
  const wantsMod = parts.includes('Mod')
  if (wantsMod !== (event.ctrlKey || event.metaKey) || parts.includes('Alt') !== event.altKey) return false
  if (key.length === 1 && /[^a-z0-9]/i.test(key)) return event.key === key
  if (parts.includes('Shift') !== event.shiftKey) return false
  if (event.key.toLowerCase() === key.toLowerCase()) return true
  // Letters by their place on the keyboard as well, so that an Arabic or Cyrillic layout reaches them.
  return /^[a-z]$/i.test(key) && !/^[a-z]$/i.test(event.key) && event.code === `Key${key.toUpperCase()}`
}

/** One listener for the whole window; the screen mounted last wins. */
export function listenForShortcuts(): () => void {
  const onKey = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const typing = isTyping(event.target)
    const inDialog =
      document.querySelector('.bp6-overlay-open .bp6-dialog, .bp6-overlay-open .bp6-omnibar') !== null
    for (const { list } of [...shortcuts].reverse()) {
      const hit = list.find((s) => !s.disabled && matches(s.keys, event))
      if (!hit) continue
      const free = hit.whileTyping ?? (hit.keys.includes('Mod') || hit.keys === 'Escape')
      if ((typing && !free) || (inDialog && !hit.keys.includes('Mod'))) continue
      event.preventDefault()
      // Arrows may be held down to go on; what Enter does is done once.
      if (!(event.repeat && event.key === 'Enter')) hit.run()
      return
    }
  }
  window.addEventListener('keydown', onKey)
  return () => window.removeEventListener('keydown', onKey)
}
