// What is filled in while a visit is booked, and its saving. Whatever is changed drops what was decided about a clash.
import { type RefObject, useMemo, useRef, useState } from 'react'
import type { ApiError } from '#renderer/api/client.ts'
import { useAct } from '#renderer/api/hooks.ts'
import {
  type Appointment,
  type ResourceId,
  type Setup,
  scheduling,
  type VisitType,
  type VisitTypeId,
} from '#modules/scheduling/shared/contract.ts'
import { isClash, sayBooked, saySeriesBooked } from '../visit-acts.ts'
import type { BookDialogProps } from './BookDialog.tsx'
import { shortestReason } from './ClashNotice.tsx'
import type { PickedPatient } from './PatientPick.tsx'
import { useBookableTypes } from './TypeChips.tsx'
import { type SeriesDraft, useSeriesDraft } from './use-series-draft.ts'
import { type Slot, type Slots, useSlots } from './use-slots.ts'

export interface Fields {
  readonly patient: PickedPatient | null
  readonly typeId: VisitTypeId | null
  /** Empty: anybody. */
  readonly providerId: ResourceId | ''
  readonly text: string
  readonly note: string
  /** The last time shown of the former page. */
  readonly after: { readonly date: string; readonly start: number } | null
  /** Which of the times is chosen. */
  readonly at: number
}

/** Something stands in the way of this time; it is saved with a reason only. */
export interface FoundClash {
  readonly slot: Slot
  readonly reason: string
  readonly isTried: boolean
}

export interface Booking {
  readonly fields: Fields
  readonly types: readonly VisitType[]
  readonly change: (change: Partial<Fields>) => void
  readonly slots: Slots
  /** A time that was pointed at, until another one is typed. */
  readonly pointed: Slot | null
  readonly options: readonly Slot[]
  readonly chosen: Slot | undefined
  readonly clash: FoundClash | null
  readonly onReason: (reason: string) => void
  readonly series: SeriesDraft
  readonly isTried: boolean
  readonly isBusy: boolean
  readonly error: ApiError | null
  readonly whenBox: RefObject<HTMLInputElement | null>
  readonly submit: () => Promise<void>
}

export const shownSlots = 3

export function useBooking({ start, setup, onClose, onBooked }: BookDialogProps & { setup: Setup }): Booking {
  const types = useBookableTypes(setup)
  const whenBox = useRef<HTMLInputElement>(null)
  const [fields, setFields] = useState<Fields>(() => ({
    patient: start.patient ?? null,
    typeId: (start.visitTypeId as VisitTypeId | null | undefined) ?? types[0]?.id ?? null,
    providerId: start.slot ? '' : ((start.providerId ?? '') as ResourceId | ''),
    text: '',
    note: '',
    after: null,
    at: 0,
  }))
  const [clash, setClash] = useState<FoundClash | null>(null)
  const [isTried, setTried] = useState(false)
  const { slots, pointed, options, chosen } = useTimes(fields, start.slot, types)
  const series = useSeriesDraft(fields, chosen, pointed)
  const book = useAct(scheduling, 'book')
  const bookSeries = useAct(scheduling, 'bookSeries')
  const isBusy = book.isPending || bookSeries.isPending

  const change = (more: Partial<Fields>) => {
    // Why the patient comes changes nothing about the time.
    const isTime = !('note' in more)
    if (isTime) {
      setClash(null)
      series.forget()
    }
    setFields({ ...fields, ...(isTime ? { after: null, at: 0 } : {}), ...more })
  }
  const finish = (booked: Appointment | undefined) => {
    onClose()
    if (booked) onBooked?.(booked)
  }
  const reason = fields.note.trim() === '' ? null : fields.note.trim()
  const save = (slot: Slot, why: string | null) => {
    if (!fields.patient) return
    const input = {
      patientId: fields.patient.id,
      ...timeOf(slot),
      visitTypeId: fields.typeId,
      reason,
      waitlistId: start.waitlistId ?? null,
      override: why === null ? null : { reason: why },
    }
    book
      .act(input)
      .then((booked) => {
        sayBooked(booked)
        finish(booked)
      })
      .catch((error: unknown) => {
        // Other errors are said by the dialog.
        if (isClash(error)) setClash({ slot, reason: '', isTried: false })
      })
  }
  const saveSeries = () => {
    const { input, decided } = series
    if (!input || !decided || decided.needsReason || decided.saved === 0) return
    bookSeries.start({ ...input, reason, skip: decided.skip, override: decided.override }, (saved) => {
      saySeriesBooked(saved.appointments)
      finish(saved.appointments[0])
    })
  }
  const saveOver = (found: FoundClash) => {
    setClash({ ...found, isTried: true })
    if (found.reason.trim().length >= shortestReason) save(found.slot, found.reason.trim())
  }
  const saveFirst = async () => {
    // A fast hand: the answer to what stands in the box, not an older list.
    const wanted = whenBox.current?.value
    const [first] = await slots.answer().catch(() => [])
    if (first && whenBox.current?.value === wanted) save(first, null)
  }
  const submit = async () => {
    setTried(true)
    if (!fields.patient || isBusy) return
    if (series.repeats) saveSeries()
    else if (clash) saveOver(clash)
    else if (chosen && (pointed || slots.settled)) save(chosen, null)
    else if (!pointed) await saveFirst()
  }
  return {
    fields,
    types,
    change,
    slots,
    pointed,
    options,
    chosen,
    clash,
    onReason: (why) => setClash(clash ? { ...clash, reason: why } : null),
    series,
    isTried,
    isBusy,
    error: bookSeries.error ?? (book.error && !isClash(book.error) ? book.error : null),
    whenBox,
    submit,
  }
}

const timeOf = ({ date, start, minutes, providerId, roomId }: Slot) => ({
  date,
  start,
  minutes,
  providerId,
  roomId,
})

function useTimes(fields: Fields, given: Slot | undefined, types: readonly VisitType[]) {
  const pointed = given && fields.text.trim() === '' && fields.after === null ? given : null
  const slots = useSlots(
    {
      text: fields.text.trim(),
      visitTypeId: fields.typeId,
      providerId: fields.providerId === '' ? null : fields.providerId,
      limit: shownSlots,
      after: fields.after,
    },
    pointed === null,
  )
  const length = types.find((type) => type.id === fields.typeId)?.minutes
  const options = useMemo(
    () => (pointed ? [{ ...pointed, minutes: length ?? pointed.minutes }] : slots.slots),
    [pointed, length, slots.slots],
  )
  const chosen = options[Math.min(fields.at, Math.max(0, options.length - 1))]
  return { slots, pointed, options, chosen }
}
