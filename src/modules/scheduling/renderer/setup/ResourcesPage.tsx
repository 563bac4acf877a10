// Providers, rooms and devices that can be booked: a table of each, a dialog for one.
import { Plus } from '@blueprintjs/icons'
import { useState } from 'react'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useShortcuts } from '#renderer/app/actions.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { type Resource, type Setup, scheduling } from '#modules/scheduling/shared/contract.ts'
import { schedulingTexts } from '../i18n.ts'
import { ColourMark } from './ColourChoice.tsx'
import { ResourceDialog } from './ResourceDialog.tsx'
import '../scheduling.css'

type Open = { readonly kind: 'provider' | 'room'; readonly resource: Resource | null }

export function ResourcesPage() {
  const t = useTexts(schedulingTexts)
  useTitle(t('setup.resources'))
  const setup = useRead(scheduling, 'setup', {})
  const [open, setOpen] = useState<Open | null>(null)
  const add = (kind: Open['kind']) => () => setOpen({ kind, resource: null })
  useShortcuts([
    { keys: 'n', labelKey: schedulingTexts.key('provider.add'), run: add('provider') },
    { keys: 'r', labelKey: schedulingTexts.key('room.add'), run: add('room') },
  ])
  return (
    <AdminFrame>
      <QueryView query={setup}>
        {(data) => (
          <>
            <Card
              padded={false}
              title={t('provider.title')}
              actions={
                <Button intent="primary" icon={<Plus />} kbd="n" onClick={add('provider')}>
                  {t('provider.add')}
                </Button>
              }
            >
              <ProviderTable setup={data} onOpen={(resource) => setOpen({ kind: 'provider', resource })} />
            </Card>
            <Card
              padded={false}
              title={t('room.title')}
              actions={
                <Button icon={<Plus />} kbd="r" onClick={add('room')}>
                  {t('room.add')}
                </Button>
              }
            >
              <RoomTable setup={data} onOpen={(resource) => setOpen({ kind: 'room', resource })} />
            </Card>
            {open ? <ResourceDialog {...open} setup={data} onClose={() => setOpen(null)} /> : null}
          </>
        )}
      </QueryView>
    </AdminFrame>
  )
}

interface TableProps {
  readonly setup: Setup
  readonly onOpen: (resource: Resource) => void
}

function useNameColumns(): Column<Resource>[] {
  const t = useTexts(schedulingTexts)
  return [
    {
      key: 'name',
      head: t('word.name'),
      rowHeader: true,
      cell: (r) => (
        <span className="sc-named">
          <ColourMark colour={r.colour} />
          <bdi>{r.name}</bdi>
        </span>
      ),
    },
    {
      key: 'state',
      head: t('word.state'),
      cell: (r) => (
        <Tag tone={r.active ? 'ok' : 'neutral'}>{t(r.active ? 'word.active' : 'word.inactive')}</Tag>
      ),
    },
  ]
}

const byPosition = (a: Resource, b: Resource) => a.position - b.position

function ProviderTable({ setup, onOpen }: TableProps) {
  const t = useTexts(schedulingTexts)
  const named = useNameColumns()
  const nameOf = (id: string | null) => setup.resources.find((r) => r.id === id)?.name
  return (
    <Table
      label={t('provider.title')}
      columns={[
        ...named,
        {
          key: 'room',
          head: t('provider.room'),
          optional: true,
          cell: (r) => <bdi className="os-dim">{nameOf(r.defaultRoomId) ?? ''}</bdi>,
        },
        {
          key: 'account',
          head: t('provider.account'),
          optional: true,
          cell: (r) => (
            <span className="os-dim">{t(r.userId ? 'provider.linked' : 'provider.notLinked')}</span>
          ),
        },
      ]}
      rows={setup.resources.filter(({ kind }) => kind === 'provider').sort(byPosition)}
      rowKey={(r) => r.id}
      onOpen={onOpen}
      isDim={(r) => !r.active}
      empty={<EmptyState small title={t('provider.empty')} text={t('provider.emptyText')} />}
    />
  )
}

function RoomTable({ setup, onOpen }: TableProps) {
  const t = useTexts(schedulingTexts)
  const named = useNameColumns()
  return (
    <Table
      label={t('room.title')}
      columns={[
        ...named,
        { key: 'kind', head: t('room.what'), cell: (r) => t(`resource.${r.kind}`) },
        {
          key: 'for',
          head: t('room.kind'),
          optional: true,
          cell: (r) => <bdi className="os-dim">{r.roomKind ?? ''}</bdi>,
        },
      ]}
      rows={setup.resources.filter(({ kind }) => kind !== 'provider').sort(byPosition)}
      rowKey={(r) => r.id}
      onOpen={onOpen}
      isDim={(r) => !r.active}
      empty={<EmptyState small title={t('room.empty')} text={t('room.emptyText')} />}
    />
  )
}
