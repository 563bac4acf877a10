// A visit that was moved stands in another box, maybe of another column: the keyboard goes along with it.
import { type RefObject, useCallback, useEffect, useRef } from 'react'
import type { GridHandle } from './grid/ScheduleGrid.tsx'

export function useFocusAfterMove(
  grid: RefObject<GridHandle | null>,
  /** Changes when the answer that holds the moved visit is shown. */
  shown: unknown,
): (visitId: string) => void {
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    void shown
    const visitId = wanted.current
    if (visitId === null) return
    wanted.current = null
    grid.current?.focusVisit(visitId)
  }, [shown, grid])
  return useCallback((visitId: string) => {
    wanted.current = visitId
  }, [])
}
