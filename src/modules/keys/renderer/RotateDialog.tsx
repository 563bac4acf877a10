// Asks before the database gets a new key. With the choice to renew the clinic's root key as well, it leads on to the new
// kit, with which that begins.
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { useFormats } from '#renderer/i18n/format.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { Notice } from '#ui/States.tsx'
import { keys, type KeyState } from '../shared/contract.ts'
import { keysTexts } from './i18n.ts'
import { showRotating } from './rotating.ts'

export function RotateDialog({ state, onClose }: { state: KeyState; onClose: () => void }) {
  const t = useTexts(keysTexts)
  const f = useFormats()
  const words = useErrorText()
  const navigate = useNavigate()
  const [withRoot, setWithRoot] = useState(() => state.advice.some((one) => one.kind === 'admin-left'))
  const { freeBytes, neededBytes } = state.database
  const hasRoom = freeBytes >= neededBytes
  const rotate = useAct(keys, 'rotate', { onDone: () => void showRotating() })
  const go = () => {
    if (withRoot) void navigate('/admin/keys/renew')
    else rotate.start({})
  }
  return (
    <Dialog
      title={t('rotate.title')}
      isOpen
      onClose={onClose}
      onSubmit={go}
      submitLabel={withRoot ? t('rotate.next') : t('rotate.submit')}
      isBusy={rotate.isPending}
      canSubmit={hasRoom}
      error={rotate.error ? words(rotate.error) : undefined}
    >
      <div className="kit-page">
        <p>{t('rotate.text')}</p>
        <Checkbox checked={withRoot} onChange={setWithRoot} hint={t('rotate.rootHint')}>
          {t('rotate.root')}
        </Checkbox>
        <p className="os-dim">
          {t('rotate.room', { needed: f.bytes(neededBytes), free: f.bytes(freeBytes) })}
        </p>
        {hasRoom ? null : <Notice tone="bad" title={t('rotate.noRoom')} />}
      </div>
    </Dialog>
  )
}
