// Booking in one dialog: whom, what for, when. From a chart: type "2w", Enter. A clash asks for a reason; ticking
// "Repeat" shows all dates, and what stands in their way, before anything is saved.
import { type KeyboardEvent, useEffect, useRef } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox, SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import {
  type Appointment,
  type ResourceId,
  type Setup,
  scheduling,
} from '#modules/scheduling/shared/contract.ts'
import { schedulingTexts } from '../i18n.ts'
import { activeProviders } from '../shown-resources.ts'
import { ClashNotice, shortestReason } from './ClashNotice.tsx'
import { PatientPick, type PickedPatient } from './PatientPick.tsx'
import { RepeatFields } from './RepeatFields.tsx'
import { SeriesDates } from './SeriesDates.tsx'
import { SlotPick } from './SlotPick.tsx'
import { TypeChips, typeOfKey } from './TypeChips.tsx'
import { type Booking, shownSlots, useBooking } from './use-booking.ts'
import type { Slot } from './use-slots.ts'

/** What is known when the dialog opens. */
export interface BookStart {
  readonly patient?: PickedPatient
  /** A time that was pointed at. */
  readonly slot?: Slot
  readonly providerId?: string
  readonly visitTypeId?: string | null
  readonly waitlistId?: string
  /** "Find a time": begin with when. */
  readonly beginWith?: 'when'
}

export interface BookDialogProps {
  readonly start: BookStart
  readonly onClose: () => void
  readonly onBooked?: (booked: Appointment) => void
}

export function BookDialog(props: BookDialogProps) {
  const t = useTexts(schedulingTexts)
  const setup = useRead(scheduling, 'setup', {}, { staleMs: 60_000 })
  if (setup.data) return <BookForm {...props} setup={setup.data} />
  return (
    <Dialog title={t('book.title')} isOpen onClose={props.onClose}>
      <QueryView query={setup} small>
        {() => null}
      </QueryView>
    </Dialog>
  )
}

interface PartProps {
  readonly booking: Booking
  readonly setup: Setup
}

function BookForm(props: BookDialogProps & { setup: Setup }) {
  const { start, setup, onClose } = props
  const t = useTexts(schedulingTexts)
  const common = useTexts(commonTexts)
  const errorWords = useBookingError()
  const booking = useBooking(props)
  const { fields, types, change, clash, series, whenBox } = booking
  const onKeyDown = (event: KeyboardEvent) => {
    const type = typeOfKey(event, types)
    if (!type) return
    event.preventDefault()
    change({ typeId: type.id })
  }
  return (
    <Dialog
      title={t(start.waitlistId ? 'book.titleWaiting' : 'book.title')}
      isOpen
      onClose={onClose}
      onSubmit={() => void booking.submit()}
      submitLabel={clash ? t('book.anyway') : series.repeats ? t('series.book') : t('book.submit')}
      isBusy={booking.isBusy}
      error={errorWords(booking)}
      width="wide"
    >
      {/* Only hears keys that belong to the whole dialog. */}
      <div className="os-stack" role="presentation" onKeyDown={onKeyDown}>
        <PatientPick
          value={fields.patient}
          onChange={(patient) => {
            change({ patient })
            if (patient) requestAnimationFrame(() => whenBox.current?.focus())
          }}
          error={booking.isTried && !fields.patient ? common('word.required') : undefined}
          autoFocus={start.beginWith !== 'when'}
        />
        <TypeChips types={types} value={fields.typeId} onChange={({ id }) => change({ typeId: id })} />
        <div className="sc-two">
          <TimePart
            booking={booking}
            setup={setup}
            beginsHere={start.beginWith === 'when' || start.patient !== undefined}
          />
          <WithWhom booking={booking} setup={setup} />
        </div>
        <ClashPart booking={booking} />
        {start.waitlistId ? null : <RepeatPart booking={booking} />}
      </div>
    </Dialog>
  )
}

function useBookingError() {
  const t = useTexts(schedulingTexts)
  const errorWords = useErrorText()
  const wordsOf = (error: ApiError) =>
    error.details.status === 'deceased' ? t('book.deceased') : errorWords(error)
  return ({ error, series, isTried }: Booking) => {
    if (error) return wordsOf(error)
    return isTried && series.repeats && series.decided?.saved === 0 ? t('series.nothing') : null
  }
}

function TimePart({ booking, setup, beginsHere }: PartProps & { beginsHere: boolean }) {
  const t = useTexts(schedulingTexts)
  const { fields, slots, pointed, change } = booking
  const last = slots.slots.at(-1)
  const hasMore = !pointed && last !== undefined && slots.slots.length >= shownSlots
  return (
    <SlotPick
      setup={setup}
      text={fields.text}
      onText={(text) => change({ text })}
      options={booking.options}
      slots={slots}
      at={fields.at}
      onAt={(at) => change({ at, after: fields.after })}
      onMore={hasMore ? () => change({ after: { date: last.date, start: last.start } }) : null}
      error={booking.isTried && !booking.chosen && slots.settled ? t('when.needed') : undefined}
      autoFocus={beginsHere}
      inputRef={booking.whenBox}
    />
  )
}

function WithWhom({ booking, setup }: PartProps) {
  const t = useTexts(schedulingTexts)
  const { fields, pointed, change } = booking
  return (
    <div className="os-stack">
      <SelectField
        label={t('book.provider')}
        value={pointed ? pointed.providerId : fields.providerId}
        disabled={pointed !== null}
        onChange={(id) => change({ providerId: id as ResourceId | '' })}
        choices={[
          { value: '', label: t('book.anyProvider') },
          ...activeProviders(setup).map(({ id, name }) => ({ value: id as string, label: name })),
        ]}
      />
      <TextField
        label={t('book.note')}
        optional
        value={fields.note}
        onChange={(note) => change({ note })}
        maxLength={300}
        placeholder={t('book.noteHint')}
      />
    </div>
  )
}

function ClashPart({ booking }: { booking: Booking }) {
  const t = useTexts(schedulingTexts)
  const { clash, fields } = booking
  if (!clash || !fields.patient) return null
  const { slot, reason, isTried } = clash
  return (
    <ClashNotice
      place={{
        patientId: fields.patient.id,
        date: slot.date,
        start: slot.start,
        minutes: slot.minutes,
        providerId: slot.providerId,
        roomId: slot.roomId,
        visitTypeId: fields.typeId,
      }}
      reason={reason}
      onReason={booking.onReason}
      error={isTried && reason.trim().length < shortestReason ? t('clash.reasonNeeded') : undefined}
    />
  )
}

function RepeatPart({ booking }: { booking: Booking }) {
  const t = useTexts(schedulingTexts)
  const { series, chosen, isTried } = booking
  const end = useRef<HTMLDivElement>(null)
  const hasDates = series.preview.data !== undefined && series.input !== null
  // The dates are what has to be looked at; a small screen would leave them below its edge.
  useEffect(() => {
    if (series.repeats) end.current?.scrollIntoView({ block: 'end' })
  }, [series.repeats, hasDates])
  return (
    <div className="os-stack" ref={end}>
      <Checkbox checked={series.repeats} onChange={series.setRepeats}>
        {t('repeat.on')}
      </Checkbox>
      {series.repeats && chosen ? (
        <RepeatFields
          value={series.repeat}
          onChange={series.setRepeat}
          firstDate={chosen.date}
          isWrong={series.isWrong}
        />
      ) : null}
      {series.input ? (
        <SeriesDates
          query={series.preview}
          choice={series.choice}
          onChoice={series.setChoice}
          needsReason={isTried && series.decided?.needsReason === true}
        />
      ) : null}
    </div>
  )
}
