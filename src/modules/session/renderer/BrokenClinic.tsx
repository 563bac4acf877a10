// The records cannot be opened: what is the matter in plain words, what is safe, and the way out.
import { useState } from 'react'
import { start } from '#renderer/app/start.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { BootstrapStatus } from '#shared/bootstrap.ts'
import { Button } from '#ui/Button.tsx'
import { Notice } from '#ui/States.tsx'
import { GateFrame } from './GateFrame.tsx'
import { sessionTexts } from './i18n.ts'

export function BrokenClinic({ status }: { status: BootstrapStatus }) {
  const t = useTexts(sessionTexts)
  const [isBusy, setBusy] = useState(false)
  const problem = status.problem ?? 'self-test-failed'
  const value = status.problemValue ?? 0
  const again = () => {
    setBusy(true)
    void start().finally(() => setBusy(false))
  }
  return (
    <GateFrame title={status.clinicName ?? 'Osler'}>
      <Notice tone="bad" title={t(`broken.${problem}`)}>
        {t(`broken.${problem}.text`, { count: value, value })}
      </Notice>
      <div className="gate-actions">
        <Button intent="primary" onClick={again} loading={isBusy} autoFocus>
          {t('broken.retry')}
        </Button>
      </div>
    </GateFrame>
  )
}
