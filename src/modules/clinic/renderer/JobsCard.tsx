// What the clock starts by itself: when it last ran, when it runs next, and how it went in plain words.
import { jobWords } from '#renderer/app/registry.ts'
import { useLabel, useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import type { Health } from '../shared/contract.ts'
import { clinicTexts } from './i18n.ts'

type Job = Health['jobs'][number]

export function JobsCard({ jobs }: { jobs: readonly Job[] }) {
  const t = useTexts(clinicTexts)
  const label = useLabel()
  const f = useFormats()
  const nameOf = (job: Job): string => {
    const words = jobWords(job.name)
    return words ? label(words.labelKey) : job.name
  }
  const columns: readonly Column<Job>[] = [
    { key: 'name', head: t('jobs.name'), cell: nameOf, rowHeader: true },
    {
      key: 'last',
      head: t('jobs.last'),
      cell: (job) => (job.lastRunAt ? f.instant(job.lastRunAt, 'short-date-time') : t('jobs.never')),
    },
    {
      key: 'next',
      head: t('jobs.next'),
      cell: (job) => (job.running ? t('jobs.running') : f.instant(job.dueAt, 'short-date-time')),
      optional: true,
    },
    { key: 'outcome', head: t('jobs.outcome'), cell: (job) => <Outcome job={job} /> },
  ]
  return (
    <Card title={t('jobs.title')} padded={false}>
      <Table label={t('jobs.title')} columns={columns} rows={jobs} rowKey={(job) => job.name} />
    </Card>
  )
}

function Outcome({ job }: { job: Job }) {
  const t = useTexts(clinicTexts)
  const label = useLabel()
  if (job.outcome === null) return <span className="os-dim">{t('jobs.never')}</span>
  if (job.outcome === 'ok') return <Tag tone="ok">{t('jobs.ok')}</Tag>
  const key = job.problem === null ? undefined : jobWords(job.name)?.problems[job.problem]
  return (
    <span className="health-job">
      <Tag tone={job.failures > 1 ? 'warn' : 'neutral'}>{t('jobs.failed')}</Tag>
      <span>{key ? label(key) : t('jobs.internal')}</span>
      <span className="os-dim">{t('jobs.failures', { count: job.failures })}</span>
    </span>
  )
}
