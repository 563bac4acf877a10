// Booking in one dialog: whom, what for, when. From a chart: type "2w", Enter. A clash asks for a reason; ticking
// "Repeat" shows all dates, and what stands in their way, before anything is saved.
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useErrorText } from '#renderer/api/error-text.ts'
import { useAct, useRead } from '#renderer/api/hooks.ts'
import { QueryView } from '#renderer/api/QueryView.tsx'
import { commonTexts } from '#renderer/i18n/common.ts'
import { useTexts } from '#renderer/i18n/define.ts'
import { Dialog } from '#ui/Dialog.tsx'
import { Checkbox, SelectField } from '#ui/SelectField.tsx'
import { TextField } from '#ui/TextField.tsx'
import type { Appointment, ResourceId, Setup, VisitTypeId } from '#modules/scheduling/shared/contract.ts'
import { scheduling } from '#modules/scheduling/shared/contract.ts'
import { schedulingTexts } from '../i18n.ts'
import { isClash, sayBooked, saySeriesBooked } from '../visit-acts.ts'
import { ClashNotice, shortestReason } from './ClashNotice.tsx'
import { PatientPick, type PickedPatient } from './PatientPick.tsx'
import { RepeatFields } from './RepeatFields.tsx'
import { choiceOf, noChoice, SeriesDates } from './SeriesDates.tsx'
import { SlotPick } from './SlotPick.tsx'
import { newRepeat, ruleOf } from './series-rule.ts'
import { TypeChips, typeOfKey, useBookableTypes } from './TypeChips.tsx'
import { type Slot, useSlots } from './use-slots.ts'

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

const shownSlots = 3

function BookForm({ start, setup, onClose, onBooked }: BookDialogProps & { setup: Setup }) {
  const t = useTexts(schedulingTexts)
  const common = useTexts(commonTexts)
  const errorWords = useErrorText()
  const types = useBookableTypes(setup)
  const whenBox = useRef<HTMLInputElement>(null)
  const [patient, setPatient] = useState<PickedPatient | null>(start.patient ?? null)
  const [typeId, setTypeId] = useState<string | null>(start.visitTypeId ?? types[0]?.id ?? null)
  const [providerId, setProviderId] = useState(start.slot ? '' : (start.providerId ?? ''))
  const [text, setText] = useState('')
  const [after, setAfter] = useState<{ date: string; start: number } | null>(null)
  const [at, setAt] = useState(0)
  const [note, setNote] = useState('')
  const [tried, setTried] = useState<string | null>(null)
  const [clash, setClash] = useState<{ slot: Slot; reason: string } | null>(null)
  const [repeats, setRepeats] = useState(false)
  const [repeat, setRepeat] = useState(newRepeat)
  const [choice, setChoice] = useState(noChoice)

  const pointed = start.slot && text.trim() === '' && after === null ? start.slot : null
  const slots = useSlots(
    {
      text: text.trim(),
      visitTypeId: typeId as VisitTypeId | null,
      providerId: providerId === '' ? null : (providerId as ResourceId),
      limit: shownSlots,
      after,
    },
    pointed === null,
  )
  const length = types.find((type) => type.id === typeId)?.minutes
  const options = useMemo(
    () => (pointed ? [{ ...pointed, minutes: length ?? pointed.minutes }] : slots.slots),
    [pointed, length, slots.slots],
  )
  const chosen = options[Math.min(at, Math.max(0, options.length - 1))]
  const book = useAct(scheduling, 'book')
  const bookSeries = useAct(scheduling, 'bookSeries')
  const series = useSeries()

  function useSeries() {
    const rule = chosen ? ruleOf(repeat, chosen.date) : null
    const isOn = repeats && patient !== null && chosen !== undefined && rule !== null
    const input = isOn
      ? {
          patientId: patient.id,
          rule,
          firstDate: chosen.date,
          start: chosen.start,
          minutes: chosen.minutes,
          providerId: chosen.providerId,
          roomId: pointed?.roomId ?? null,
          visitTypeId: typeId as VisitTypeId | null,
        }
      : null
    const preview = useRead(scheduling, 'seriesPreview', input as NonNullable<typeof input>, {
      enabled: isOn,
    })
    return { rule, input, preview, decided: preview.data ? choiceOf(preview.data, choice) : null }
  }

  const change = (then: () => void) => {
    setClash(null)
    setAt(0)
    setAfter(null)
    setChoice(noChoice)
    then()
  }
  const finish = (booked: Appointment) => {
    sayBooked(booked)
    onClose()
    onBooked?.(booked)
  }
  const save = (slot: Slot, reason: string | null) => {
    if (!patient) return
    book
      .act({
        patientId: patient.id,
        date: slot.date,
        start: slot.start,
        minutes: slot.minutes,
        providerId: slot.providerId,
        roomId: slot.roomId,
        visitTypeId: typeId as VisitTypeId | null,
        reason: note.trim() === '' ? null : note.trim(),
        waitlistId: start.waitlistId ?? null,
        override: reason === null ? null : { reason },
      })
      .then((booked) => finish(booked))
      .catch((error: unknown) => {
        if (isClash(error)) setClash({ slot, reason: '' })
      })
  }
  const saveSeries = () => {
    const { input, decided } = series
    if (!input || !decided || decided.needsReason || decided.saved === 0) return
    const { skip, override } = decided
    bookSeries.start(
      { ...input, reason: note.trim() === '' ? null : note.trim(), skip, override },
      (saved) => {
        saySeriesBooked(saved.appointments)
        onClose()
        const [first] = saved.appointments
        if (first) onBooked?.(first)
      },
    )
  }
  const submit = async () => {
    setTried(JSON.stringify([text, typeId, providerId]))
    if (!patient || book.isPending || bookSeries.isPending) return
    if (repeats) {
      saveSeries()
      return
    }
    if (clash) {
      if (clash.reason.trim().length >= shortestReason) save(clash.slot, clash.reason.trim())
      return
    }
    if (chosen && (pointed || slots.settled)) save(chosen, null)
    else if (!pointed) {
      // A fast hand: the answer to what stands in the box, not an older list.
      const wanted = whenBox.current?.value
      const [first] = await slots.answer().catch(() => [])
      if (first && whenBox.current?.value === wanted) save(first, null)
    }
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const type = typeOfKey(event, types)
    if (!type) return
    event.preventDefault()
    change(() => setTypeId(type.id))
  }
  const isTried = tried !== null
  const lastSlot = slots.slots.at(-1)
  const error = bookSeries.error ?? (book.error && !isClash(book.error) ? book.error : null)
  const providers = setup.resources.filter(({ kind, active }) => kind === 'provider' && active)
  return (
    <Dialog
      title={t(start.waitlistId ? 'book.titleWaiting' : 'book.title')}
      isOpen
      onClose={onClose}
      onSubmit={() => void submit()}
      submitLabel={clash ? t('book.anyway') : repeats ? t('series.book') : t('book.submit')}
      isBusy={book.isPending || bookSeries.isPending}
      error={error ? errorWords(error) : null}
      width="wide"
    >
      {/* Only hears keys that belong to the whole dialog. */}
      <div className="os-stack" role="presentation" onKeyDown={onKeyDown}>
        <PatientPick
          value={patient}
          onChange={(next) => {
            change(() => setPatient(next))
            if (next) requestAnimationFrame(() => whenBox.current?.focus())
          }}
          error={isTried && !patient ? common('word.required') : undefined}
          autoFocus={start.beginWith !== 'when'}
        />
        <TypeChips types={types} value={typeId} onChange={(type) => change(() => setTypeId(type.id))} />
        <div className="sc-two">
          <SlotPick
            setup={setup}
            text={text}
            onText={(next) => change(() => setText(next))}
            options={options}
            slots={slots}
            at={at}
            onAt={(next) => {
              setClash(null)
              setAt(next)
            }}
            onMore={
              pointed || !lastSlot || slots.slots.length < shownSlots
                ? null
                : () => {
                    setAt(0)
                    setAfter({ date: lastSlot.date, start: lastSlot.start })
                  }
            }
            error={isTried && !chosen && slots.settled ? t('when.needed') : undefined}
            autoFocus={start.beginWith === 'when' || start.patient !== undefined}
            inputRef={whenBox}
          />
          <div className="os-stack">
            <SelectField
              label={t('book.provider')}
              value={pointed ? pointed.providerId : providerId}
              disabled={pointed !== null}
              onChange={(id) => change(() => setProviderId(id))}
              choices={[
                { value: '', label: t('book.anyProvider') },
                ...providers.map(({ id, name }) => ({ value: id as string, label: name })),
              ]}
            />
            <TextField
              label={t('book.note')}
              optional
              value={note}
              onChange={setNote}
              maxLength={300}
              placeholder={t('book.noteHint')}
            />
          </div>
        </div>
        {clash && patient ? (
          <ClashNotice
            place={{
              patientId: patient.id,
              date: clash.slot.date,
              start: clash.slot.start,
              minutes: clash.slot.minutes,
              providerId: clash.slot.providerId,
              roomId: clash.slot.roomId,
              visitTypeId: typeId as VisitTypeId | null,
            }}
            reason={clash.reason}
            onReason={(reason) => setClash({ ...clash, reason })}
            error={
              isTried && clash.reason !== '' && clash.reason.trim().length < shortestReason
                ? t('clash.reasonNeeded')
                : undefined
            }
          />
        ) : null}
        {start.waitlistId ? null : (
          <Checkbox checked={repeats} onChange={setRepeats}>
            {t('repeat.on')}
          </Checkbox>
        )}
        {repeats && chosen ? (
          <>
            <RepeatFields
              value={repeat}
              onChange={setRepeat}
              firstDate={chosen.date}
              isWrong={series.rule === null}
            />
            {series.input ? (
              <SeriesDates
                query={series.preview}
                choice={choice}
                onChoice={setChoice}
                needsReason={isTried && series.decided?.needsReason === true}
              />
            ) : null}
          </>
        ) : null}
      </div>
    </Dialog>
  )
}
