// What a batch holds by kind of record, and file by file.
import { useState } from 'react'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import type { Batch } from '../shared/contract.ts'
import { importTexts } from './i18n.ts'

type Row = Batch['counts']['byType'][number]
const filesShown = 8

export function TypesCard({ counts }: { counts: Batch['counts'] }) {
  const t = useTexts(importTexts)
  const { number } = useFormats()
  const unchanged: Column<Row> = {
    key: 'unchanged',
    head: t('types.unchanged'),
    align: 'end',
    cell: (row) => number(row.unchanged),
  }
  return (
    <Card title={t('types.title')} padded={false}>
      <Table
        label={t('types.title')}
        rows={[...counts.byType].sort((a, b) => b.found - a.found)}
        rowKey={(row) => row.resourceType}
        empty={<p className="im-none os-dim">{t('types.none')}</p>}
        columns={[
          {
            key: 'type',
            head: t('types.type'),
            rowHeader: true,
            cell: (row) => <bdi dir="ltr">{row.resourceType}</bdi>,
          },
          { key: 'found', head: t('types.found'), align: 'end', cell: (row) => number(row.found) },
          { key: 'mapped', head: t('types.mapped'), align: 'end', cell: (row) => number(row.mapped) },
          { key: 'kept', head: t('types.kept'), align: 'end', cell: (row) => number(row.keptAsSource) },
          ...(counts.unchanged > 0 ? [unchanged] : []),
        ]}
      />
    </Card>
  )
}

export function FilesCard({ files }: { files: Batch['files'] }) {
  const t = useTexts(importTexts)
  const { number } = useFormats()
  const [isAll, setAll] = useState(false)
  // What needs a look comes first.
  const sorted = [...files].sort((a, b) => b.refused - a.refused || (a.name < b.name ? -1 : 1))
  const shown = isAll ? sorted : sorted.slice(0, filesShown)
  return (
    <Card title={t('files.title')} meta={number(files.length)} padded={false}>
      <Table
        label={t('files.title')}
        rows={shown}
        rowKey={(row) => row.id}
        empty={<p className="im-none os-dim">{t('types.none')}</p>}
        columns={[
          {
            key: 'name',
            head: t('files.name'),
            rowHeader: true,
            cell: (row) => <bdi className="im-file">{row.name}</bdi>,
          },
          {
            key: 'state',
            head: t('files.state'),
            optional: true,
            cell: (row) => t(row.status === 'refused' ? 'files.refusedState' : `files.${row.status}`),
          },
          {
            key: 'resources',
            head: t('files.resources'),
            align: 'end',
            cell: (row) => number(row.resources),
          },
          {
            key: 'refused',
            head: t('files.refused'),
            align: 'end',
            cell: (row) => (
              <span className={row.refused > 0 ? 'im-bad' : 'os-dim'}>{number(row.refused)}</span>
            ),
          },
        ]}
      />
      {shown.length < files.length ? (
        <div className="im-none">
          <Button small onClick={() => setAll(true)}>
            {t('files.all', { count: files.length, n: number(files.length) })}
          </Button>
        </div>
      ) : null}
    </Card>
  )
}
