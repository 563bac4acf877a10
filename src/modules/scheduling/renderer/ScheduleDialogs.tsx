// Whatever stands over the schedule, one at a time.
import type { Setup } from '../shared/contract.ts'
import { BookDialog, type BookStart } from './booking/BookDialog.tsx'
import { AbsenceDialog } from './setup/AbsenceDialog.tsx'
import type { Moves } from './use-moves.ts'
import { AmendDialog } from './visit/AmendDialog.tsx'
import { CancelDialog } from './visit/CancelDialog.tsx'
import { type Gap, OfferDialog } from './visit/OfferDialog.tsx'
import { OverrideDialog } from './visit/OverrideDialog.tsx'
import { SeriesMoveDialog } from './visit/SeriesMoveDialog.tsx'
import type { KnownVisit, MoveTo } from './visit-acts.ts'

export type Open =
  | { readonly kind: 'book'; readonly start: BookStart }
  | { readonly kind: 'amend' | 'cancel'; readonly visit: KnownVisit }
  | { readonly kind: 'series-move' | 'override'; readonly visit: KnownVisit; readonly to: MoveTo }
  | { readonly kind: 'offer'; readonly gap: Gap }
  | { readonly kind: 'time-off' }

export interface ScheduleDialogsProps {
  readonly open: Open | null
  readonly setup: Setup
  readonly moves: Moves
  readonly onClose: () => void
  readonly onBooked: (visitId: string) => void
}

export function ScheduleDialogs({ open, setup, moves, onClose, onBooked }: ScheduleDialogsProps) {
  if (!open) return null
  switch (open.kind) {
    case 'book':
      return <BookDialog start={open.start} onClose={onClose} onBooked={({ id }) => onBooked(id)} />
    case 'amend':
      return <AmendDialog visit={open.visit} setup={setup} onClose={onClose} />
    case 'cancel':
      return <CancelDialog visit={open.visit} onClose={onClose} onCancelled={moves.offer} />
    case 'series-move':
      return (
        <SeriesMoveDialog
          visit={open.visit}
          to={open.to}
          onMoveOne={() => moves.moveOne(open.visit, open.to)}
          onClose={onClose}
        />
      )
    case 'override':
      return (
        <OverrideDialog
          visit={open.visit}
          to={open.to}
          onSave={(reason) => moves.moveOver(open.visit, { ...open.to, override: { reason } })}
          onClose={onClose}
        />
      )
    case 'offer':
      return (
        <OfferDialog gap={open.gap} setup={setup} onClose={onClose} onBooked={({ id }) => onBooked(id)} />
      )
    case 'time-off':
      return <AbsenceDialog setup={setup} onClose={onClose} />
    default:
      return open satisfies never
  }
}
