// The places backups lie at, how each stands, and what is missing among them.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Button } from '#ui/Button.tsx'
import { Card } from '#ui/Card.tsx'
import { Tag } from '#ui/Marks.tsx'
import { Notice } from '#ui/States.tsx'
import { showToast } from '#ui/toast.ts'
import { backups, homeTarget, type Target } from '../shared/contract.ts'
import { TargetDialog } from './TargetDialog.tsx'
import { useBackupWords } from './words.ts'

export function TargetsCard({ targets }: { targets: readonly Target[] }) {
  const { t } = useBackupWords()
  const [open, setOpen] = useState<Target | 'new' | null>(null)
  const isOutside = targets.some((target) => target.offSite)
  const isLocked = targets.some((target) => target.neverDelete)
  return (
    <Card
      title={t('targets.title')}
      actions={
        <Button small onClick={() => setOpen('new')}>
          {t('targets.add')}
        </Button>
      }
    >
      {isOutside ? null : (
        <Notice tone="warn" title={t('targets.noOffSite')}>
          {t('targets.noOffSiteText')}
        </Notice>
      )}
      {isOutside && !isLocked ? (
        <Notice tone="warn" title={t('targets.noLock')}>
          {t('targets.noLockText')}
        </Notice>
      ) : null}
      <ul className="bak-targets">
        {targets.map((target) => (
          <TargetRow key={target.id} target={target} onEdit={() => setOpen(target)} />
        ))}
      </ul>
      {open ? <TargetDialog target={open === 'new' ? null : open} onClose={() => setOpen(null)} /> : null}
    </Card>
  )
}

function TargetRow({ target, onEdit }: { target: Target; onEdit: () => void }) {
  const { t, problem } = useBackupWords()
  const f = useFormats()
  const words = useErrorText()
  const isHome = target.id === homeTarget
  const test = useAct(backups, 'testTarget')
  const remove = useAct(backups, 'removeTarget', { onDone: () => showToast({ text: t('targets.removed') }) })
  const failed = test.error ?? remove.error
  return (
    <li>
      <div className="bak-target">
        <div className="bak-target-words">
          <div className="bak-line">
            <b dir="auto">{isHome ? t('targets.home') : target.name}</b>
            {target.offSite ? <Tag tone="info">{t('targets.offSite')}</Tag> : null}
            {target.neverDelete ? <Tag tone="violet">{t('targets.neverDelete')}</Tag> : null}
          </div>
          <div className="os-dim bak-path" dir="ltr">
            {target.kind === 'folder' ? target.path : `${target.endpoint ?? ''} · ${target.bucket ?? ''}`}
          </div>
          {isHome ? <div className="os-dim">{t('targets.homeText')}</div> : null}
          <div>
            {target.newestGoodAt === null ? (
              <Tag tone="warn">{t('targets.never')}</Tag>
            ) : (
              <>
                <Tag tone="ok">{t('targets.newest', { ago: f.ago(target.newestGoodAt) })}</Tag>{' '}
                <span className="os-dim">{t('targets.copies', { count: target.copies })}</span>
              </>
            )}
          </div>
          {target.problem ? <div className="bak-problem">{problem(target.problem)}</div> : null}
        </div>
        <div className="bak-target-acts">
          <Button small onClick={() => test.start({ id: target.id })} loading={test.isPending}>
            {t('targets.test')}
          </Button>
          {isHome ? null : (
            <>
              <Button small onClick={onEdit}>
                {t('targets.edit')}
              </Button>
              <Button
                small
                onClick={() => remove.start({ id: target.id, rev: target.rev })}
                loading={remove.isPending}
              >
                {t('targets.remove')}
              </Button>
            </>
          )}
        </div>
      </div>
      <div aria-live="polite">
        {failed ? <Notice tone="bad" title={words(failed)} /> : null}
        {test.data && !test.isPending ? (
          test.data.problem === null ? (
            <Notice tone="ok" title={t('targets.testOk')} />
          ) : (
            <Notice tone="bad" title={problem(test.data.problem)} />
          )
        ) : null}
      </div>
    </li>
  )
}
