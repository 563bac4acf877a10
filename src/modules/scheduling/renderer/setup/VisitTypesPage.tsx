// The kinds of visit: how long, which colour, which fee and note, who may book them.
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
import { scheduling, type VisitType } from '#modules/scheduling/shared/contract.ts'
import { schedulingTexts } from '../i18n.ts'
import { ColourMark } from './ColourChoice.tsx'
import { VisitTypeDialog } from './VisitTypeDialog.tsx'
import '../scheduling.css'

export function VisitTypesPage() {
  const t = useTexts(schedulingTexts)
  useTitle(t('type.title'))
  const setup = useRead(scheduling, 'setup', {})
  const [open, setOpen] = useState<{ readonly type: VisitType | null } | null>(null)
  const add = () => setOpen({ type: null })
  useShortcuts([{ keys: 'n', labelKey: schedulingTexts.key('type.add'), run: add }])
  const columns: Column<VisitType>[] = [
    {
      key: 'name',
      head: t('word.name'),
      rowHeader: true,
      cell: (type) => (
        <span className="sc-named">
          <ColourMark colour={type.colour} />
          <bdi>{type.name}</bdi>
        </span>
      ),
    },
    { key: 'length', head: t('type.length'), cell: (type) => t('word.minutes', { count: type.minutes }) },
    { key: 'fee', head: t('type.fee'), optional: true, cell: (type) => <bdi>{type.feeCode ?? ''}</bdi> },
    { key: 'room', head: t('type.room'), optional: true, cell: (type) => <bdi>{type.roomKind ?? ''}</bdi> },
    {
      key: 'state',
      head: t('word.state'),
      cell: (type) => (
        <Tag tone={type.active ? 'ok' : 'neutral'}>{t(type.active ? 'word.active' : 'word.inactive')}</Tag>
      ),
    },
  ]
  return (
    <AdminFrame
      actions={
        <Button intent="primary" icon={<Plus />} kbd="n" onClick={add}>
          {t('type.add')}
        </Button>
      }
    >
      <QueryView query={setup}>
        {(data) => (
          <Card padded={false} label={t('type.title')}>
            <Table
              label={t('type.title')}
              columns={columns}
              rows={[...data.visitTypes].sort((a, b) => a.position - b.position)}
              rowKey={(type) => type.id}
              onOpen={(type) => setOpen({ type })}
              isDim={(type) => !type.active}
              empty={<EmptyState small title={t('type.empty')} text={t('type.emptyText')} />}
            />
            {open ? <VisitTypeDialog type={open.type} setup={data} onClose={() => setOpen(null)} /> : null}
          </Card>
        )}
      </QueryView>
    </AdminFrame>
  )
}
