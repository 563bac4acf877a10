// The permission matrix in words: all roles side by side, or one role as it sees the clinic.
import { useState } from 'react'
import { useMe } from '#renderer/api/session-store.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import {
  type Act,
  type Area,
  acts,
  areas,
  grantOf,
  type Role,
  roles,
  type Scope,
} from '#shared/permissions.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Table } from '#ui/Table.tsx'
import { peopleTexts } from './i18n.ts'
import './people.css'

export function PermissionsPage() {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const me = useMe()
  const [role, setRole] = useState<Role | null>(() => (isNarrow() ? me.role : null))
  useTitle(t('matrix.title'))
  return (
    <AdminFrame>
      <p className="os-dim">{t('matrix.text')}</p>
      <div className="matrix-roles" role="group" aria-label={t('matrix.view')}>
        <Button pressed={role === null} onClick={() => setRole(null)}>
          {t('matrix.all')}
        </Button>
        {roles.map((name) => (
          <Button key={name} pressed={role === name} onClick={() => setRole(name)}>
            {common(`role.${name}`)}
          </Button>
        ))}
      </div>
      {role ? <OneRole role={role} /> : <AllRoles />}
    </AdminFrame>
  )
}

/** Nine columns do not fit a phone: it starts with the own role. */
const isNarrow = (): boolean => window.matchMedia('(max-width: 640px)').matches

/** Acts that share a scope stand together: "create, read · own patients". */
function groupsOf(role: Role, area: Area): { scope: Scope; acts: Act[] }[] {
  const grant = grantOf(role, area)
  const groups = new Map<Scope, Act[]>()
  for (const act of acts) {
    const scope = grant[act]
    if (scope) groups.set(scope, [...(groups.get(scope) ?? []), act])
  }
  return [...groups].map(([scope, list]) => ({ scope, acts: list }))
}

function OneRole({ role }: { role: Role }) {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const { list } = useFormats()
  const rows = areas.flatMap((area) => groupsOf(role, area).map((group) => ({ area, ...group })))
  const closed = areas.filter((area) => groupsOf(role, area).length === 0)
  return (
    <Card title={common(`role.${role}`)} meta={t(`role.about.${role}`)} padded={false}>
      <Table
        label={common(`role.${role}`)}
        rows={rows}
        rowKey={(row) => `${row.area} ${row.scope}`}
        columns={[
          { key: 'area', head: t('matrix.area'), rowHeader: true, cell: (row) => t(`area.${row.area}`) },
          { key: 'may', head: t('matrix.may'), cell: (row) => list(row.acts.map((act) => t(`act.${act}`))) },
          { key: 'whose', head: t('matrix.whose'), cell: (row) => t(`scope.${row.scope}`) },
        ]}
        empty={<p className="os-card-body os-dim">{t('matrix.nothingFor')}</p>}
      />
      {closed.length > 0 ? (
        <p className="os-card-body os-dim os-sm">
          {t('matrix.others', { areas: list(closed.map((area) => t(`area.${area}`))) })}
        </p>
      ) : null}
    </Card>
  )
}

function AllRoles() {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  return (
    <>
      <p className="matrix-legend os-dim os-sm">
        {acts.map((act) => (
          <span key={act}>
            <b>{act}</b> {t(`act.${act}`)}
          </span>
        ))}
      </p>
      <Card padded={false} label={t('matrix.title')} className="matrix-grid" isWide>
        <Table
          label={t('matrix.title')}
          rows={areas}
          rowKey={(area) => area}
          columns={[
            { key: 'area', head: t('matrix.area'), rowHeader: true, cell: (area) => t(`area.${area}`) },
            ...roles.map((role) => ({
              key: role,
              head: common(`role.${role}`),
              cell: (area: Area) => <Cell role={role} area={area} />,
            })),
          ]}
        />
      </Card>
    </>
  )
}

function Cell({ role, area }: { role: Role; area: Area }) {
  const t = useTexts(peopleTexts)
  const groups = groupsOf(role, area)
  if (groups.length === 0) {
    return (
      <span className="os-dim">
        <span aria-hidden="true">–</span>
        <span className="os-sr">{t('matrix.nothing')}</span>
      </span>
    )
  }
  return (
    <>
      {groups.map((group) => (
        <span key={group.scope} className="matrix-cell">
          <b aria-hidden="true">{group.acts.join('')}</b>
          <span className="os-sr">{group.acts.map((act) => t(`act.${act}`)).join(', ')}</span>
          <small>{t(`short.${group.scope}`)}</small>
        </span>
      ))}
    </>
  )
}
