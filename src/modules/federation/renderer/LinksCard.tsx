// Who signs in by link or passkey, for an administrator: seen, linked, taken away.
import { useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import type { OutputOf } from '#shared/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { federation } from '../shared/contract.ts'
import { federationTexts } from './i18n.ts'
import { LinkDialog } from './LinkDialog.tsx'
import { RemoveDialog, type Removed } from './RemoveDialog.tsx'

type People = OutputOf<(typeof federation)['procedures']['links']>['people']

interface Row {
  readonly id: string
  readonly kind: 'link' | 'passkey'
  readonly person: string
  readonly what: string
  readonly since: string
}

export function LinksCard({ canLink }: { canLink: boolean }) {
  const t = useTexts(federationTexts)
  const links = useRead(federation, 'links', {})
  const [isLinking, setLinking] = useState(false)
  const [removed, setRemoved] = useState<Removed | null>(null)
  return (
    <Card
      title={t('people.title')}
      padded={false}
      actions={
        canLink ? (
          <Button small onClick={() => setLinking(true)}>
            {t('people.link')}
          </Button>
        ) : undefined
      }
    >
      <QueryView query={links} small>
        {({ people }) => <Links people={people} onRemove={setRemoved} />}
      </QueryView>
      {isLinking ? <LinkDialog onClose={() => setLinking(false)} /> : null}
      {removed ? <RemoveDialog what={removed} onClose={() => setRemoved(null)} /> : null}
    </Card>
  )
}

function Links({ people, onRemove }: { people: People; onRemove: (what: Removed) => void }) {
  const t = useTexts(federationTexts)
  const { instant } = useFormats()
  const rows = people.flatMap(({ name, identities, passkeys }): Row[] => [
    ...identities.map((found) => ({
      id: found.id,
      kind: 'link' as const,
      person: name,
      what: found.hint ?? found.subject,
      since: found.linkedAt,
    })),
    ...passkeys.map((key) => ({
      id: key.id,
      kind: 'passkey' as const,
      person: name,
      what: t('people.passkey', { name: key.name, host: key.host }),
      since: key.createdAt,
    })),
  ])
  const columns: Column<Row>[] = [
    {
      key: 'person',
      head: t('people.person'),
      rowHeader: true,
      cell: (row) => <span dir="auto">{row.person}</span>,
    },
    { key: 'what', head: t('people.what'), cell: (row) => <bdi className="fed-cell">{row.what}</bdi> },
    { key: 'since', head: t('people.since'), optional: true, cell: (row) => instant(row.since, 'date') },
    {
      key: 'remove',
      head: <span className="os-sr">{t('people.remove')}</span>,
      align: 'end',
      cell: (row) => (
        <Button
          small
          variant="minimal"
          onClick={() => onRemove({ kind: row.kind, id: row.id, name: row.person })}
        >
          {t('people.remove')}
        </Button>
      ),
    },
  ]
  return (
    <Table
      label={t('people.title')}
      columns={columns}
      rows={rows}
      rowKey={(row) => row.id}
      empty={<EmptyState small title={t('people.empty')} text={t('people.emptyText')} />}
    />
  )
}
