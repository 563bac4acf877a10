// Name and roles of an account, a new one-time code, ending and giving back access.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { useMe } from '#renderer/api/session-store.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import type { Role } from '#shared/permissions.ts'
import { Button } from '#ui/Button.tsx'
import { Dialog } from '#ui/Dialog.tsx'
import { Notice } from '#ui/States.tsx'
import { TextField } from '#ui/TextField.tsx'
import { showToast } from '#ui/toast.ts'
import { type Person, people } from '../shared/contract.ts'
import type { NewCode } from './AddPersonDialog.tsx'
import { peopleTexts } from './i18n.ts'
import { RoleChoice } from './RoleChoice.tsx'

export interface EditPersonDialogProps {
  readonly person: Person
  readonly onClose: () => void
  readonly onCode: (code: NewCode) => void
  readonly onEnd: () => void
  readonly onSignIns: () => void
}

export function EditPersonDialog({ person, onClose, onCode, onEnd, onSignIns }: EditPersonDialogProps) {
  const t = useTexts(peopleTexts)
  const common = useTexts(commonTexts)
  const words = useErrorText()
  const me = useMe()
  const [name, setName] = useState(person.name)
  const [roles, setRoles] = useState<Role[]>(person.roles)
  const update = useAct(people, 'update', {
    onDone: () => {
      showToast({ text: t('edit.saved') })
      onClose()
    },
  })
  const reset = useAct(people, 'resetPassword', { onDone: onCode })
  const reactivate = useAct(people, 'reactivate', { onDone: onCode })
  const { id, rev } = person
  const isSelf = id === me.userId
  const losesAdmin = isSelf && person.roles.includes('admin') && !roles.includes('admin')
  const error = update.error ?? reset.error ?? reactivate.error
  const canSave = name.trim() !== '' && roles.length > 0 && !losesAdmin && person.active
  return (
    <Dialog
      title={t('edit.title', { name: person.name })}
      isOpen
      onClose={onClose}
      onSubmit={() => update.start({ id, rev, name, roles })}
      isBusy={update.isPending}
      canSubmit={canSave}
      error={error ? words(error) : undefined}
    >
      <TextField
        label={t('add.name')}
        value={name}
        onChange={setName}
        error={name.trim() === '' ? common('word.required') : undefined}
        hint={<span dir="ltr">{person.username}</span>}
        maxLength={200}
        autoFocus
      />
      <RoleChoice
        value={roles}
        onChange={setRoles}
        error={roles.length === 0 ? t('add.noRole') : undefined}
      />
      {losesAdmin ? <Notice tone="warn" title={t('edit.selfAdmin')} /> : null}
      <div className="people-side">
        {person.active ? (
          <>
            <Button onClick={() => reset.start({ id, rev })} loading={reset.isPending}>
              {t('edit.reset')}
            </Button>
            <Button onClick={() => reset.start({ id, rev, handedOver: 'now' })} loading={reset.isPending}>
              {t('edit.resetNow')}
            </Button>
            <Button onClick={onSignIns}>{t('edit.signIns')}</Button>
            {isSelf ? null : (
              <Button intent="danger" onClick={onEnd}>
                {t('edit.deactivate')}
              </Button>
            )}
            <p className="os-hint">{t('edit.resetHint')}</p>
          </>
        ) : (
          <Button onClick={() => reactivate.start({ id, rev })} loading={reactivate.isPending}>
            {t('edit.reactivate')}
          </Button>
        )}
      </div>
    </Dialog>
  )
}
