// The keys of the schedule, all of them in the `?` sheet.
import type { RefObject } from 'react'
import { type Shortcut, useShortcuts } from '#renderer/app/actions.ts'
import type { Appointment } from '../shared/contract.ts'
import type { GridHandle } from './grid/ScheduleGrid.tsx'
import { schedulingTexts } from './i18n.ts'
import { isOpen } from './schedule-view.ts'
import { useNowMs } from './use-now.ts'
import type { ViewState } from './use-view.ts'
import type { VisitActs } from './visit/ChosenBar.tsx'
import { isKnown } from './visit-acts.ts'

export interface ScheduleKeys {
  readonly view: ViewState
  readonly today: string
  readonly grid: RefObject<GridHandle | null>
  readonly chosen: Appointment | null
  readonly book: () => void
  readonly find: () => void
  readonly acts: VisitActs
  readonly mayBook: boolean
  readonly unchoose: () => void
}

export function useScheduleKeys(options: ScheduleKeys): void {
  const { view, today, grid, chosen, book, find, acts, mayBook, unchoose } = options
  const key = schedulingTexts.key
  const hasBegun = useNowMs() >= Date.parse(chosen?.startAt ?? '')
  const isFixed = !chosen || !isKnown(chosen) || !isOpen(chosen.status)
  const toGrid = () => grid.current?.focusFirst()
  const arrows: Shortcut[] = [
    { keys: 'ArrowDown', labelKey: key('key.walk'), run: toGrid },
    { keys: 'ArrowUp', labelKey: key('key.walk'), run: toGrid },
    { keys: 'ArrowLeft', labelKey: key('key.across'), run: toGrid },
    { keys: 'ArrowRight', labelKey: key('key.across'), run: toGrid },
    // The grid itself hears these on the visit that has the focus.
    { keys: 'Alt+ArrowDown', labelKey: key('key.moveTime'), run: acts.move, disabled: isFixed },
    { keys: 'Alt+ArrowRight', labelKey: key('key.moveColumn'), run: acts.move, disabled: isFixed },
    { keys: 'Alt+Shift+ArrowDown', labelKey: key('key.resize'), run: acts.move, disabled: isFixed },
  ]
  useShortcuts([
    { keys: 'b', labelKey: key('act.book'), run: book, disabled: !mayBook },
    { keys: 'f', labelKey: key('act.find'), run: find, disabled: !mayBook },
    { keys: 't', labelKey: key('act.today'), run: () => view.change({ date: today }) },
    { keys: '[', labelKey: key('key.back'), run: () => view.step(-1) },
    { keys: ']', labelKey: key('key.forward'), run: () => view.step(1) },
    { keys: 'd', labelKey: key('span.day'), run: () => view.change({ span: 'day' }) },
    { keys: 'w', labelKey: key('span.week'), run: () => view.change({ span: 'week' }) },
    { keys: 'm', labelKey: key('key.move'), run: acts.move, disabled: isFixed },
    { keys: 'e', labelKey: key('act.amend'), run: acts.amend, disabled: isFixed },
    { keys: 'n', labelKey: key('act.noShow'), run: acts.noShow, disabled: isFixed || !hasBegun },
    { keys: 'x', labelKey: key('act.cancelVisit'), run: acts.cancel, disabled: isFixed },
    ...arrows,
    { keys: 'Escape', labelKey: key('key.unchoose'), run: unchoose, disabled: !chosen },
  ])
}
