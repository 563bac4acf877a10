// Reminders as lines: for whom, which visit, how it stands and why.
import type { ReactNode } from 'react'
import { type Column, Table } from '#ui/Table.tsx'
import type { LogEntry } from '../shared/contract.ts'
import { StateTag, useReminderWords } from './words.tsx'

export interface EntryTableProps {
  readonly entries: readonly LogEntry[]
  readonly onOpen: (entry: LogEntry) => void
  readonly empty?: ReactNode
}

export function EntryTable({ entries, onOpen, empty }: EntryTableProps) {
  const { t, f, lead, why } = useReminderWords()
  const columns: readonly Column<LogEntry>[] = [
    {
      key: 'patient',
      head: t('log.patient'),
      rowHeader: true,
      cell: (e) =>
        e.patientName === null ? (
          <span className="os-dim">{t('log.hidden')}</span>
        ) : (
          <bdi>{e.patientName}</bdi>
        ),
    },
    {
      key: 'visit',
      head: t('log.visit'),
      cell: (e) => <span className="rem-nowrap">{f.instant(e.startAt, 'short-date-time')}</span>,
    },
    { key: 'lead', head: t('log.lead'), optional: true, cell: (e) => lead(e.leadMinutes) },
    {
      key: 'state',
      head: t('log.state'),
      cell: (e) => (
        <span className="rem-state">
          <StateTag entry={e} />
          <span className="os-dim os-sm">{why(e)}</span>
        </span>
      ),
    },
    {
      key: 'when',
      head: t('log.when'),
      optional: true,
      align: 'end',
      cell: (e) => <span className="os-dim rem-nowrap">{f.instant(e.stateAt, 'short-date-time')}</span>,
    },
  ]
  return (
    <Table
      label={t('log.title')}
      columns={columns}
      rows={entries}
      rowKey={(entry) => entry.id}
      onOpen={onOpen}
      isDim={(entry) => entry.handled}
      empty={empty}
    />
  )
}
