// The list of items.
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState } from '#ui/States.tsx'
import { Table } from '#ui/Table.tsx'
import { __camel__ } from '../shared/contract.ts'
import { __camel__Texts } from './i18n.ts'

export function __Pascal__Page() {
  const t = useTexts(__camel__Texts)
  const items = useRead(__camel__, 'list', {})
  return (
    <>
      <PageHeader title={t('title')} />
      <QueryView query={items}>
        {(value) => (
          <Table
            label={t('title')}
            columns={[{ key: 'name', head: t('name'), cell: (item) => item.name, rowHeader: true }]}
            rows={value.items}
            rowKey={(item) => item.id}
            empty={<EmptyState title={t('empty')} text={t('emptyText')} />}
          />
        )}
      </QueryView>
    </>
  )
}
