// Asks before the database gets a new key, then leaves the window to the page that shows how far it is.
import { useErrorText } from '#renderer/api/error-text.ts'
import { client, useAct } from '#renderer/api/hooks.ts'
import { setWindowState } from '#renderer/api/session-store.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Notice } from '#ui/States.tsx'
import { keys, type KeyState } from '../shared/contract.ts'
import { keysTexts } from './i18n.ts'

export function RotateDialog({ state, onClose }: { state: KeyState; onClose: () => void }) {
  const t = useTexts(keysTexts)
  const f = useFormats()
  const words = useErrorText()
  const { freeBytes, neededBytes } = state.database
  const hasRoom = freeBytes >= neededBytes
  const rotate = useAct(keys, 'rotate', {
    onDone: () =>
      void client.status().then((status) =>
        setWindowState({
          kind: 'bootstrap',
          status: { ...status, state: 'busy', step: status.step ?? 'closing' },
        }),
      ),
  })
  return (
    <Dialog
      title={t('rotate.title')}
      isOpen
      onClose={onClose}
      onSubmit={() => rotate.start({})}
      submitLabel={t('rotate.submit')}
      isBusy={rotate.isPending}
      canSubmit={hasRoom}
      error={rotate.error ? words(rotate.error) : undefined}
    >
      <div className="kit-page">
        <p>{t('rotate.text')}</p>
        <p className="os-dim">
          {t('rotate.room', { needed: f.bytes(neededBytes), free: f.bytes(freeBytes) })}
        </p>
        {hasRoom ? null : <Notice tone="bad" title={t('rotate.noRoom')} />}
      </div>
    </Dialog>
  )
}
