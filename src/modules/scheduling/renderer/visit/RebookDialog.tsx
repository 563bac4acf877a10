// Moves a booked visit by typing: the best free times for "2w" or a date, Enter takes the chosen one.
import { useRef, useState } from 'react'
import { type ApiError, isApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { SelectField } from '#ui/SelectField.tsx'
import type { ResourceId, Setup } from '#modules/scheduling/shared/contract.ts'
import { SlotPick } from '../booking/SlotPick.tsx'
import { type Slot, useSlots } from '../booking/use-slots.ts'
import { activeProviders } from '../shown-resources.ts'
import { momentWords, useWords } from '../use-words.ts'
import { type KnownVisit, moveVisit } from '../visit-acts.ts'

export interface RebookDialogProps {
  readonly visit: KnownVisit
  readonly setup: Setup
  readonly onClose: () => void
}

export function RebookDialog({ visit, setup, onClose }: RebookDialogProps) {
  const words = useWords()
  const { t } = words
  const errorWords = useErrorText()
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const [providerId, setProviderId] = useState<string>(visit.providerId)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<ApiError | null>(null)
  const slots = useSlots(
    {
      text: text.trim(),
      visitTypeId: visit.visitTypeId,
      minutes: visit.minutes,
      providerId: providerId === '' ? null : (providerId as ResourceId),
    },
    true,
  )
  const move = (slot: Slot | undefined) => {
    if (!slot || isBusy) return
    setBusy(true)
    moveVisit(visit, {
      date: slot.date,
      start: slot.start,
      minutes: visit.minutes,
      providerId: slot.providerId,
      roomId: slot.roomId,
    })
      .then(onClose)
      .catch((failed: unknown) => {
        setBusy(false)
        if (isApiError(failed)) setError(failed)
        else throw failed
      })
  }
  const submit = async () => {
    if (slots.settled) {
      move(slots.slots[at])
      return
    }
    const wanted = box.current?.value
    const [first] = await slots.answer().catch(() => [])
    if (box.current?.value === wanted) move(first)
  }
  return (
    <Dialog
      title={t('rebook.title', { name: visit.patientName ?? '' })}
      isOpen
      onClose={onClose}
      onSubmit={() => void submit()}
      submitLabel={t('act.move')}
      isBusy={isBusy}
      error={error ? errorWords(error) : null}
    >
      <p className="os-dim">{t('rebook.from', { when: momentWords(visit, words) })}</p>
      <SlotPick
        setup={setup}
        text={text}
        onText={(next) => {
          setText(next)
          setAt(0)
        }}
        options={slots.slots}
        slots={slots}
        at={at}
        onAt={setAt}
        onMore={null}
        autoFocus
        inputRef={box}
      />
      <SelectField
        label={t('book.provider')}
        value={providerId}
        onChange={setProviderId}
        choices={[
          { value: '', label: t('book.anyProvider') },
          ...activeProviders(setup).map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
    </Dialog>
  )
}
