// The key for an action, shown on the action. Not read aloud: the control carries `aria-keyshortcuts`.
import { keyNames } from './platform.ts'

export function Kbd({ keys }: { keys: string }) {
  return (
    <kbd className="os-kbd" aria-hidden="true" dir="ltr">
      {keyNames(keys).join(' ')}
    </kbd>
  )
}
