// How the demo practice is set up: who can be booked, rooms, kinds of visit with their prices, hours with a lunch break.
import type { CommandContext } from '#core/rpc/context.ts'
import { addFee, setTaxRate } from '#modules/billing/main/api.ts'
import { saveHours, saveProvider, saveRoom, saveVisitType } from '#modules/scheduling/main/api.ts'
import type { Colour, OpeningRule, ResourceId, VisitTypeId } from '#modules/scheduling/shared/contract.ts'
import type { UserId } from '#shared/ids.ts'
import { addDays, weekdayOf } from '#shared/zoned-time.ts'
import type * as z from 'zod'

type ColourName = z.infer<typeof Colour>

export const visitKinds = {
  consultation: { name: 'Consultation', minutes: 15, colour: 'blue', fee: 'CONS', minor: 6000 },
  review: { name: 'Long-term review', minutes: 20, colour: 'green', fee: 'REVIEW', minor: 7500 },
  child: { name: 'Child health check', minutes: 20, colour: 'amber', fee: 'CHILD', minor: 5000 },
  antenatal: { name: 'Antenatal visit', minutes: 20, colour: 'violet', fee: 'ANTE', minor: 7000 },
  nurse: { name: 'Nurse visit', minutes: 10, colour: 'green', fee: 'NURSE', minor: 2500 },
  minor: { name: 'Minor procedure', minutes: 30, colour: 'rose', fee: 'PROC', minor: 9500 },
} as const satisfies Record<
  string,
  { name: string; minutes: number; colour: ColourName; fee: string; minor: number }
>
export type VisitKind = keyof typeof visitKinds

const otherFees = [
  { code: 'ECG', title: 'Electrocardiogram', category: 'procedure', minor: 4500, tax: 'exempt' },
  { code: 'VACC', title: 'Vaccination', category: 'procedure', minor: 3000, tax: 'exempt' },
  { code: 'CERT', title: 'Medical certificate', category: 'other', minor: 2000, tax: 'standard' },
  { code: 'DRESS', title: 'Dressing material', category: 'other', minor: 850, tax: 'standard' },
] as const

export interface Practice {
  readonly providers: { readonly keller: ResourceId; readonly osei: ResourceId; readonly brandt: ResourceId }
  readonly rooms: readonly ResourceId[]
  readonly types: Readonly<Record<VisitKind, VisitTypeId>>
}

export interface PracticePeople {
  readonly keller: string
  readonly osei: string
  readonly brandt: string
}

interface Hours {
  readonly from: number
  readonly until: number
}

/** @param today a working day, whatever weekday it is, with hours of its own: somebody looks just now */
export function setUpPractice(
  ctx: CommandContext,
  people: PracticePeople,
  today: string,
  todaysHours: Hours,
): Practice {
  const since = addDays(today, -400)
  setTaxRate(ctx, { code: 'exempt', name: 'Exempt', nameOther: null, basisPoints: 0, validFrom: since })
  setTaxRate(ctx, {
    code: 'standard',
    name: 'VAT 23 %',
    nameOther: null,
    basisPoints: 2300,
    validFrom: since,
  })
  for (const kind of Object.values(visitKinds)) {
    addFee(ctx, {
      code: kind.fee,
      title: kind.name,
      titleOther: null,
      category: 'visit',
      amountMinor: kind.minor,
      taxCode: 'exempt',
      validFrom: since,
    })
  }
  for (const { code, title, category, minor, tax } of otherFees) {
    addFee(ctx, {
      code,
      title,
      titleOther: null,
      category,
      amountMinor: minor,
      taxCode: tax,
      validFrom: since,
    })
  }
  const room = (name: string, position: number, roomKind: string) =>
    saveRoom(ctx, {
      id: null,
      rev: null,
      kind: 'room',
      name,
      colour: 'grey',
      position,
      active: true,
      roomKind,
    }).id
  const rooms = [
    room('Room 1', 1, 'exam'),
    room('Room 2', 2, 'exam'),
    room('Room 3', 3, 'exam'),
    room('Treatment', 4, 'procedure'),
  ]
  const provider = (name: string, userId: string, colour: ColourName, position: number) =>
    saveProvider(ctx, {
      id: null,
      rev: null,
      name,
      colour,
      position,
      active: true,
      userId: userId as UserId,
      defaultRoomId: rooms[position - 1] ?? null,
    }).id
  const providers = {
    keller: provider('Dr. Keller', people.keller, 'blue', 1),
    osei: provider('Dr. Osei', people.osei, 'violet', 2),
    brandt: provider('Nurse Brandt', people.brandt, 'green', 3),
  }
  const types = {} as Record<VisitKind, VisitTypeId>
  Object.entries(visitKinds).forEach(([key, kind], position) => {
    types[key as VisitKind] = saveVisitType(ctx, {
      id: null,
      rev: null,
      name: kind.name,
      minutes: kind.minutes,
      colour: kind.colour,
      feeCode: kind.fee,
      noteTitle: kind.name,
      roomKind: key === 'minor' ? 'procedure' : 'exam',
      bookableBy: null,
      position,
      active: true,
    }).id
  })
  saveHours(ctx, { resourceId: null, version: '', rules: hoursOf(today, todaysHours) })
  return { providers, rooms, types }
}

/** Monday to Friday with a lunch break; the day on which somebody looks is open while its visits last. */
function hoursOf(today: string, todaysHours: Hours): OpeningRule[] {
  const always = { validFrom: null, validUntil: null }
  const weekday = weekdayOf(today)
  const usual = [1, 2, 3, 4, 5]
    .filter((day) => day !== weekday)
    .flatMap((day) => [
      { ...always, weekday: day, from: 8 * 60, until: 17 * 60 + 30, kind: 'open' as const },
      { ...always, weekday: day, from: 12 * 60 + 30, until: 13 * 60 + 15, kind: 'break' as const },
    ])
  return [...usual, { ...always, weekday, ...todaysHours, kind: 'open' }]
}
