// Restoring over the open clinic: for administrators, with the password shown anew.
import { useNavigate } from 'react-router'
import { callProcedure } from '#renderer/api/hooks.ts'
import { newOpId } from '#renderer/api/client.ts'
import { useMay } from '#renderer/app/access.ts'
import { AdminFrame } from '#renderer/app/AdminFrame.tsx'
import { start } from '#renderer/app/start.ts'
import { useTitle } from '#renderer/app/title.ts'
import { Card } from '#ui/Card.tsx'
import { backups } from '../shared/contract.ts'
import { type RestoreDoor, RestoreWizard } from './RestoreWizard.tsx'
import { useBackupWords } from './words.ts'

const door: RestoreDoor = {
  find: (place) => callProcedure(backups, 'restoreFind', { place }, { opId: newOpId() }),
  look: (place, name) => callProcedure(backups, 'restoreLook', { place, name }, { opId: newOpId() }),
  async apply({ backupId }) {
    await callProcedure(backups, 'restoreApply', { backupId }, { opId: newOpId() })
    await start()
  },
}

export function RestorePage() {
  const { t } = useBackupWords()
  useTitle(t('restore.title'))
  const may = useMay()
  const navigate = useNavigate()
  return (
    <AdminFrame>
      {may('backups.M') ? (
        <Card title={t('restore.title')}>
          <RestoreWizard door={door} openers="own" onBack={() => void navigate('/admin/backups')} />
        </Card>
      ) : null}
    </AdminFrame>
  )
}
