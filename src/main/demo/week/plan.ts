// The week of the demo practice as data: who comes when, to whom, for what, and how far the visit has come.
import type { VisitKind } from './practice.ts'

export type Provider = 'keller' | 'osei' | 'brandt'

/** Where a visit stands when somebody opens the demo. Paid ways name how. */
export type Fate =
  | 'booked'
  | 'waiting'
  | 'roomed'
  | 'vitals-taken'
  | 'with-doctor'
  | 'to-check-out'
  | 'paid-cash'
  | 'paid-card'
  | 'paid-split'
  | 'paid-part'
  | 'invoiced'
  | 'cancelled'
  | 'noshow'

export interface PlannedVisit {
  /** Key of the patient in resources/demo. */
  readonly who: string
  readonly by: Provider
  readonly kind: VisitKind
  /** Wall clock of the practice. */
  readonly at: string
  readonly fate: Fate
  readonly reason?: string
  readonly walkIn?: true
}

const v = (
  at: string,
  who: string,
  by: Provider,
  kind: VisitKind,
  fate: Fate,
  reason?: string,
): PlannedVisit => ({ at, who, by, kind, fate, ...(reason === undefined ? {} : { reason }) })

/** Today, as if it were about eleven: some are through, some are here, some are still expected. */
export const todaysVisits: readonly PlannedVisit[] = [
  v('08:15', 'gudrun', 'keller', 'review', 'paid-card', 'Thyroid tablets'),
  v('08:40', 'declan', 'keller', 'consultation', 'paid-split', 'Back pain'),
  v('09:00', 'priya', 'keller', 'consultation', 'to-check-out', 'Hay fever'),
  v('09:20', 'ahmed', 'keller', 'review', 'to-check-out', 'Diabetes'),
  v('10:00', 'hannah', 'keller', 'review', 'with-doctor', 'Blood pressure'),
  v('10:20', 'sinead', 'keller', 'consultation', 'vitals-taken', 'Migraine'),
  v('10:40', 'david', 'keller', 'review', 'roomed', 'Diabetes and blood pressure'),
  v('11:00', 'ella', 'keller', 'child', 'waiting', 'Earache'),
  v('11:20', 'wenjing', 'keller', 'antenatal', 'booked', 'Week 24'),
  v('11:40', 'joaopedro', 'keller', 'consultation', 'booked', 'Toe, painful'),
  v('13:30', 'mohammed', 'keller', 'review', 'booked', 'Diabetes'),
  v('14:00', 'layla', 'keller', 'consultation', 'booked', 'Skin'),
  v('15:00', 'thomas', 'keller', 'review', 'booked'),
  v('08:20', 'arjun', 'osei', 'review', 'paid-cash', 'Diabetes'),
  v('08:45', 'ngozi', 'osei', 'consultation', 'invoiced', 'Heartburn'),
  v('09:10', 'tunde', 'osei', 'consultation', 'noshow', 'Ankle'),
  v('09:40', 'ingrid', 'osei', 'review', 'to-check-out', 'Thyroid'),
  v('10:10', 'nikolai', 'osei', 'review', 'with-doctor', 'Breathing'),
  v('10:35', 'eileen', 'osei', 'consultation', 'vitals-taken', 'Wrist, follow-up'),
  v('11:00', 'dimitris', 'osei', 'review', 'waiting', 'Swollen legs'),
  v('11:30', 'bridie', 'osei', 'consultation', 'booked', 'Knee'),
  v('14:30', 'gearoid', 'osei', 'minor', 'booked', 'Mole on the back'),
  v('15:30', 'adaeze', 'osei', 'consultation', 'cancelled'),
  v('09:00', 'zofia', 'brandt', 'nurse', 'paid-card', 'Vaccination'),
  v('10:50', 'oisin', 'brandt', 'nurse', 'roomed', 'Asthma check'),
  v('11:15', 'xiaoyu', 'brandt', 'nurse', 'booked', 'Vaccination'),
  v('14:00', 'seanog', 'brandt', 'nurse', 'booked', 'Blood pressure'),
]

/** Somebody who came without an appointment and waits. */
export const todaysWalkIns: readonly Omit<PlannedVisit, 'at' | 'by'>[] = [
  { who: 'ciara', kind: 'consultation', fate: 'waiting', reason: 'Burning when passing water', walkIn: true },
]

/** Days before and after today, each with its visits. Past ones are over, coming ones booked. */
export const otherDays: readonly { readonly day: number; readonly visits: readonly PlannedVisit[] }[] = [
  {
    day: -2,
    visits: [
      v('08:30', 'maire', 'keller', 'review', 'paid-card'),
      v('09:00', 'yoko', 'keller', 'consultation', 'paid-cash'),
      v('09:30', 'minhkhai', 'keller', 'review', 'invoiced'),
      v('10:00', 'jamie', 'keller', 'consultation', 'noshow'),
      v('11:00', 'roberto', 'keller', 'review', 'paid-split'),
      v('09:15', 'chukwuemeka', 'osei', 'review', 'paid-cash'),
      v('10:15', 'xiuying', 'osei', 'review', 'paid-part'),
      v('09:40', 'ruairi', 'brandt', 'nurse', 'paid-card'),
    ],
  },
  {
    day: -1,
    visits: [
      v('08:15', 'marta', 'keller', 'review', 'paid-card'),
      v('09:00', 'lukasz', 'keller', 'consultation', 'paid-cash'),
      v('09:45', 'fatima', 'keller', 'consultation', 'paid-part'),
      v('10:30', 'selam', 'keller', 'consultation', 'paid-card'),
      v('13:30', 'siobhan', 'keller', 'review', 'invoiced'),
      v('14:15', 'dylan', 'keller', 'consultation', 'cancelled'),
      v('09:30', 'taras', 'brandt', 'nurse', 'paid-cash'),
    ],
  },
  {
    day: 1,
    visits: [
      v('08:30', 'yousef', 'keller', 'child', 'booked', 'Eczema'),
      v('09:00', 'niamh', 'keller', 'consultation', 'booked', 'Dizziness'),
      v('09:40', 'olena', 'keller', 'review', 'booked'),
      v('10:20', 'katarzyna', 'keller', 'consultation', 'booked', 'Hands'),
      v('09:00', 'zarmina', 'osei', 'consultation', 'booked'),
      v('10:00', 'jeanbaptiste', 'osei', 'review', 'booked', 'Epilepsy'),
      v('09:20', 'babybyrne', 'brandt', 'nurse', 'booked', 'Newborn check'),
    ],
  },
  {
    day: 2,
    visits: [
      v('08:45', 'marykate', 'keller', 'review', 'booked'),
      v('10:00', 'analucia', 'keller', 'consultation', 'booked', 'Mood'),
      v('11:00', 'liwei', 'keller', 'consultation', 'booked'),
      v('09:30', 'somchai', 'osei', 'review', 'booked', 'Gout'),
      v('11:00', 'wulandari', 'osei', 'consultation', 'booked'),
    ],
  },
  {
    day: 5,
    visits: [
      v('09:00', 'minjun', 'keller', 'consultation', 'booked'),
      v('10:00', 'aoibhin', 'keller', 'child', 'booked'),
      v('09:30', 'conor', 'osei', 'review', 'booked', 'Asthma'),
    ],
  },
]

export const waiting = { who: 'ruth', kind: 'consultation', note: 'Mornings, any day this week' } as const
