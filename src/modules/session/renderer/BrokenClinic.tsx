// The records cannot be opened: what is the matter in plain words, what is safe, and the way out.
import { useState } from 'react'
import { backupsTexts } from '#modules/backups/renderer/api.ts'
import { downtimeTexts } from '#modules/downtime/renderer/api.ts'
import { keysTexts } from '#modules/keys/renderer/api.ts'
import { start } from '#renderer/app/start.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import { Button } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import { GateFrame } from './GateFrame.tsx'
import { sessionTexts } from './i18n.ts'

interface BrokenClinicProps {
  readonly status: BootstrapStatus
  readonly onKit: () => void
  /** Another person's half of the key may be there. */
  readonly onPassword: () => void
  readonly onRestore: () => void
  readonly onDowntime: () => void
}

export function BrokenClinic({ status, onKit, onPassword, onRestore, onDowntime }: BrokenClinicProps) {
  const t = useTexts(sessionTexts)
  const backupWords = useTexts(backupsTexts)
  const keysWords = useTexts(keysTexts)
  const downtimeWords = useTexts(downtimeTexts)
  const [isBusy, setBusy] = useState(false)
  const problem = status.problem ?? 'self-test-failed'
  const value = status.problemValue ?? 0
  const again = () => {
    setBusy(true)
    void start().finally(() => setBusy(false))
  }
  return (
    <GateFrame title={status.clinicName ?? 'Osler'}>
      {status.keychain ? (
        <Notice tone="bad" title={t(`keychain.${status.keychain}`)}>
          {t(`keychain.${status.keychain}.text`)} {t('keychain.nothing')}
        </Notice>
      ) : (
        <Notice tone="bad" title={t(`broken.${problem}`)}>
          {t(`broken.${problem}.text`, { count: value, value })}
        </Notice>
      )}
      {status.downtime ? <p>{downtimeWords('offer.text')}</p> : null}
      {/* What changes least comes first, what puts other records in place of these last. */}
      <div className="gate-ways">
        <Button intent="primary" onClick={again} loading={isBusy} autoFocus>
          {t('broken.retry')}
        </Button>
        {status.downtime ? <Button onClick={onDowntime}>{downtimeWords('offer')}</Button> : null}
        {status.keychain ? <Button onClick={onPassword}>{t('keychain.password')}</Button> : null}
        {status.keychain && status.kitId ? (
          <Button onClick={onKit}>{keysWords('unlock.offer')}</Button>
        ) : null}
        {status.problem === 'owned-by-other-process' ? null : (
          <Button onClick={onRestore}>{backupWords('restore.title')}</Button>
        )}
      </div>
    </GateFrame>
  )
}
