// The print queue: what became of each paper, and what can be done about it.
import { useEffect, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState, Notice } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { showToast } from '#ui/toast.ts'
import { papers, type Printer, type PrintJob } from '../shared/contract.ts'
import { papersTexts } from './i18n.ts'
import './papers.css'

const tones = { queued: 'info', sent: 'info', done: 'ok', failed: 'bad', cancelled: 'neutral' } as const

export function PrintQueuePage() {
  const t = useTexts(papersTexts)
  useTitle(t('queue.title'))
  const jobs = useRead(papers, 'jobs', {})
  const [found, setFound] = useState<{ printers: readonly Printer[]; hasPrintSystem: boolean } | null>(null)
  const find = useAct(papers, 'findPrinters', { onDone: setFound })
  // Once, when the page opens.
  // oxlint-disable-next-line react/exhaustive-deps
  useEffect(() => find.start({}), [])
  return (
    <div className="os-page">
      <PageHeader title={t('queue.title')} />
      <p className="os-dim">{t('queue.lead')}</p>
      <QueryView query={jobs}>
        {(list) => <JobTable jobs={list} printers={found?.printers ?? []} />}
      </QueryView>
      <Card title={t('queue.printers')}>
        {found === null ? null : <Printers {...found} />}
        <Button small onClick={() => find.start({})} loading={find.isPending}>
          {t('queue.look')}
        </Button>
      </Card>
    </div>
  )
}

function Printers({ printers, hasPrintSystem }: { printers: readonly Printer[]; hasPrintSystem: boolean }) {
  const t = useTexts(papersTexts)
  if (!hasPrintSystem) return <p>{t('queue.noSystem')}</p>
  if (printers.length === 0) return <p>{t('queue.noPrinters')}</p>
  return (
    <ul className="pp-printers">
      {printers.map(({ name, state, isDefault }) => (
        <li key={name}>
          <bdi>{name}</bdi>
          <Tag tone={state === 'stopped' ? 'bad' : state === 'unknown' ? 'neutral' : 'ok'}>
            {t(`printer.${state}`)}
          </Tag>
          {isDefault ? <span className="os-dim">{t('queue.default')}</span> : null}
        </li>
      ))}
    </ul>
  )
}

function JobTable({ jobs, printers }: { jobs: readonly PrintJob[]; printers: readonly Printer[] }) {
  const t = useTexts(papersTexts)
  const { instant } = useFormats()
  const words = useErrorText()
  const retry = useAct(papers, 'retryJob')
  const cancel = useAct(papers, 'cancelJob', { onDone: () => showToast({ text: t('queue.cancelled') }) })
  const failure = retry.error ?? cancel.error
  const columns: Column<PrintJob>[] = [
    { key: 'paper', head: t('queue.paper'), rowHeader: true, cell: (job) => <bdi>{job.title}</bdi> },
    { key: 'printer', head: t('queue.printer'), cell: (job) => <bdi>{job.printer}</bdi> },
    {
      key: 'state',
      head: t('queue.state'),
      cell: (job) => (
        <div>
          <Tag tone={tones[job.state]}>{t(`state.${job.state}`)}</Tag>
          {job.problem ? <p className="pp-problem">{t(`problem.${job.problem}`)}</p> : null}
        </div>
      ),
    },
    { key: 'when', head: t('queue.when'), optional: true, cell: (job) => instant(job.createdAt) },
    { key: 'by', head: t('queue.by'), optional: true, cell: (job) => <bdi>{job.createdByName}</bdi> },
    {
      key: 'acts',
      head: t('queue.acts'),
      align: 'end',
      cell: (job) => (
        <JobActs
          job={job}
          printers={printers}
          onRetry={(printer) => retry.start({ id: job.id, printer })}
          onCancel={() => cancel.start({ id: job.id })}
        />
      ),
    },
  ]
  return (
    <>
      {failure ? <Notice tone="bad" title={words(failure)} /> : null}
      <Table
        label={t('queue.title')}
        columns={columns}
        rows={jobs}
        rowKey={(job) => job.id}
        isDim={(job) => job.state === 'done' || job.state === 'cancelled'}
        empty={<EmptyState title={t('queue.empty')} text={t('queue.emptyText')} />}
      />
    </>
  )
}

interface ActsProps {
  readonly job: PrintJob
  readonly printers: readonly Printer[]
  readonly onRetry: (printer: string | null) => void
  readonly onCancel: () => void
}

function JobActs({ job, printers, onRetry, onCancel }: ActsProps) {
  const t = useTexts(papersTexts)
  const others = printers.filter((printer) => printer.name !== job.printer)
  if (job.state === 'done' || job.state === 'cancelled') return null
  return (
    <span className="pp-acts">
      {job.state === 'failed' ? (
        <>
          <Button small onClick={() => onRetry(null)}>
            {t('queue.retry')}
          </Button>
          {others.length > 0 ? (
            <select
              className="os-input os-select pp-other"
              aria-label={t('queue.other')}
              value=""
              onChange={(event) => onRetry(event.currentTarget.value)}
            >
              <option value="">{t('queue.other')}</option>
              {others.map(({ name }) => (
                <option key={name} value={name}>
                  {name}
                </option>
              ))}
            </select>
          ) : null}
        </>
      ) : null}
      <Button small onClick={onCancel}>
        {t('queue.cancel')}
      </Button>
    </span>
  )
}
