// The charts this person opened last; in an empty clinic, the first thing to do instead.
import { useNavigate } from 'react-router'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMe } from '#renderer/api/session-store.ts'
import { useMay } from '#renderer/app/access.ts'
import { headerSearchInputId } from '#renderer/app/header-slot.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { patients } from '#modules/patients/shared/contract.ts'
import type { OutputOf } from '#shared/contract.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { clinicTexts } from './i18n.ts'

type Line = OutputOf<(typeof patients)['procedures']['recent']>['patients'][number]

export function RecentCard() {
  const may = useMay()
  return may('patientSearch.R') ? <Recent /> : null
}

function Recent() {
  const t = useTexts(clinicTexts)
  const recent = useRead(patients, 'recent', {})
  return (
    <Card title={t('today.recent')} padded={false}>
      <QueryView query={recent} small>
        {({ patients: lines, total }) => {
          if (total === 0) return <EmptyClinic />
          return lines.length === 0 ? <NoneOpened /> : <Lines lines={lines} />
        }}
      </QueryView>
    </Card>
  )
}

function EmptyClinic() {
  const t = useTexts(clinicTexts)
  const may = useMay()
  const navigate = useNavigate()
  const canImport = may('fileImport.C')
  const canRegister = may('demographics.C')
  return (
    <EmptyState
      title={t('today.empty')}
      text={canImport || canRegister ? t('today.emptyText') : t('today.emptyOther')}
      action={
        <>
          {canImport ? (
            <Button intent="primary" onClick={() => void navigate('/imports/new')}>
              {t('today.import')}
            </Button>
          ) : null}
          {canRegister ? (
            <Button intent={canImport ? 'none' : 'primary'} onClick={() => void navigate('/patients/new')}>
              {t('today.register')}
            </Button>
          ) : null}
        </>
      }
    />
  )
}

function NoneOpened() {
  const t = useTexts(clinicTexts)
  const focusSearch = () => document.getElementById(headerSearchInputId)?.focus()
  return (
    <EmptyState
      title={t('today.recentNone')}
      text={t('today.recentNoneText')}
      action={
        <Button kbd="/" onClick={focusSearch}>
          {t('today.search')}
        </Button>
      }
    />
  )
}

function Lines({ lines }: { lines: readonly Line[] }) {
  const t = useTexts(clinicTexts)
  const common = useTexts(commonTexts)
  const f = useFormats()
  const { role } = useMe()
  const may = useMay()
  const navigate = useNavigate()
  // Those who read no notes have no chart to open, only the person's details.
  const pathOf = (id: string) =>
    role !== 'patient' && may('notes.R') ? `/patients/${id}` : `/patients/${id}/details`
  const columns: Column<Line>[] = [
    {
      key: 'name',
      head: t('today.name'),
      rowHeader: true,
      cell: (p) => (
        <>
          <span dir="auto">{p.name}</span>
          {p.deceased ? <span className="os-dim"> ({t('today.deceased')})</span> : null}
        </>
      ),
    },
    {
      key: 'age',
      head: t('today.age'),
      cell: (p) => <span className="os-num">{p.birthDate ? f.age(p.birthDate) : null}</span>,
    },
    {
      key: 'sex',
      head: t('today.sex'),
      optional: true,
      cell: (p) => (p.gender ? common(`gender.${p.gender}`) : null),
    },
    {
      key: 'number',
      head: t('today.number'),
      optional: true,
      cell: (p) => (
        <span className="os-num os-dim" dir="ltr">
          {p.recordNumber}
        </span>
      ),
    },
    {
      key: 'opened',
      head: t('today.opened'),
      align: 'end',
      cell: (p) => <span className="os-dim">{p.openedAt ? f.ago(p.openedAt) : null}</span>,
    },
  ]
  return (
    <Table
      label={t('today.recent')}
      columns={columns}
      rows={lines}
      rowKey={(line) => line.id}
      onOpen={(line) => void navigate(pathOf(line.id))}
    />
  )
}
