// What restores put aside: when, how much, until when, and an administrator's way to be rid of it sooner.
import { useState } from 'react'
import { useAct } from '#renderer/api/hooks.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { backups, type Kept } from '../shared/contract.ts'
import { useBackupWords } from './words.ts'

export function KeptCard({ kept }: { kept: readonly Kept[] }) {
  const { t } = useBackupWords()
  const f = useFormats()
  const [asked, setAsked] = useState<Kept | null>(null)
  return (
    <Card title={t('kept.title')}>
      <p className="bak-text">{t('kept.text')}</p>
      {kept.length === 0 ? <p className="os-dim">{t('kept.empty')}</p> : null}
      <ul className="bak-targets">
        {kept.map((folder) => (
          <li key={folder.name} className="bak-target">
            <div className="bak-target-words">
              <div>
                <b>{t('kept.of', { time: f.instant(folder.at, 'short-date-time') })}</b>{' '}
                <span className="os-dim">{f.bytes(folder.bytes)}</span>{' '}
                {folder.whose === 'ours' ? null : <Tag tone="warn">{t(`kept.whose.${folder.whose}`)}</Tag>}
              </div>
              <div>
                {folder.goesAt === null
                  ? t(folder.goes === 'by-hand' ? 'kept.goes.by-hand' : 'kept.goes.next-backup')
                  : t('kept.goes.date', { date: f.instant(folder.goesAt, 'date') })}
              </div>
            </div>
            <div className="bak-target-acts">
              <Button
                small
                label={t('kept.removeThis', { time: f.instant(folder.at, 'short-date-time') })}
                onClick={() => setAsked(folder)}
              >
                {t('kept.remove')}
              </Button>
            </div>
          </li>
        ))}
      </ul>
      {asked ? <RemoveDialog folder={asked} onClose={() => setAsked(null)} /> : null}
    </Card>
  )
}

function RemoveDialog({ folder, onClose }: { folder: Kept; onClose: () => void }) {
  const { t, error } = useBackupWords()
  const f = useFormats()
  const remove = useAct(backups, 'removeKept', {
    onDone: () => {
      showToast({ text: t('kept.removed') })
      onClose()
    },
  })
  return (
    <Dialog
      title={t('kept.removeTitle', { time: f.instant(folder.at, 'short-date-time') })}
      isOpen
      onClose={onClose}
      onSubmit={() => remove.start({ name: folder.name })}
      submitLabel={t('kept.remove')}
      submitIntent="danger"
      isBusy={remove.isPending}
      error={remove.error ? error(remove.error) : undefined}
    >
      <Notice tone="warn">{t(folder.whose === 'other' ? 'kept.warnOther' : 'kept.warn')}</Notice>
    </Dialog>
  )
}
