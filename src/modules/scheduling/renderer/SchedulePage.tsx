// The schedule: a day with a column for each provider, or a week of one. Looks: look/schedule.png.
import { Calendar } from '@blueprintjs/icons'
import { useRef, useState } from 'react'
import { Link } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryError, QueryView } from '#renderer/api/QueryView.tsx'
import { useMe } from '#renderer/api/session-store.ts'
import { useMay } from '#renderer/app/access.ts'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { EmptyState, Skeleton } from '#ui/States.tsx'
import { type Setup, scheduling } from '../shared/contract.ts'
import type { BookStart } from './booking/BookDialog.tsx'
import { DayGrid } from './DayGrid.tsx'
import type { GridHandle } from './grid/ScheduleGrid.tsx'
import { schedulingTexts } from './i18n.ts'
import { type Open, ScheduleDialogs } from './ScheduleDialogs.tsx'
import { shownResources } from './shown-resources.ts'
import { Toolbar } from './Toolbar.tsx'
import { useFocusAfterMove } from './use-focus-after-move.ts'
import { useMoves } from './use-moves.ts'
import { useNarrow } from './use-narrow.ts'
import { useSchedule } from './use-schedule.ts'
import { useScheduleKeys } from './use-schedule-keys.ts'
import { useView } from './use-view.ts'
import { ChosenBar } from './visit/ChosenBar.tsx'
import { isKnown, noteNoShow, sayFailed } from './visit-acts.ts'
import './scheduling.css'

export function SchedulePage() {
  const t = useTexts(schedulingTexts)
  useTitle(t('title'))
  const setup = useRead(scheduling, 'setup', {}, { staleMs: 60_000 })
  return (
    <QueryView query={setup} loading={<Skeleton lines={10} />}>
      {(data) =>
        data.resources.some(({ kind, active }) => kind === 'provider' && active) ? (
          <Schedule setup={data} />
        ) : (
          <NobodyYet />
        )
      }
    </QueryView>
  )
}

function NobodyYet() {
  const t = useTexts(schedulingTexts)
  const may = useMay()
  return (
    <EmptyState
      icon={<Calendar size={28} />}
      title={t('empty.title')}
      text={t(may('schedules.M') ? 'empty.textAdmin' : 'empty.text')}
      action={may('schedules.M') ? <Link to="/admin/providers">{t('empty.action')}</Link> : null}
    />
  )
}

function Schedule({ setup }: { setup: Setup }) {
  const view = useView()
  const me = useMe()
  const may = useMay()
  const isNarrow = useNarrow()
  const shown = shownResources(setup, view, me.userId, isNarrow)
  const { read, laidOut, isStale, words } = useSchedule(setup, view, shown)
  const grid = useRef<GridHandle>(null)
  const [chosenKey, setChosenKey] = useState<string | null>(null)
  const [open, setOpen] = useState<Open | null>(null)
  const chosen = laidOut && chosenKey ? (laidOut.byId.get(visitIdOf(chosenKey)) ?? null) : null
  const mayBook = may('appointments.C')
  const book = (start: BookStart = {}) => {
    if (mayBook) setOpen({ kind: 'book', start: { providerId: ownFirst(setup, me.userId), ...start } })
  }
  const actable = chosen && isKnown(chosen) && may('appointments.U') ? chosen : null
  const acts = {
    move: () => {
      if (actable && chosenKey) grid.current?.startMoving(chosenKey)
    },
    amend: () => {
      if (actable) setOpen({ kind: 'amend', visit: actable })
    },
    cancel: () => {
      if (actable) setOpen({ kind: 'cancel', visit: actable })
    },
    noShow: () => {
      if (actable) void noteNoShow(actable).catch(sayFailed)
    },
  }
  useScheduleKeys({
    view,
    today: words.formats.today,
    grid,
    chosen,
    book: () => book(),
    find: () => book({ beginWith: 'when' }),
    acts,
    mayBook,
    unchoose: () => setChosenKey(null),
  })
  const focusAgain = useFocusAfterMove(grid, laidOut)
  const moves = useMoves(setOpen, focusAgain)
  return (
    <div className="sc-page">
      <Toolbar
        view={view}
        setup={setup}
        shown={shown}
        isNarrow={isNarrow}
        onBook={() => book()}
        onFind={() => book({ beginWith: 'when' })}
        onTimeOff={may('absences.C') ? () => setOpen({ kind: 'time-off' }) : null}
      />
      <div className={isStale ? 'os-card sc-frame sc-stale' : 'os-card sc-frame'} inert={isStale}>
        {laidOut ? (
          <DayGrid
            laidOut={laidOut}
            handle={grid}
            chosenKey={chosenKey}
            onChoose={setChosenKey}
            words={words}
            onOpen={(visit) => setOpen({ kind: 'amend', visit })}
            onMove={moves.drop}
            onFreeTime={mayBook ? (slot) => book({ slot }) : undefined}
          />
        ) : read.error ? (
          <QueryError error={read.error} onRetry={() => void read.refetch()} />
        ) : (
          <Skeleton lines={10} />
        )}
      </div>
      {chosen ? (
        <ChosenBar visit={chosen} setup={setup} acts={acts} onClose={() => setChosenKey(null)} />
      ) : null}
      <ScheduleDialogs
        open={open}
        setup={setup}
        moves={moves}
        onClose={() => setOpen(null)}
        onBooked={focusAgain}
      />
    </div>
  )
}

const visitIdOf = (key: string): string => key.split(' ')[0] ?? ''

/** Whoever sees patients books with themselves unless told otherwise. */
function ownFirst(setup: Setup, userId: string): string {
  return setup.resources.find((r) => r.kind === 'provider' && r.active && r.userId === userId)?.id ?? ''
}
