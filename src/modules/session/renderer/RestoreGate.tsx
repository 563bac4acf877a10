// Restoring before anybody can sign in; the steps are the backups module's.
import { BootRestore, backupsTexts } from '#modules/backups/renderer/api.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { GateFrame } from './GateFrame.tsx'

export function RestoreGate({ hasKeys, onBack }: { hasKeys: boolean; onBack: () => void }) {
  const t = useTexts(backupsTexts)
  return (
    <GateFrame title={t('restore.title')} wide>
      <BootRestore openers={hasKeys ? 'either' : 'kit'} onBack={onBack} />
    </GateFrame>
  )
}
