// "Who opened this record", for a patient who asks: plain lines, the state of the log, a question for each line.
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useTitle } from '#renderer/app/title.ts'
import { textOf } from '#renderer/i18n/define.ts'
import type { PatientId } from '#shared/ids.ts'
import { addDays, dayRange } from '#shared/zoned-time.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { DateField } from '#ui/DateField.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Tag } from '#ui/Marks.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { EmptyState, Notice } from '#ui/States.tsx'
import { type Column, Table } from '#ui/Table.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type AccessLine, type AccessReport, audit } from '../shared/contract.ts'
import { auditTexts } from './i18n.ts'
import { PaperActs } from './PaperActs.tsx'
import { useAuditWords } from './words.ts'
import './audit.css'

export function WhoOpenedPage() {
  const { patientId = '' } = useParams()
  return <WhoOpened key={patientId} patientId={patientId as PatientId} />
}

function WhoOpened({ patientId }: { patientId: PatientId }) {
  const { t, f } = useAuditWords()
  useTitle(t('who.title'))
  const navigate = useNavigate()
  const [fromDay, setFrom] = useState<string | null>(null)
  const [toDay, setTo] = useState<string | null>(null)
  const period = {
    from: fromDay?.length === 10 ? dayRange(fromDay, f.timeZone).from : null,
    to: toDay?.length === 10 ? dayRange(addDays(toDay, 1), f.timeZone).from : null,
  }
  const read = useRead(audit, 'accessReport', { patientId, ...period }, { keepPrevious: true })
  const print = useAct(audit, 'printAccessReport')
  const [asked, setAsked] = useState<AccessLine | null>(null)
  return (
    <div className="os-page">
      <PageHeader
        title={t('who.title')}
        meta={<bdi>{read.data?.patientName ?? ''}</bdi>}
        actions={
          <Button onClick={() => void navigate(`/audit/patients/${patientId}/disclosures`)}>
            {t('disclosed.title')}
          </Button>
        }
      />
      <Card label={t('filter.title')}>
        <div className="os-stack">
          <div className="au-filters">
            <DateField label={t('filter.from')} empty={t('filter.any')} value={fromDay} onChange={setFrom} />
            <DateField label={t('filter.to')} empty={t('filter.any')} value={toDay} onChange={setTo} />
          </div>
          <NamesSetting />
          <PaperActs
            make={(language, then) => print.start({ patientId, ...period, language }, then)}
            isPending={print.isPending}
          />
        </div>
      </Card>
      <QueryView query={read}>
        {(report) => (
          <>
            <Verified report={report} />
            <Card padded={false} label={t('who.title')} className="au-wide" isWide>
              <AccessTable lines={report.lines} onAsk={setAsked} />
            </Card>
            {report.isCut ? <p className="os-dim">{t('who.cut')}</p> : null}
          </>
        )}
      </QueryView>
      {asked ? <QuestionDialog patientId={patientId} line={asked} onClose={() => setAsked(null)} /> : null}
    </div>
  )
}

function NamesSetting() {
  const { t } = useAuditWords()
  const { data } = useRead(audit, 'settings', {})
  const save = useAct(audit, 'saveSettings', {
    onDone: () => showToast({ text: textOf(auditTexts, 'who.saved') }),
  })
  if (!data) return null
  return (
    <Checkbox
      checked={data.accessReportNames}
      onChange={(accessReportNames) => save.start({ accessReportNames })}
      hint={t('who.namesHint')}
      disabled={save.isPending}
    >
      {t('who.names')}
    </Checkbox>
  )
}

function Verified({ report }: { report: AccessReport }) {
  const { t, f } = useAuditWords()
  const { ok, checkedAt } = report.verification
  if (!ok) return <Notice tone="bad">{t('who.broken')}</Notice>
  return (
    <p className="os-dim">
      {checkedAt === null
        ? t('who.unchecked')
        : t('who.verified', { time: f.instant(checkedAt, 'short-date-time') })}
    </p>
  )
}

interface AccessTableProps {
  readonly lines: readonly AccessLine[]
  readonly onAsk: (line: AccessLine) => void
}

function AccessTable({ lines, onAsk }: AccessTableProps) {
  const { t, f, role, category, device } = useAuditWords()
  const columns: readonly Column<AccessLine>[] = [
    {
      key: 'day',
      head: t('who.day'),
      cell: (line) => (
        <>
          <span className="au-nowrap">{f.date(line.date, 'short')}</span>{' '}
          <span className="os-dim os-sm">{t('who.times', { count: line.times })}</span>
        </>
      ),
    },
    {
      key: 'who',
      head: t('who.who'),
      rowHeader: true,
      cell: (line) => (
        <>
          {line.name ? (
            <>
              <bdi>{line.name}</bdi>{' '}
            </>
          ) : null}
          <span className={line.name ? 'os-dim' : ''}>
            {line.role === null ? t('log.nobody') : role(line.role)}
          </span>
        </>
      ),
    },
    {
      key: 'what',
      head: t('who.what'),
      optional: true,
      cell: (line) =>
        f.list([
          ...line.categories.map(category),
          ...(line.changed ? [t('who.changed')] : []),
          ...(line.printed ? [t('who.printed')] : []),
        ]),
    },
    {
      key: 'how',
      head: t('who.how'),
      cell: (line) => (
        <>
          {line.emergency ? <Tag tone="bad">{t('who.emergency')}</Tag> : t('who.normal')}{' '}
          <span className="os-dim os-sm os-wide-only">{device(line.device)}</span>
        </>
      ),
    },
    {
      key: 'ask',
      head: <span className="os-sr">{t('who.question')}</span>,
      align: 'end',
      cell: (line) => (
        <Button small variant="minimal" className="au-ask" onClick={() => onAsk(line)}>
          {t('who.question')}
        </Button>
      ),
    },
  ]
  return (
    <Table
      label={t('who.title')}
      columns={columns}
      rows={lines}
      rowKey={(line) => String(line.seq)}
      empty={<EmptyState small title={t('who.empty')} />}
    />
  )
}

interface QuestionDialogProps {
  readonly patientId: PatientId
  readonly line: AccessLine
  readonly onClose: () => void
}

function QuestionDialog({ patientId, line, onClose }: QuestionDialogProps) {
  const { t, f, role } = useAuditWords()
  const errorWords = useErrorText()
  const [words, setWords] = useState('')
  const ask = useAct(audit, 'question', {
    onDone: () => {
      showToast({ text: textOf(auditTexts, 'who.asked') })
      onClose()
    },
  })
  return (
    <Dialog
      title={t('who.questionTitle')}
      isOpen
      onClose={onClose}
      onSubmit={() => ask.start({ patientId, seq: line.seq, words: words.trim() || null })}
      isBusy={ask.isPending}
      error={ask.error ? errorWords(ask.error) : null}
    >
      <div className="os-stack">
        <p>
          {f.date(line.date, 'long')} · {line.role === null ? t('log.nobody') : role(line.role)}
        </p>
        <TextField
          label={t('who.questionWords')}
          optional
          value={words}
          onChange={setWords}
          maxLength={300}
          autoFocus
        />
      </div>
    </Dialog>
  )
}
