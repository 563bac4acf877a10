// The ledger of erasures: that something went, when and how much; nobody's name.
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import type { OutputFor } from '#renderer/api/hooks.ts'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { privacy } from '../shared/contract.ts'
import { Frame } from './Frame.tsx'
import { usePrivacyWords } from './words.tsx'

type Line = OutputFor<typeof privacy, 'erasures'>['erasures'][number]

export function ErasuresPage() {
  const { t, f } = usePrivacyWords()
  const ledger = useRead(privacy, 'erasures', {})
  const columns: readonly Column<Line>[] = [
    { key: 'when', head: t('ledger.when'), rowHeader: true, cell: (e) => f.instant(e.at, 'short-date-time') },
    {
      key: 'parts',
      head: t('ledger.parts'),
      cell: (e) => (e.isWhole ? t('ledger.whole') : f.list(e.categories.map((c) => t(`category.${c}`)))),
    },
    {
      key: 'by',
      head: t('ledger.by'),
      optional: true,
      cell: (e) =>
        e.byName === null ? <span className="os-dim">{t('ledger.job')}</span> : <bdi>{e.byName}</bdi>,
    },
    { key: 'rows', head: t('ledger.rows'), align: 'end', cell: (e) => f.number(e.rows) },
  ]
  return (
    <Frame>
      <Card padded={false} label={t('nav.erasures')}>
        <QueryView query={ledger}>
          {({ erasures }) => (
            <Table
              label={t('nav.erasures')}
              columns={columns}
              rows={erasures}
              rowKey={(e) => e.id}
              empty={<EmptyState title={t('ledger.empty')} text={t('ledger.emptyText')} />}
            />
          )}
        </QueryView>
      </Card>
    </Frame>
  )
}
