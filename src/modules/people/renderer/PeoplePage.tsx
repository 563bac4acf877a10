// Accounts: who works here, under which roles, in which state.
import { Plus } from '@blueprintjs/icons'
import { useState } from 'react'
import { PersonSignInsDialog } from '#modules/session/renderer/api.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMay } from '#renderer/app/access.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag, type Tone } from '#ui/Marks.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { type Person, people } from '../shared/contract.ts'
import { AddPersonDialog, type NewCode } from './AddPersonDialog.tsx'
import { CodeDialog } from './CodeDialog.tsx'
import { EditPersonDialog } from './EditPersonDialog.tsx'
import { EndAccessDialog } from './EndAccessDialog.tsx'
import { peopleTexts } from './i18n.ts'
import './people.css'

type Open =
  | { readonly kind: 'add' }
  | { readonly kind: 'edit'; readonly person: Person }
  | { readonly kind: 'end'; readonly person: Person }
  | { readonly kind: 'sign-ins'; readonly person: Person }
  | { readonly kind: 'code'; readonly code: NewCode }

export function PeoplePage() {
  const t = useTexts(peopleTexts)
  useTitle(t('list.title'))
  const may = useMay()
  const list = useRead(people, 'list', {}, { enabled: may('users.R') })
  const [open, setOpen] = useState<Open | null>(null)
  const add = () => setOpen({ kind: 'add' })
  const close = () => setOpen(null)
  const showCode = (code: NewCode) => setOpen({ kind: 'code', code })
  useShortcuts([{ keys: 'n', labelKey: peopleTexts.key('list.add'), run: add, disabled: !may('users.C') }])
  const addButton = (
    <Button intent="primary" icon={<Plus />} kbd="n" onClick={add}>
      {t('list.add')}
    </Button>
  )
  return (
    <AdminFrame actions={addButton}>
      <Card padded={false} label={t('list.title')}>
        <QueryView query={list}>
          {(rows) => <PeopleTable rows={rows} onOpen={(person) => setOpen({ kind: 'edit', person })} />}
        </QueryView>
      </Card>
      {open?.kind === 'add' ? <AddPersonDialog onClose={close} onAdded={showCode} /> : null}
      {open?.kind === 'edit' ? (
        <EditPersonDialog
          person={open.person}
          onClose={close}
          onCode={showCode}
          onEnd={() => setOpen({ kind: 'end', person: open.person })}
          onSignIns={() => setOpen({ kind: 'sign-ins', person: open.person })}
        />
      ) : null}
      {open?.kind === 'sign-ins' ? <PersonSignInsDialog person={open.person} onClose={close} /> : null}
      {open?.kind === 'end' ? <EndAccessDialog person={open.person} onClose={close} /> : null}
      {open?.kind === 'code' ? <CodeDialog code={open.code} onClose={close} /> : null}
    </AdminFrame>
  )
}

function PeopleTable({ rows, onOpen }: { rows: readonly Person[]; onOpen: (person: Person) => void }) {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const { ago } = useFormats()
  const columns: Column<Person>[] = [
    { key: 'name', head: t('list.name'), rowHeader: true, cell: (p) => <span dir="auto">{p.name}</span> },
    {
      key: 'username',
      head: t('list.username'),
      optional: true,
      cell: (p) => (
        <span dir="ltr" className="os-dim">
          {p.username}
        </span>
      ),
    },
    {
      key: 'roles',
      head: t('list.roles'),
      cell: (p) => (
        <span className="people-tags">
          {p.roles.map((role) => (
            <Tag key={role}>{common(`role.${role}`)}</Tag>
          ))}
        </span>
      ),
    },
    { key: 'state', head: t('list.state'), cell: (p) => <StateTag person={p} /> },
    {
      key: 'last',
      head: t('list.lastSignIn'),
      optional: true,
      cell: (p) => <span className="os-dim">{p.lastSignInAt ? ago(p.lastSignInAt) : t('list.never')}</span>,
    },
  ]
  return (
    <Table
      label={t('list.title')}
      columns={columns}
      rows={rows}
      rowKey={(person) => person.id}
      onOpen={onOpen}
      isDim={(person) => !person.active}
      empty={<EmptyState title={t('list.empty')} text={t('list.emptyText')} />}
    />
  )
}

function StateTag({ person }: { person: Person }) {
  const t = useTexts(peopleTexts)
  const [tone, key]: [Tone, 'inactive' | 'active' | 'waiting' | 'none'] = !person.active
    ? ['neutral', 'inactive']
    : person.credential === 'set'
      ? ['ok', 'active']
      : ['warn', person.credential]
  return <Tag tone={tone}>{t(`state.${key}`)}</Tag>
}
