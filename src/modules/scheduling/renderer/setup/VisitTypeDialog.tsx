// One kind of visit, added or changed. Visits already booked keep the length they were booked with.
import { useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct } from '#renderer/api/hooks.ts'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { mayAccess } from '#renderer/app/access.ts'
import { type Role, roles } from '#shared/permissions.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import { Minutes, type Setup, scheduling, type VisitType } from '#modules/scheduling/shared/contract.ts'
import type { VisitTone } from '../grid/grid-types.ts'
import { schedulingTexts } from '../i18n.ts'
import { ColourChoice } from './ColourChoice.tsx'

export interface VisitTypeDialogProps {
  readonly type: VisitType | null
  readonly setup: Setup
  readonly onClose: () => void
}

/** Those whose role lets them book at all. */
const bookers = roles.filter((role) => mayAccess(role, 'appointments.C'))
const usualMinutes = '15'
const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

export function VisitTypeDialog({ type, setup, onClose }: VisitTypeDialogProps) {
  const t = useTexts(schedulingTexts)
  const common = useTexts(commonTexts)
  const errorWords = useErrorText()
  const [name, setName] = useState(type?.name ?? '')
  const [length, setLength] = useState(type ? String(type.minutes) : usualMinutes)
  const [colour, setColour] = useState<VisitTone>(type?.colour ?? 'blue')
  const [feeCode, setFeeCode] = useState(type?.feeCode ?? '')
  const [noteTitle, setNoteTitle] = useState(type?.noteTitle ?? '')
  const [roomKind, setRoomKind] = useState(type?.roomKind ?? '')
  const [bookableBy, setBookableBy] = useState<readonly Role[]>(type?.bookableBy ?? bookers)
  const [active, setActive] = useState(type?.active ?? true)
  const [isTried, setTried] = useState(false)
  const save = useAct(scheduling, 'saveVisitType', { onDone: onClose })
  const isTaken = save.error?.code === 'NAME_TAKEN'
  const minutes = Minutes.safeParse(/^\d+$/.test(length.trim()) ? Number(length) : Number.NaN)
  const submit = () => {
    setTried(true)
    if (name.trim() === '' || !minutes.success || bookableBy.length === 0) return
    const isEverybody = bookers.every((role) => bookableBy.includes(role))
    save.start({
      id: type?.id ?? null,
      rev: type?.rev ?? null,
      name: name.trim(),
      minutes: minutes.data,
      colour,
      feeCode: orNull(feeCode),
      noteTitle: orNull(noteTitle),
      roomKind: orNull(roomKind),
      bookableBy: isEverybody ? null : [...bookableBy],
      position:
        type?.position ?? Math.min(9999, Math.max(0, ...setup.visitTypes.map((other) => other.position)) + 1),
      active,
    })
  }
  return (
    <Dialog
      title={type ? type.name : t('type.add')}
      isOpen
      onClose={onClose}
      onSubmit={submit}
      isBusy={save.isPending}
      error={save.error && !isTaken ? errorWords(save.error) : null}
      width="wide"
    >
      <div className="os-form-row">
        <TextField
          label={t('word.name')}
          value={name}
          onChange={setName}
          maxLength={120}
          autoFocus
          error={
            isTaken
              ? t('setup.nameTaken')
              : isTried && name.trim() === ''
                ? common('word.required')
                : undefined
          }
        />
        <TextField
          label={t('type.length')}
          value={length}
          onChange={setLength}
          inputMode="numeric"
          maxLength={3}
          dir="ltr"
          unit={t('word.min')}
          error={isTried && !minutes.success ? t('type.lengthWrong') : undefined}
        />
      </div>
      <ColourChoice value={colour} onChange={setColour} />
      <div className="os-form-row">
        <TextField
          label={t('type.fee')}
          optional
          hint={t('type.feeHint')}
          value={feeCode}
          onChange={setFeeCode}
          maxLength={40}
        />
        <TextField
          label={t('type.note')}
          optional
          hint={t('type.noteHint')}
          value={noteTitle}
          onChange={setNoteTitle}
          maxLength={200}
        />
        <TextField
          label={t('type.room')}
          optional
          hint={t('type.roomHint')}
          value={roomKind}
          onChange={setRoomKind}
          maxLength={60}
        />
      </div>
      <fieldset className="os-field os-fieldset">
        <legend className="os-label">{t('type.bookers')}</legend>
        <div className="os-radios">
          {bookers.map((role) => (
            <label key={role} className={bookableBy.includes(role) ? 'os-radio os-on' : 'os-radio'}>
              <input
                type="checkbox"
                checked={bookableBy.includes(role)}
                onChange={(event) =>
                  setBookableBy(
                    event.currentTarget.checked
                      ? [...bookableBy, role]
                      : bookableBy.filter((other) => other !== role),
                  )
                }
              />
              {common(`role.${role}`)}
            </label>
          ))}
        </div>
        {isTried && bookableBy.length === 0 ? (
          <div className="os-error" role="alert">
            {t('type.nobody')}
          </div>
        ) : null}
      </fieldset>
      {type ? (
        <Checkbox checked={active} onChange={setActive} hint={t('setup.activeHint')}>
          {t('setup.active')}
        </Checkbox>
      ) : null}
    </Dialog>
  )
}
