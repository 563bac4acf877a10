// One import from sending to filing and, if need be, back: what happens now, what was found, what went wrong.
import { useState } from 'react'
import { useNavigate, useParams } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { useMe } from '#renderer/api/session-store.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { PageHeader } from '#ui/PageHeader.tsx'
import { EmptyState } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { type Batch, imports } from '../shared/contract.ts'
import { BatchFigures, BatchStatus } from './BatchMarks.tsx'
import { acts, isAtWork } from './batch-state.ts'
import { CareTeamCard, type Team } from './CareTeamCard.tsx'
import { DropZone } from './DropZone.tsx'
import { FilesCard, TypesCard } from './BatchTables.tsx'
import { importTexts } from './i18n.ts'
import { NowCard } from './NowCard.tsx'
import { ProblemsCard } from './ProblemsCard.tsx'
import { UndoDialog } from './UndoDialog.tsx'
import { UploadCard } from './UploadCard.tsx'
import { sendFiles, useUpload } from './upload-queue.ts'
import './imports.css'

const askAgainMs = 1_500

export function BatchPage() {
  const { batchId = '' } = useParams()
  return <OneBatch key={batchId} batchId={batchId as Batch['id']} />
}

function OneBatch({ batchId }: { batchId: Batch['id'] }) {
  const t = useTexts(importTexts)
  const navigate = useNavigate()
  const [isBusy, setBusy] = useState(true)
  // Progress is announced; asking as well keeps the figures moving where an announcement gets lost.
  const read = useRead(imports, 'get', { batchId }, isBusy ? { everyMs: askAgainMs } : {})
  const atWork = read.data ? isAtWork(read.data.status) : true
  if (atWork !== isBusy) setBusy(atWork)
  if (read.error?.code === 'NOT_FOUND' || read.error?.code === 'INVALID_INPUT') {
    return (
      <EmptyState
        title={t('batch.missing')}
        text={t('batch.missingText')}
        action={<Button onClick={() => void navigate('/imports')}>{t('batch.toList')}</Button>}
      />
    )
  }
  return (
    <div className="os-page">
      <QueryView query={read}>{(batch) => <BatchView batch={batch} />}</QueryView>
    </div>
  )
}

function BatchView({ batch: known }: { batch: Batch }) {
  const t = useTexts(importTexts)
  const { instant } = useFormats()
  const { role } = useMe()
  const upload = useUpload(known.id)
  const isSending = upload?.state === 'sending'
  // Between two files of one sending the batch is ready for a moment; that is nothing to show.
  const batch: Batch = isSending && known.status === 'ready' ? { ...known, status: 'staging' } : known
  const isOwnTeam = role === 'doctor'
  const [team, setTeam] = useState<Team>(null)
  const [isAdding, setAdding] = useState(false)
  const can = acts(batch, isSending)
  const when = instant(batch.createdAt)
  return (
    <>
      <PageHeader
        title={<bdi>{batch.sourceName}</bdi>}
        meta={
          <>
            <BatchStatus status={batch.status} />
            <span className="os-sm">
              {batch.createdByName
                ? t('batch.by', { when, name: batch.createdByName })
                : t('batch.begun', { when })}
              {batch.finishedAt ? ` · ${t('batch.finished', { when: instant(batch.finishedAt) })}` : null}
            </span>
          </>
        }
        actions={<BatchActs batch={batch} team={team} isSending={isSending} onAdd={() => setAdding(true)} />}
      />
      {upload ? <UploadCard batchId={batch.id} upload={upload} /> : null}
      <NowCard batch={batch} isSending={isSending} />
      {isAdding && can.addFiles ? (
        <DropZone
          autoFocus
          onPick={({ files }) => {
            setAdding(false)
            sendFiles(batch.id, files)
          }}
        />
      ) : null}
      <Card label={t('types.title')}>
        <BatchFigures counts={batch.counts} />
      </Card>
      {can.start || can.resume ? <CareTeamCard team={team} onChange={setTeam} isOwn={isOwnTeam} /> : null}
      <ProblemsCard batchId={batch.id} />
      <div className="im-columns">
        <TypesCard counts={batch.counts} />
        <FilesCard files={batch.files} />
      </div>
    </>
  )
}

interface BatchActsProps {
  readonly batch: Batch
  readonly team: Team
  readonly isSending: boolean
  readonly onAdd: () => void
}

function BatchActs({ batch, team, isSending, onAdd }: BatchActsProps) {
  const t = useTexts(importTexts)
  const errorWords = useErrorText()
  const [isUndoing, setUndoing] = useState(false)
  const can = acts(batch, isSending)
  const batchId = batch.id
  const fail = {
    onError: (error: Parameters<typeof errorWords>[0]) => showToast({ text: errorWords(error), tone: 'bad' }),
  }
  const start = useAct(imports, 'start', fail)
  const cancel = useAct(imports, 'cancel', fail)
  const discard = useAct(imports, 'discard', {
    ...fail,
    onDone: () => showToast({ text: t('batch.discarded'), tone: 'info' }),
  })
  const file = () => start.start({ batchId, careTeam: team ? [...team] : [] })
  const hasTeam = team === null || team.size > 0
  return (
    <>
      {can.addFiles ? <Button onClick={onAdd}>{t('batch.addFiles')}</Button> : null}
      {can.discard ? (
        <Button onClick={() => discard.start({ batchId })} loading={discard.isPending}>
          {t('batch.discard')}
        </Button>
      ) : null}
      {can.cancel ? (
        <Button onClick={() => cancel.start({ batchId })} loading={cancel.isPending}>
          {t('batch.cancel')}
        </Button>
      ) : null}
      {can.undo ? (
        <Button intent="danger" onClick={() => setUndoing(true)}>
          {t('batch.undo')}
        </Button>
      ) : null}
      {can.start || can.resume ? (
        <Button intent="primary" onClick={file} loading={start.isPending} disabled={!hasTeam}>
          {t(can.resume ? 'batch.resume' : 'batch.start')}
        </Button>
      ) : null}
      <UndoDialog batchId={batchId} isOpen={isUndoing} onClose={() => setUndoing(false)} />
    </>
  )
}
