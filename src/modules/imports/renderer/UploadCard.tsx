// Sending the chosen files: how far, what is on its way, stop, and sending again what did not get through.
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Progress } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import type { Batch } from '../shared/contract.ts'
import { importTexts } from './i18n.ts'
import { sendAgain, stopSending, type Upload } from './upload-queue.ts'

export function UploadCard({ batchId, upload }: { batchId: Batch['id']; upload: Upload }) {
  const t = useTexts(importTexts)
  const { number } = useFormats()
  const { state, failed, total, done, now } = upload
  if (state === 'finished' && failed.length === 0) return null
  if (state !== 'sending') {
    return (
      <Notice tone="warn">
        <span className="os-row">
          {failed.length > 0 ? t('upload.failed', { count: failed.length }) : t('upload.stopped')}
          {failed.length > 0 ? (
            <Button small onClick={() => sendAgain(batchId)}>
              {t('upload.again')}
            </Button>
          ) : null}
        </span>
      </Notice>
    )
  }
  return (
    <Card
      title={t('upload.title')}
      actions={
        <Button small onClick={() => stopSending(batchId)}>
          {t('upload.stop')}
        </Button>
      }
    >
      <div className="os-stack">
        {/* A single file of unknown speed says only that it is on its way. */}
        <Progress isBare label={t('upload.title')} value={total > 1 ? done : undefined} max={total} />
        <p role="status">{t('upload.progress', { done: number(done), total: number(total) })}</p>
        {now ? (
          <p className="os-dim os-sm os-clip">
            <bdi>{t('upload.now', { name: now })}</bdi>
          </p>
        ) : null}
        <p className="os-dim os-sm">{t('upload.leave')}</p>
      </div>
    </Card>
  )
}
