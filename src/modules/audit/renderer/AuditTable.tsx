// Entries of the trail; a press on a head sorts by it, another turns the order round.
import { Tag, type Tone } from '#ui/Marks.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import type { AuditLine, AuditSort } from '../shared/contract.ts'
import { useAuditWords } from './words.ts'
import './audit.css'

const tones: Readonly<Record<string, Tone>> = { ok: 'neutral', refused: 'warn', failed: 'bad' }

export interface AuditTableProps {
  readonly entries: readonly AuditLine[]
  readonly sort: AuditSort
  readonly direction: 'asc' | 'desc'
  readonly onSort: (column: AuditSort) => void
  readonly onOpen: (entry: AuditLine) => void
  readonly withPatients: boolean
}

export function AuditTable({ entries, sort, direction, onSort, onOpen, withPatients }: AuditTableProps) {
  const { t, f, action, role, door, outcome, category } = useAuditWords()
  const head = (column: AuditSort, words: string) => (
    <button type="button" className="au-sort" onClick={() => onSort(column)}>
      {words}
      {sort === column ? (
        <>
          <span aria-hidden="true">{direction === 'asc' ? '▲' : '▼'}</span>
          <span className="os-sr">{t(direction === 'asc' ? 'log.sortUp' : 'log.sortDown')}</span>
        </>
      ) : null}
    </button>
  )
  const columns: readonly Column<AuditLine>[] = [
    {
      key: 'seq',
      head: head('seq', t('log.number')),
      optional: true,
      cell: (e) => <span className="os-num os-dim">{f.number(e.seq)}</span>,
    },
    {
      key: 'at',
      head: head('at', t('log.at')),
      cell: (e) => <span className="au-nowrap">{f.instant(e.at, 'short-date-time')}</span>,
    },
    {
      key: 'person',
      head: head('person', t('log.person')),
      rowHeader: true,
      cell: (e) =>
        e.userId === null ? (
          <span className="os-dim">
            {t(e.door === 'ipc' || e.door === 'https' ? 'log.anonymous' : 'log.nobody')}
          </span>
        ) : (
          <bdi>{e.userName ?? '–'}</bdi>
        ),
    },
    { key: 'role', head: head('role', t('log.role')), optional: true, cell: (e) => role(e.role) },
    { key: 'action', head: head('action', t('log.action')), cell: (e) => action(e.action) },
    ...(withPatients
      ? [
          {
            key: 'patient',
            head: head('patient', t('log.patient')),
            cell: (e: AuditLine) => <PatientCell entry={e} />,
          },
        ]
      : []),
    {
      key: 'category',
      head: head('category', t('log.category')),
      optional: true,
      cell: (e) => category(e.category),
    },
    { key: 'door', head: head('door', t('log.door')), optional: true, cell: (e) => door(e.door) },
    {
      key: 'outcome',
      head: head('outcome', t('log.outcome')),
      cell: (e) => <Tag tone={tones[e.outcome] ?? 'neutral'}>{outcome(e.outcome)}</Tag>,
    },
  ]
  return (
    <Table
      label={t('log.title')}
      columns={columns}
      rows={entries}
      rowKey={(e) => String(e.seq)}
      onOpen={onOpen}
      empty={<EmptyState small title={t('log.empty')} text={t('log.emptyText')} />}
    />
  )
}

export function PatientCell({ entry }: { entry: AuditLine }) {
  const { t } = useAuditWords()
  if (entry.patientName === null) return null
  return (
    <>
      {entry.patientName === '' ? (
        <span className="os-dim">{t('log.erased')}</span>
      ) : (
        <bdi>{entry.patientName}</bdi>
      )}
      {entry.morePatients ? (
        <span className="os-dim"> {t('log.more', { count: entry.morePatients })}</span>
      ) : null}
    </>
  )
}
