// The backups that were made, newest first, with the verdict of each place.
import { useFormats } from '#renderer/i18n/format.ts'
import { Card } from '#ui/Card.tsx'
import { Tag, type Tone } from '#ui/Marks.tsx'
import { EmptyState } from '#ui/States.tsx'
import { Table } from '#ui/Table.tsx'
import { homeTarget, type Made, type Target } from '../shared/contract.ts'
import { useBackupWords } from './words.ts'

const tones: Record<Made['copies'][number]['state'], Tone> = {
  good: 'ok',
  failed: 'bad',
  gone: 'bad',
  aged: 'neutral',
  replaced: 'neutral',
}

/** In the order of the places above: this computer, then the others. */
const homeFirst = (copies: Made['copies']) =>
  copies.toSorted((a, b) => Number(b.targetId === homeTarget) - Number(a.targetId === homeTarget))

export function MadeCard({ made, targets }: { made: readonly Made[]; targets: readonly Target[] }) {
  const { t, problem } = useBackupWords()
  const f = useFormats()
  const nameOf = (id: string) =>
    id === homeTarget ? t('targets.home') : (targets.find((target) => target.id === id)?.name ?? '–')
  return (
    <Card title={t('list.title')} padded={false}>
      <Table
        label={t('list.title')}
        rows={made}
        rowKey={(row) => row.id}
        empty={<EmptyState title={t('list.empty')} text={t('list.emptyText')} small />}
        columns={[
          {
            key: 'when',
            head: t('list.when'),
            rowHeader: true,
            cell: (row) => (
              <>
                <span className="bak-whole">{f.instant(row.at, 'short-date-time')}</span>{' '}
                <span className="os-dim bak-reason">{t(`reason.${row.reason}`)}</span>
              </>
            ),
          },
          {
            key: 'where',
            head: t('list.where'),
            cell: (row) => (
              <span className="bak-copies">
                {homeFirst(row.copies).map((copy) => (
                  <span key={copy.targetId}>
                    <Tag tone={tones[copy.state]}>
                      <span>
                        <bdi>{nameOf(copy.targetId)}</bdi>: {t(`copy.${copy.state}`)}
                      </span>
                    </Tag>{' '}
                    {copy.problem ? <span className="os-dim os-sm">{problem(copy.problem)}</span> : null}
                  </span>
                ))}
              </span>
            ),
          },
          {
            key: 'size',
            head: t('list.size'),
            align: 'end',
            optional: true,
            cell: (row) => <span className="bak-whole">{f.bytes(row.bytes)}</span>,
          },
          {
            key: 'patients',
            head: t('list.patients'),
            align: 'end',
            optional: true,
            cell: (row) => f.number(row.patients),
          },
          {
            key: 'kit',
            head: t('list.kit'),
            optional: true,
            cell: (row) =>
              row.kitId === null ? (
                t('list.noKit')
              ) : (
                <bdi dir="ltr" className="bak-whole">
                  {row.kitId}
                </bdi>
              ),
          },
        ]}
      />
    </Card>
  )
}
