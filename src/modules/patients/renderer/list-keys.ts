// Arrow keys, Enter and Escape over a list that belongs to a text box (ARIA combobox pattern).
import { type KeyboardEvent, useState } from 'react'

export interface ListKeys {
  /** Which item is chosen. */
  readonly at: number
  readonly setAt: (at: number) => void
  readonly onKeyDown: (event: KeyboardEvent) => void
}

export interface ListKeysOptions {
  readonly count: number
  readonly onEnter: (at: number) => void
  readonly onEscape: () => void
  /** The list is another one when this changes: the first item is chosen again. */
  readonly of?: unknown
}

export function useListKeys({ count, onEnter, onEscape, of }: ListKeysOptions): ListKeys {
  const [choice, setChoice] = useState({ at: 0, of })
  const setAt = (at: number) => setChoice({ at, of })
  const chosen = choice.of === of ? Math.min(choice.at, Math.max(0, count - 1)) : 0
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      const next = chosen + (event.key === 'ArrowDown' ? 1 : -1)
      if (count > 0) setAt((next + count) % count)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      onEnter(chosen)
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      onEscape()
    }
  }
  return { at: chosen, setAt, onKeyDown }
}
