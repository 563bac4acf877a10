// A button that opens a menu. Once something was chosen the menu is gone and the focus is back on the button at once: the
// overlay would give it back when it has faded out, to a person who types somewhere else by then.
import { PopoverNext } from '@blueprintjs/core'
import type { ReactElement, ReactNode } from 'react'
import { KeyMenu } from './KeyMenu.tsx'

export interface MenuPopoverProps {
  /** The button, which says that it opens a menu. */
  readonly children: ReactElement
  readonly items: ReactNode
  readonly placement?: 'bottom-end' | 'top-end'
  /** Read aloud where the button does not say enough. */
  readonly label?: string
  readonly className?: string
  readonly disabled?: boolean
}

export function MenuPopover({ children, items, placement, label, className, disabled }: MenuPopoverProps) {
  return (
    <PopoverNext
      placement={placement ?? 'bottom-end'}
      disabled={disabled ?? false}
      animation="minimal"
      arrow={false}
      transitionDuration={0}
      content={
        <KeyMenu {...(label ? { label } : {})} {...(className ? { className } : {})}>
          {items}
        </KeyMenu>
      }
    >
      {children}
    </PopoverNext>
  )
}
