// A new passkey with a name, or another name for one that is there.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { federation, type Passkey } from '../shared/contract.ts'
import { federationTexts } from './i18n.ts'
import { makePasskey } from './use-passkey.ts'

export type Named = { readonly kind: 'add' } | { readonly kind: 'rename'; readonly passkey: Passkey }

export function PasskeyDialog({ what, onClose }: { what: Named; onClose: () => void }) {
  const t = useTexts(federationTexts)
  const words = useErrorText()
  const [name, setName] = useState(what.kind === 'rename' ? what.passkey.name : '')
  const [isAtDevice, setAtDevice] = useState(false)
  const [isRefused, setRefused] = useState(false)
  const close = (text: string) => () => {
    showToast({ text })
    onClose()
  }
  const begin = useAct(federation, 'passkeyBegin')
  const add = useAct(federation, 'passkeyAdd', { onDone: close(t('own.passkeyAdded')) })
  const rename = useAct(federation, 'passkeyRename', { onDone: close(t('own.renamed')) })
  const wanted = name.trim()
  const make = async (asked: Parameters<typeof makePasskey>[0]) => {
    setAtDevice(true)
    const made = await makePasskey(asked)
    setAtDevice(false)
    if (made) add.start({ ...made, name: wanted })
    else setRefused(true)
  }
  const submit = () => {
    if (wanted === '') return
    setRefused(false)
    if (what.kind === 'rename') rename.start({ id: what.passkey.id, rev: what.passkey.rev, name: wanted })
    else begin.start({}, (asked) => void make(asked))
  }
  const error = begin.error ?? add.error ?? rename.error
  return (
    <Dialog
      title={t(what.kind === 'add' ? 'own.addPasskey' : 'own.rename')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      canSubmit={wanted !== ''}
      isBusy={begin.isPending || isAtDevice || add.isPending || rename.isPending}
      error={error ? words(error) : isRefused ? t('own.deviceNo') : undefined}
      width="small"
    >
      <TextField
        label={t('own.passkeyName')}
        hint={t('own.passkeyNameHint')}
        value={name}
        onChange={setName}
        maxLength={60}
        autoFocus
      />
    </Dialog>
  )
}
