// Leaves the window to the page that shows how far the change of keys is.
import { client } from '#renderer/api/hooks.ts'
import { setWindowState } from '#renderer/api/session-store.ts'

export const showRotating = (): Promise<void> =>
  client.status().then((status) =>
    setWindowState({
      kind: 'bootstrap',
      status: { ...status, state: 'busy', step: status.step ?? 'closing' },
    }),
  )
