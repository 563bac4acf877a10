// Restoring before a clinic is open: on a new computer, or where the records here do not open.
import { client } from '#renderer/api/hooks.ts'
import { start } from '#renderer/app/start.ts'
import type { FoundBackup, RestoreFacts } from '#shared/restore.ts'
import { type Openers, type RestoreDoor, RestoreWizard } from './RestoreWizard.tsx'

const door: RestoreDoor = {
  find: async (place) => (await client.bootstrap('restoreFind', { place })) as FoundBackup[],
  look: async (place, name, opener) =>
    (await client.bootstrap('restoreLook', { place, name, opener })) as RestoreFacts,
  async apply() {
    await client.bootstrap('restoreApply', {})
    await start()
  },
}

export function BootRestore({ openers, onBack }: { openers: Openers; onBack: () => void }) {
  const leave = () => {
    void client.bootstrap('restoreLeave', {}).catch(() => {})
    onBack()
  }
  return <RestoreWizard door={door} openers={openers} onBack={leave} />
}
