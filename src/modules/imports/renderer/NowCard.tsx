// Where an import stands, in words, with a bar while something runs.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Card } from '#ui/Card.tsx'
import { Progress } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import type { Batch } from '../shared/contract.ts'
import { isStuck, readFiles } from './batch-state.ts'
import { importTexts } from './i18n.ts'

export function NowCard({ batch, isSending }: { batch: Batch; isSending: boolean }) {
  const t = useTexts(importTexts)
  const { number } = useFormats()
  const { counts, status } = batch
  switch (status) {
    case 'staging': {
      if (isStuck(batch, isSending)) {
        return (
          <Notice tone="warn" title={t('batch.stagingStuck')}>
            {t('batch.stagingStuckText')}
          </Notice>
        )
      }
      // While files are sent, the card of the sending says how far it is.
      if (isSending) return null
      return (
        <Bar
          title={t('batch.reading')}
          of="batch.readingOf"
          done={readFiles(batch)}
          total={batch.files.length}
        />
      )
    }
    case 'ready':
      return (
        <Notice tone={counts.resources > 0 ? 'info' : 'warn'} title={t('batch.readyTitle')}>
          {t(counts.resources > 0 ? 'batch.readyText' : 'batch.readyEmpty')}
        </Notice>
      )
    case 'running':
      return <Bar title={t('batch.filing')} of="batch.filingOf" done={counts.filed} total={counts.groups} />
    case 'undoing':
      return <Bar title={t('batch.undoing')} />
    case 'done':
      return (
        <Notice tone="ok" title={t('batch.doneTitle')}>
          {t('batch.doneText', { count: counts.patients, n: number(counts.patients) })}
        </Notice>
      )
    case 'cancelled':
      return (
        <Notice tone="warn" title={t('batch.cancelledTitle')}>
          {t(counts.filed > 0 ? 'batch.cancelledText' : 'batch.cancelledNothing')}
        </Notice>
      )
    case 'undone':
      return <Undone counts={counts} />
    case 'discarded':
      return <Notice tone="info" title={t('batch.discardedTitle')} />
  }
}

interface BarProps {
  readonly title: string
  readonly of?: 'batch.readingOf' | 'batch.filingOf'
  readonly done?: number
  readonly total?: number
}

function Bar({ title, of, done, total = 0 }: BarProps) {
  const t = useTexts(importTexts)
  const { number } = useFormats()
  return (
    <Card>
      <div className="os-stack">
        <p className="os-strong">{title}</p>
        <Progress isBare label={title} value={total > 0 ? done : undefined} max={total} />
        {of && total > 0 ? (
          <p role="status">{t(of, { done: number(done ?? 0), total: number(total) })}</p>
        ) : null}
      </div>
    </Card>
  )
}

function Undone({ counts }: { counts: Batch['counts'] }) {
  const t = useTexts(importTexts)
  const { number } = useFormats()
  return (
    <Notice tone="info" title={t('batch.undoneTitle')}>
      <p>{t('batch.undoneText')}</p>
      <p>{t('batch.takenBack', { count: counts.takenBack, n: number(counts.takenBack) })}</p>
      <p>
        {counts.leftStanding > 0
          ? t('batch.stayed', { count: counts.leftStanding, n: number(counts.leftStanding) })
          : t('batch.stayedNone')}
      </p>
    </Notice>
  )
}
