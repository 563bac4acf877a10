// The keys of the board. Letters that are no key of the chosen card begin a name in the find box; W waits a moment, since
// it may be the first letter of a name.
import { useEffect, useRef } from 'react'
import { isTyping, useShortcuts } from '#renderer/app/actions.ts'
import { type Action, type Arrow, keyOf } from '../shared/rules.ts'
import { boardTexts } from './i18n.ts'

const nameMs = 300

export interface BoardKeys {
  /** What may be done with the chosen card; empty while none is. */
  readonly actions: readonly Action[]
  readonly hasChosen: boolean
  /** N without a chosen card. */
  readonly mayOpenNext: boolean
  readonly mayAddWalkIn: boolean
  readonly onAct: (action: Action) => void
  readonly onNext: () => void
  readonly onWalkIn: () => void
  readonly onFind: (letters: string) => void
  readonly onArrow: (arrow: Arrow) => void
  readonly onBack: () => void
  readonly onChart: () => void
  readonly onNone: () => void
}

const cardActions = ['room', 'vitals', 'note', 'done', 'pay', 'leave'] as const
const key = boardTexts.key

export function useBoardKeys(keys: BoardKeys): void {
  const waiting = useRef<ReturnType<typeof setTimeout> | null>(null)
  const latest = useRef(keys)
  useEffect(() => {
    latest.current = keys
  })
  const walkIn = () => {
    waiting.current = setTimeout(() => {
      waiting.current = null
      latest.current.onWalkIn()
    }, nameMs)
  }
  const actOn = (action: Action) => () => {
    if (action === 'note' && !keys.hasChosen) keys.onNext()
    else keys.onAct(action)
  }
  const isRtl = document.documentElement.dir === 'rtl'
  useShortcuts([
    ...cardActions.map((action) => ({
      keys: keyOf[action],
      labelKey: action === 'note' && !keys.hasChosen ? key('key.next') : key(`action.${action}`),
      run: actOn(action),
      disabled: !(
        keys.actions.includes(action) ||
        (action === 'note' && !keys.hasChosen && keys.mayOpenNext)
      ),
    })),
    { keys: 'W', labelKey: key('key.walkIn'), run: walkIn, disabled: !keys.mayAddWalkIn },
    { keys: 'O', labelKey: key('key.chart'), run: keys.onChart, disabled: !keys.hasChosen },
    { keys: 'Z', labelKey: key('key.back'), run: keys.onBack, disabled: !keys.hasChosen },
    { keys: 'ArrowUp', labelKey: key('key.up'), run: () => keys.onArrow('up') },
    { keys: 'ArrowDown', labelKey: key('key.down'), run: () => keys.onArrow('down') },
    { keys: 'ArrowLeft', labelKey: key('key.before'), run: () => keys.onArrow(isRtl ? 'after' : 'before') },
    { keys: 'ArrowRight', labelKey: key('key.after'), run: () => keys.onArrow(isRtl ? 'before' : 'after') },
    { keys: 'Escape', labelKey: key('key.none'), run: keys.onNone, disabled: !keys.hasChosen },
  ])
  useEffect(() => {
    const isFree = (event: KeyboardEvent) =>
      !event.ctrlKey &&
      !event.metaKey &&
      !event.altKey &&
      !event.isComposing &&
      /^[\p{L}\p{N}]$/u.test(event.key) &&
      !isTyping(event.target) &&
      document.querySelector('.bp6-overlay-open') === null
    // Before the shortcuts: a second letter soon after W makes a name of both.
    const first = (event: KeyboardEvent) => {
      if (waiting.current === null || !isFree(event)) return
      clearTimeout(waiting.current)
      waiting.current = null
      event.preventDefault()
      event.stopImmediatePropagation()
      latest.current.onFind(`w${event.key}`)
    }
    const last = (event: KeyboardEvent) => {
      if (event.defaultPrevented || !isFree(event)) return
      event.preventDefault()
      latest.current.onFind(event.key)
    }
    window.addEventListener('keydown', first, true)
    window.addEventListener('keydown', last)
    return () => {
      window.removeEventListener('keydown', first, true)
      window.removeEventListener('keydown', last)
      if (waiting.current !== null) clearTimeout(waiting.current)
    }
  }, [])
}
