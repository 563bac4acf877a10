// A visit was put down somewhere: saved at once where nothing is in the way; a clash asks for a reason, a series how
// many of it are meant. What becomes free is offered to the waiting.
import { useMay } from '#renderer/app/access.ts'
import { fetchRead } from '#renderer/api/hooks.ts'
import { type Appointment, scheduling } from '../shared/contract.ts'
import type { Open } from './ScheduleDialogs.tsx'
import type { Gap } from './visit/OfferDialog.tsx'
import { isClash, type KnownVisit, type MoveTo, moveVisit, sayFailed } from './visit-acts.ts'

export interface Moves {
  readonly drop: (visit: KnownVisit, to: MoveTo) => void
  /** This one alone, also of a series. */
  readonly moveOne: (visit: KnownVisit, to: MoveTo) => void
  /** With the reason in `to`; rejects where it fails. */
  readonly moveOver: (visit: KnownVisit, to: MoveTo) => Promise<void>
  readonly offer: (freed: Appointment) => void
}

export function useMoves(onOpen: (open: Open | null) => void, onMoved: (visitId: string) => void): Moves {
  const may = useMay()
  const mayBook = may('appointments.C')
  const showOffer = (freed: Appointment) => onOpen({ kind: 'offer', gap: gapOf(freed) })
  const moveOver = async (visit: KnownVisit, to: MoveTo) => {
    const frees = mayBook && isAhead(visit) && (to.date !== visit.date || to.start !== visit.start)
    await moveVisit(visit, to, frees ? () => showOffer(visit) : undefined)
    onMoved(visit.id)
  }
  const moveOne = (visit: KnownVisit, to: MoveTo) =>
    void moveOver(visit, to).catch((error: unknown) => {
      if (isClash(error)) onOpen({ kind: 'override', visit, to })
      else sayFailed(error)
    })
  return {
    moveOne,
    moveOver,
    drop: (visit, to) => {
      if (visit.seriesId) onOpen({ kind: 'series-move', visit, to })
      else moveOne(visit, to)
    },
    offer: (freed) => {
      if (!mayBook || !isAhead(freed)) return
      void isWanted(gapOf(freed)).then((wanted) => {
        if (wanted) showOffer(freed)
      })
    },
  }
}

const isAhead = ({ endAt }: Appointment): boolean => Date.parse(endAt) > Date.now()

const gapOf = ({ date, start, startAt, minutes, providerId }: Appointment): Gap => ({
  date,
  start,
  startAt,
  minutes,
  providerId,
})

/** Nobody waits for it: then nothing is asked. */
async function isWanted({ date, start, minutes, providerId }: Gap): Promise<boolean> {
  try {
    const { entries } = await fetchRead(scheduling, 'waitlistMatches', { date, start, minutes, providerId })
    return entries.length > 0
  } catch {
    // The cancellation stands; the waitlist itself says what is wrong with it.
    return false
  }
}
