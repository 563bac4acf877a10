// A new account: name, sign-in name, roles. Ends in a one-time code, never in a password an admin knows.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { type OutputFor, useAct } from '#renderer/api/hooks.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { suggestUsername } from '#shared/username.ts'
import type { Role } from '#shared/permissions.ts'
import { Username } from '#modules/session/shared/contract.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { TextField } from '#ui/TextField.tsx'
import { people } from '../shared/contract.ts'
import { peopleTexts } from './i18n.ts'
import { RoleChoice } from './RoleChoice.tsx'

export type NewCode = OutputFor<typeof people, 'create'>

export interface AddPersonDialogProps {
  readonly onClose: () => void
  readonly onAdded: (code: NewCode) => void
}

export function AddPersonDialog({ onClose, onAdded }: AddPersonDialogProps) {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const words = useErrorText()
  const [name, setName] = useState('')
  const [typed, setTyped] = useState<string | null>(null)
  const [roles, setRoles] = useState<Role[]>([])
  const [isTried, setTried] = useState(false)
  const create = useAct(people, 'create', { onDone: onAdded })
  const username = typed ?? suggestUsername(name)
  const isTaken = create.error?.code === 'NAME_TAKEN'
  const badName = name.trim() === ''
  const badUsername = !Username.safeParse(username).success
  const submit = () => {
    setTried(true)
    if (badName || badUsername || roles.length === 0) return
    create.start({ name, username, roles })
  }
  const usernameError = isTaken && create.error ? words(create.error) : undefined
  return (
    <Dialog
      title={t('add.title')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      submitLabel={t('add.submit')}
      isBusy={create.isPending}
      error={create.error && !isTaken ? words(create.error) : undefined}
    >
      <TextField
        label={t('add.name')}
        hint={t('add.nameHint')}
        value={name}
        onChange={setName}
        error={isTried && badName ? common('word.required') : undefined}
        maxLength={200}
        autoFocus
      />
      <TextField
        label={t('add.username')}
        hint={t('add.usernameHint')}
        value={username}
        onChange={setTyped}
        error={usernameError ?? (isTried && badUsername ? common('word.required') : undefined)}
        dir="ltr"
        maxLength={64}
      />
      <RoleChoice
        value={roles}
        onChange={setRoles}
        error={isTried && roles.length === 0 ? t('add.noRole') : undefined}
      />
    </Dialog>
  )
}
