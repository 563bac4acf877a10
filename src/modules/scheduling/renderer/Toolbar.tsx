// The first line of the schedule: which day, forwards and back, day or week, whose columns, and booking.
import { ChevronLeft, ChevronRight } from '@blueprintjs/icons'
import { NavLink } from 'react-router'
import { PrintMenu } from '#modules/papers/renderer/api.ts'
import { useMay } from '#renderer/app/access.ts'
import { Button, IconButton } from '#ui/Button.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import { addDays } from '#shared/zoned-time.ts'
import { LocalDate } from '#shared/time.ts'
import type { Setup } from '../shared/contract.ts'
import { dayWords } from './day-words.ts'
import { activeProviders, activeRooms, type Shown } from './shown-resources.ts'
import type { ViewState } from './use-view.ts'
import { useWords } from './use-words.ts'

export interface ToolbarProps {
  readonly view: ViewState
  readonly setup: Setup
  readonly shown: Shown
  readonly isNarrow: boolean
  readonly onBook: () => void
  readonly onFind: () => void
  readonly onTimeOff: (() => void) | null
}

export function Toolbar(props: ToolbarProps) {
  const { view, setup, shown } = props
  const { t, formats } = useWords()
  const may = useMay()
  const title =
    view.span === 'day'
      ? dayWords(view.date, formats.locale, formats.today, 'title')
      : t('title.week', {
          from: formats.date(view.firstDate, 'day-month'),
          to: formats.date(addDays(view.firstDate, 6), 'day-month'),
        })
  return (
    <header className="sc-bar-top">
      <h1>{title}</h1>
      <div className="sc-steps">
        <IconButton
          icon={<ChevronLeft className="sc-flip" />}
          label={t(`back.${view.span}`)}
          kbd="["
          onClick={() => view.step(-1)}
        />
        <Button
          kbd="t"
          onClick={() => view.change({ date: formats.today })}
          disabled={view.date === formats.today}
        >
          {t('act.today')}
        </Button>
        <IconButton
          icon={<ChevronRight className="sc-flip" />}
          label={t(`forward.${view.span}`)}
          kbd="]"
          onClick={() => view.step(1)}
        />
        <DayJump view={view} />
      </div>
      <div className="sc-spans" role="group" aria-label={t('span.label')}>
        {(['day', 'week'] as const).map((span) => (
          <Button key={span} pressed={view.span === span} onClick={() => view.change({ span })}>
            {t(`span.${span}`)}
          </Button>
        ))}
      </div>
      <SelectField
        className="sc-show"
        label={t('show.label')}
        hideLabel
        value={shown.choice}
        onChange={(show) => view.change({ show })}
        choices={choicesOf(setup, view.span === 'week' || props.isNarrow, {
          all: t('show.all'),
          rooms: t('show.rooms'),
        })}
      />
      <div className="sc-bar-end">
        <NavLink to="/schedule/waitlist" className="sc-bar-link">
          {t('waitlist.title')}
        </NavLink>
        {view.span === 'day' && !props.isNarrow ? (
          <PrintMenu iconOnly paper={{ kind: 'day-sheet', patientId: null, id: view.date }} />
        ) : null}
        {props.onTimeOff ? <Button onClick={props.onTimeOff}>{t('absence.short')}</Button> : null}
        {may('appointments.C') ? (
          <>
            <Button kbd="f" onClick={props.onFind}>
              {t('act.find')}
            </Button>
            <Button intent="primary" kbd="b" onClick={props.onBook}>
              {t('act.book')}
            </Button>
          </>
        ) : null}
      </div>
    </header>
  )
}

function choicesOf(setup: Setup, onlyOne: boolean, words: { all: string; rooms: string }) {
  const providers = activeProviders(setup)
  const rooms = activeRooms(setup)
  const each = [...providers, ...rooms].map(({ id, name }) => ({ value: id as string, label: name }))
  if (onlyOne) return each
  return [
    { value: 'all', label: words.all },
    ...(rooms.length > 0 ? [{ value: 'rooms', label: words.rooms }] : []),
    ...each,
  ]
}

/** The browser's own calendar: nothing else chooses a far day with so few strokes. */
function DayJump({ view }: { view: ViewState }) {
  const { t } = useWords()
  return (
    <input
      type="date"
      className="os-input sc-jump"
      aria-label={t('act.jump')}
      value={view.date}
      onChange={(event) => {
        const date = LocalDate.safeParse(event.currentTarget.value)
        if (date.success) view.change({ date: date.data })
      }}
    />
  )
}
