// Taking a way to sign in away, one's own or somebody's.
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { showToast } from '#ui/toast.ts'
import { federation } from '../shared/contract.ts'
import { federationTexts } from './i18n.ts'

export interface Removed {
  readonly kind: 'own-link' | 'own-passkey' | 'link' | 'passkey'
  readonly id: string
  /** Whose or which, for the question. */
  readonly name: string
}

const procedures = {
  'own-link': 'unlinkOwn',
  'own-passkey': 'passkeyRemove',
  link: 'unlink',
  passkey: 'removePasskeyOf',
} as const

export function RemoveDialog({ what, onClose }: { what: Removed; onClose: () => void }) {
  const t = useTexts(federationTexts)
  const words = useErrorText()
  const remove = useAct(federation, procedures[what.kind], {
    onDone: () => {
      showToast({ text: t('people.removed') })
      onClose()
    },
  })
  return (
    <Dialog
      title={t('people.removeTitle')}
      isOpen
      onClose={onClose}
      onSubmit={() => remove.start({ id: what.id })}
      submitLabel={t('people.remove')}
      submitIntent="danger"
      isBusy={remove.isPending}
      error={remove.error ? words(remove.error) : undefined}
      width="small"
    >
      <p>{t('people.removeText', { name: what.name })}</p>
    </Dialog>
  )
}
