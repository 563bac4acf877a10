// When the clinic, each provider and each room can be booked, and when not: weekly hours with breaks, and time off.
import { Plus } from '@blueprintjs/icons'
import { useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useShortcuts } from '#renderer/app/actions.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { textOf, useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState, Notice } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { showToast } from '#ui/toast.ts'
import { type Absence, type ResourceId, type Setup, scheduling } from '#modules/scheduling/shared/contract.ts'
import { actOnce } from '../act-once.ts'
import { dayWords, weekdayName } from '../day-words.ts'
import { schedulingTexts } from '../i18n.ts'
import { timeText } from '../time-text.ts'
import { placeName } from '../use-words.ts'
import { sayFailed } from '../visit-acts.ts'
import { AbsenceDialog } from './AbsenceDialog.tsx'
import { HoursDialog } from './HoursDialog.tsx'
import { daysOf, hoursText } from './hours-text.ts'
import '../scheduling.css'

type Open = { readonly kind: 'hours'; readonly of: Owner } | { readonly kind: 'absence' }

export interface Owner {
  /** `null`: the whole clinic. */
  readonly id: ResourceId | null
  readonly name: string
}

export function HoursPage() {
  const t = useTexts(schedulingTexts)
  useTitle(t('hours.title'))
  const setup = useRead(scheduling, 'setup', {})
  const [open, setOpen] = useState<Open | null>(null)
  const addAbsence = () => setOpen({ kind: 'absence' })
  useShortcuts([{ keys: 'n', labelKey: schedulingTexts.key('absence.add'), run: addAbsence }])
  return (
    <AdminFrame>
      <QueryView query={setup}>
        {(data) => (
          <>
            {data.hoursKnown ? null : (
              <Notice tone="info" title={t('hours.unknown')}>
                {t('hours.unknownText')}
              </Notice>
            )}
            <Card padded={false} title={t('hours.title')} isWide>
              <HoursTable setup={data} onOpen={(of) => setOpen({ kind: 'hours', of })} />
            </Card>
            <Card
              padded={false}
              title={t('absence.title')}
              actions={
                <Button icon={<Plus />} kbd="n" onClick={addAbsence}>
                  {t('absence.add')}
                </Button>
              }
            >
              <AbsenceTable setup={data} />
            </Card>
            {open?.kind === 'hours' ? (
              <HoursDialog of={open.of} setup={data} onClose={() => setOpen(null)} />
            ) : null}
            {open?.kind === 'absence' ? <AbsenceDialog setup={data} onClose={() => setOpen(null)} /> : null}
          </>
        )}
      </QueryView>
    </AdminFrame>
  )
}

function HoursTable({ setup, onOpen }: { setup: Setup; onOpen: (owner: Owner) => void }) {
  const t = useTexts(schedulingTexts)
  const { locale } = useFormats()
  const rows: Owner[] = [
    { id: null, name: t('hours.clinic') },
    ...setup.resources.filter(({ active }) => active).map(({ id, name }) => ({ id, name })),
  ]
  const weekOf = (owner: Owner) => {
    const own = setup.hours.find(({ resourceId }) => resourceId === owner.id)
    return own && own.rules.length > 0
      ? daysOf(own.rules.filter((rule) => !rule.validFrom && !rule.validUntil))
      : null
  }
  const columns: Column<Owner>[] = [
    { key: 'name', head: t('hours.whose'), rowHeader: true, cell: (owner) => <bdi>{owner.name}</bdi> },
    ...[1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
      key: String(weekday),
      head: weekdayName(weekday, locale, 'short'),
      optional: true,
      cell: (owner: Owner) => {
        const week = weekOf(owner)
        if (!week) return <span className="os-dim">{t(owner.id ? 'hours.asClinic' : 'hours.none')}</span>
        const spans = week[weekday - 1] ?? []
        if (spans.length === 0) return t('head.closed')
        return (
          <span className="sc-hours">
            {spans.map((span) => (
              <bdi key={span.from}>{hoursText([span])}</bdi>
            ))}
          </span>
        )
      },
    })),
  ]
  return (
    <Table
      label={t('hours.title')}
      columns={columns}
      rows={rows}
      rowKey={(owner) => owner.id ?? 'clinic'}
      onOpen={onOpen}
    />
  )
}

/** Taken back with an undo: the same time off comes again. */
async function removeAbsence(absence: Absence): Promise<void> {
  await actOnce('removeAbsence', { id: absence.id, rev: absence.rev })
  showToast({
    text: textOf(schedulingTexts, 'absence.removed'),
    undo: () => void actOnce('restoreAbsence', { id: absence.id }).catch(sayFailed),
  })
}

function AbsenceTable({ setup }: { setup: Setup }) {
  const t = useTexts(schedulingTexts)
  const common = useTexts(commonTexts)
  const { locale, today } = useFormats()
  const when = (date: string, minutes: number, edge: number) =>
    minutes === edge
      ? dayWords(date, locale, today)
      : t('word.dayTime', { day: dayWords(date, locale, today), time: timeText(minutes) })
  return (
    <Table
      label={t('absence.title')}
      columns={[
        {
          key: 'who',
          head: t('hours.whose'),
          rowHeader: true,
          cell: (absence) => <bdi>{placeName(setup, absence.resourceId) ?? t('hours.clinic')}</bdi>,
        },
        {
          key: 'what',
          head: t('absence.kind'),
          cell: (absence) => (
            <span>
              {t(`absence.${absence.kind}`)} <bdi className="os-dim">{absence.title ?? ''}</bdi>
            </span>
          ),
        },
        { key: 'from', head: t('absence.from'), cell: (a) => when(a.fromDate, a.from, 0) },
        { key: 'until', head: t('absence.until'), cell: (a) => when(a.untilDate, a.until, 1440) },
        {
          key: 'act',
          head: <span className="os-sr">{common('act.remove')}</span>,
          align: 'end',
          cell: (absence) => (
            <Button small onClick={() => void removeAbsence(absence).catch(sayFailed)}>
              {common('act.remove')}
            </Button>
          ),
        },
      ]}
      rows={setup.absences}
      rowKey={(absence) => absence.id}
      empty={<EmptyState small title={t('absence.empty')} text={t('absence.emptyText')} />}
    />
  )
}
