// Every notice to me and to my role, newest first; seen ones are dim.
import { useRead, useAct } from '#renderer/api/hooks.ts'
import { useShortcuts } from '#renderer/app/actions.ts'
import { useTitle } from '#renderer/app/title.ts'
import { textOf } from '#renderer/i18n/define.ts'
import { Button } from '#ui/Button.tsx'
import { Tag } from '#ui/Marks.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { showToast } from '#ui/toast.ts'
import { useState } from 'react'
import { type Notice, oversight } from '../shared/contract.ts'
import { oversightTexts } from './i18n.ts'
import { ListCard, pageLength } from './ListCard.tsx'
import { useOversightWords } from './words.tsx'
import './oversight.css'

export function NoticesPage() {
  const { t } = useOversightWords()
  useTitle(t('notices.title'))
  const [limit, setLimit] = useState(pageLength)
  const read = useRead(oversight, 'notices', { limit }, { keepPrevious: true })
  const mark = useAct(oversight, 'markSeen', {
    onDone: ({ seen }) => showToast({ text: textOf(oversightTexts, 'notices.markedSeen', { count: seen }) }),
  })
  const hasNew = read.data?.notices.some((notice) => !notice.seen) ?? false
  const markAll = () => mark.start({})
  useShortcuts([
    { keys: 'm', labelKey: oversightTexts.key('notices.allSeen'), run: markAll, disabled: !hasNew },
  ])
  return (
    <div className="os-page">
      <PageHeader
        title={t('notices.title')}
        actions={
          <Button kbd="m" onClick={markAll} disabled={!hasNew} loading={mark.isPending}>
            {t('notices.allSeen')}
          </Button>
        }
      />
      <ListCard title={t('notices.title')} query={read} limit={limit} onLimit={setLimit}>
        {({ notices }) => (
          <NoticeTable notices={notices} onOpen={(n) => (n.seen ? undefined : mark.start({ ids: [n.id] }))} />
        )}
      </ListCard>
    </div>
  )
}

interface NoticeTableProps {
  readonly notices: readonly Notice[]
  readonly onOpen?: (notice: Notice) => void
}

export function NoticeTable({ notices, onOpen }: NoticeTableProps) {
  const { t, f, say } = useOversightWords()
  const columns: readonly Column<Notice>[] = [
    {
      key: 'what',
      head: t('notices.what'),
      rowHeader: true,
      cell: (n) => (
        <span className="ov-what">
          <span>{say(n)}</span>
          {n.seen ? null : <Tag tone="info">{t('notices.new')}</Tag>}
        </span>
      ),
    },
    {
      key: 'patient',
      head: t('notices.patient'),
      optional: true,
      cell: (n) => <bdi>{n.patientName ?? ''}</bdi>,
    },
    {
      key: 'when',
      head: t('notices.when'),
      align: 'end',
      cell: (n) => <span className="os-dim ov-nowrap">{f.instant(n.at, 'short-date-time')}</span>,
    },
  ]
  return (
    <Table
      label={t('notices.title')}
      columns={columns}
      rows={notices}
      rowKey={(n) => n.id}
      onOpen={onOpen}
      isDim={(n) => n.seen}
      empty={<EmptyState small title={t('notices.empty')} text={t('notices.emptyText')} />}
    />
  )
}
