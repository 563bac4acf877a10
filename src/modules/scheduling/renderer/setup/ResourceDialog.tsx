// One provider, room or device: added or changed. Nobody is deleted: who left is no longer bookable.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { UserId } from '#shared/ids.ts'
import { people } from '#modules/people/shared/contract.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox, RadioRow, SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { type Resource, ResourceId, type Setup, scheduling } from '#modules/scheduling/shared/contract.ts'
import type { VisitTone } from '../grid/grid-types.ts'
import { schedulingTexts } from '../i18n.ts'
import { ColourChoice } from './ColourChoice.tsx'

export interface ResourceDialogProps {
  readonly kind: 'provider' | 'room'
  readonly resource: Resource | null
  readonly setup: Setup
  readonly onClose: () => void
}

export function ResourceDialog({ kind, resource, setup, onClose }: ResourceDialogProps) {
  const t = useTexts(schedulingTexts)
  const common = useTexts(commonTexts)
  const errorWords = useErrorText()
  const [name, setName] = useState(resource?.name ?? '')
  const [colour, setColour] = useState<VisitTone>(resource?.colour ?? 'blue')
  const [active, setActive] = useState(resource?.active ?? true)
  const [userId, setUserId] = useState<string>(resource?.userId ?? '')
  const [roomId, setRoomId] = useState<string>(resource?.defaultRoomId ?? '')
  const [what, setWhat] = useState<'room' | 'device'>(resource?.kind === 'device' ? 'device' : 'room')
  const [roomKind, setRoomKind] = useState(resource?.roomKind ?? '')
  const [isTried, setTried] = useState(false)
  const saveProvider = useAct(scheduling, 'saveProvider', { onDone: onClose })
  const saveRoom = useAct(scheduling, 'saveRoom', { onDone: onClose })
  const { error } = kind === 'provider' ? saveProvider : saveRoom
  const isTaken = error?.code === 'NAME_TAKEN'
  const submit = () => {
    setTried(true)
    if (name.trim() === '') return
    const which = {
      id: resource?.id ?? null,
      rev: resource?.rev ?? null,
      name: name.trim(),
      colour,
      active,
      position: resource?.position ?? nextPosition(setup),
    }
    if (kind === 'provider') {
      saveProvider.start({
        ...which,
        userId: userId === '' ? null : UserId.parse(userId),
        defaultRoomId: roomId === '' ? null : ResourceId.parse(roomId),
      })
    } else saveRoom.start({ ...which, kind: what, roomKind: roomKind.trim() === '' ? null : roomKind.trim() })
  }
  return (
    <Dialog
      title={resource ? resource.name : t(`${kind}.add`)}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      isBusy={saveProvider.isPending || saveRoom.isPending}
      error={
        error && !isTaken ? (error.code === 'DUPLICATE' ? t('provider.twice') : errorWords(error)) : null
      }
    >
      <TextField
        label={t('word.name')}
        value={name}
        onChange={setName}
        maxLength={120}
        autoFocus
        error={
          isTaken ? t('setup.nameTaken') : isTried && name.trim() === '' ? common('word.required') : undefined
        }
      />
      {kind === 'provider' ? (
        <ProviderFields setup={setup} userId={userId} onUser={setUserId} roomId={roomId} onRoom={setRoomId} />
      ) : (
        <>
          <RadioRow
            label={t('room.what')}
            value={what}
            onChange={setWhat}
            choices={[
              { value: 'room', label: t('resource.room') },
              { value: 'device', label: t('resource.device') },
            ]}
          />
          <TextField
            label={t('room.kind')}
            optional
            hint={t('room.kindHint')}
            value={roomKind}
            onChange={setRoomKind}
            maxLength={60}
          />
        </>
      )}
      <ColourChoice value={colour} onChange={setColour} />
      {resource ? (
        <Checkbox checked={active} onChange={setActive} hint={t('setup.activeHint')}>
          {t('setup.active')}
        </Checkbox>
      ) : null}
    </Dialog>
  )
}

const nextPosition = ({ resources }: Setup): number =>
  Math.min(9999, Math.max(0, ...resources.map(({ position }) => position)) + 1)

interface ProviderFieldsProps {
  readonly setup: Setup
  readonly userId: string
  readonly onUser: (id: string) => void
  readonly roomId: string
  readonly onRoom: (id: string) => void
}

function ProviderFields({ setup, userId, onUser, roomId, onRoom }: ProviderFieldsProps) {
  const t = useTexts(schedulingTexts)
  const accounts = useRead(people, 'list', {})
  const shown = (accounts.data ?? []).filter((person) => person.active || person.id === userId)
  return (
    <>
      <SelectField
        label={t('provider.account')}
        hint={t('provider.accountHint')}
        value={userId}
        onChange={onUser}
        choices={[
          { value: '', label: t('provider.noAccount') },
          ...shown.map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
      <SelectField
        label={t('provider.room')}
        hint={t('provider.roomHint')}
        value={roomId}
        onChange={onRoom}
        choices={[
          { value: '', label: t('provider.noRoom') },
          ...setup.resources
            .filter((r) => r.kind !== 'provider' && (r.active || r.id === roomId))
            .map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
    </>
  )
}
