// A menu in a popover as keyboards expect it: the focus starts on its first item, arrow keys, Home and End move it.
// Blueprint's menu does neither: the focus would stay on the popover's frame.
import { Menu } from '@blueprintjs/core'
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react'

export interface KeyMenuProps {
  readonly className?: string
  /** Read aloud where the button that opens it does not say enough. */
  readonly label?: string
  readonly children: ReactNode
}

export function KeyMenu({ className, label, children }: KeyMenuProps) {
  const list = useRef<HTMLUListElement>(null)
  useEffect(() => {
    const frame = list.current?.closest('.bp6-portal')
    // The popover takes the focus for its own frame, at its own time: it is handed on from there.
    const handOn = (event: Event) => {
      if (!list.current?.contains(event.target as Node)) itemsOf(list.current)[0]?.focus()
    }
    frame?.addEventListener('focusin', handOn)
    return () => frame?.removeEventListener('focusin', handOn)
  }, [])
  const onKeyDown = (event: KeyboardEvent) => {
    const items = itemsOf(list.current)
    const at = items.findIndex((item) => item === document.activeElement)
    const moves: Record<string, number> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
    }
    const to = moves[event.key]
    if (to === undefined) return
    event.preventDefault()
    event.stopPropagation()
    items[(to + items.length) % items.length]?.focus()
  }
  return (
    <Menu
      {...(className ? { className } : {})}
      {...(label ? { 'aria-label': label } : {})}
      ulRef={list}
      onKeyDown={onKeyDown}
    >
      {children}
    </Menu>
  )
}

const itemsOf = (list: HTMLElement | null): HTMLElement[] => [
  ...(list?.querySelectorAll<HTMLElement>('.bp6-menu-item:not(.bp6-disabled)') ?? []),
]
