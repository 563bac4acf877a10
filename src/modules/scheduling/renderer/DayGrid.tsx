// The grid with the clinic behind it: what a place means, what is in the way there, what a drop asks for.
import type { Ref } from 'react'
import type { Slot } from './booking/use-slots.ts'
import { clashesOf } from './grid/clashes.ts'
import type { DescribePlace, DropVisit, GridVisit } from './grid/grid-types.ts'
import { type GridHandle, ScheduleGrid } from './grid/ScheduleGrid.tsx'
import { freeSlot, instantsOf, movedTo } from './place.ts'
import type { Words } from './schedule-view.ts'
import type { LaidOut } from './use-schedule.ts'
import { previewWords } from './use-words.ts'
import { isKnown, type KnownVisit, type MoveTo } from './visit-acts.ts'

/** 48 px for half an hour. */
const perMinute = 1.6
const narrowestColumn = 132
const newVisitMinutes = 15

export interface DayGridProps {
  readonly laidOut: LaidOut
  readonly words: Words
  readonly handle: Ref<GridHandle>
  readonly chosenKey: string | null
  readonly onChoose: (key: string | null) => void
  readonly onOpen: (visit: KnownVisit) => void
  readonly onMove: (visit: KnownVisit, to: MoveTo) => void
  readonly onFreeTime: ((slot: Slot) => void) | undefined
}

export function DayGrid(props: DayGridProps) {
  const { laidOut, words, onOpen, onMove, onFreeTime } = props
  const known = (visit: GridVisit): KnownVisit | null => {
    const appointment = laidOut.byId.get(visit.visitId)
    return appointment && isKnown(appointment) ? appointment : null
  }
  const describe: DescribePlace = (visit, target) => {
    const appointment = known(visit)
    const at = instantsOf(laidOut, target)
    const to = appointment ? movedTo(laidOut, appointment, target) : null
    if (!appointment || !at || !to) return { time: '', where: '', problems: [] }
    const clashes = clashesOf(
      {
        fromMs: Date.parse(at.from),
        toMs: Date.parse(at.to),
        visitId: appointment.id,
        patientId: appointment.patientId,
        providerId: to.providerId,
        roomId: to.roomId,
      },
      laidOut.facts,
    )
    return {
      time: words.t('visit.fromTo', {
        from: words.formats.instant(at.from, 'time'),
        to: words.formats.instant(at.to, 'time'),
      }),
      where: laidOut.columns[target.column]?.title ?? '',
      problems: [...new Set(clashes.map((clash) => previewWords(clash, words)))],
    }
  }
  const drop: DropVisit = (visit, target) => {
    const appointment = known(visit)
    const to = appointment ? movedTo(laidOut, appointment, target) : null
    if (appointment && to) onMove(appointment, to)
  }
  return (
    <ScheduleGrid
      label={words.t('grid.label')}
      columns={laidOut.columns}
      from={laidOut.from}
      to={laidOut.to}
      marks={laidOut.marks}
      perMinute={perMinute}
      narrowest={narrowestColumn}
      chosenKey={props.chosenKey}
      onChoose={props.onChoose}
      onOpen={(visit) => {
        const appointment = known(visit)
        if (appointment && visit.canMove) onOpen(appointment)
      }}
      describe={describe}
      onDrop={drop}
      onFreeTime={
        onFreeTime
          ? (column, minute) => {
              const slot = freeSlot(laidOut, column, minute, newVisitMinutes)
              if (slot) onFreeTime(slot)
            }
          : undefined
      }
      startAt={laidOut.startAt}
      handle={props.handle}
    />
  )
}
