// One planned visit, lived through as far as its fate says: booked, arrived, vitals, note, prescription, invoice, money.
import type { CommandContext } from '#core/rpc/context.ts'
import type { Services } from '#core/rpc/services.ts'
import { account, chargeEncounter, checkout, issue } from '#modules/billing/main/api.ts'
import { chartTables } from '#modules/chart/main/api.ts'
import { fileSignedNote } from '#modules/notes/main/api.ts'
import { putItem, signBasket } from '#modules/prescribing/main/api.ts'
import { book, cancel, noShow, setFlow, walkIn } from '#modules/scheduling/main/api.ts'
import type { Appointment } from '#modules/scheduling/shared/contract.ts'
import { takeVitals } from '#modules/vitals/main/api.ts'
import type { EncounterId, PatientId } from '#shared/ids.ts'
import type { DemoStaff } from '../staff.ts'
import { asOf } from './as-of.ts'
import type { Fate, PlannedVisit, Provider } from './plan.ts'
import { type Practice, visitKinds } from './practice.ts'
import { noteOf, scripts, vitalsOf } from './visit-texts.ts'

export interface Scene {
  readonly ctx: CommandContext
  readonly services: Services
  readonly staff: DemoStaff
  readonly practice: Practice
  readonly patientId: PatientId
  /** The day of the visit, and the instant that stands for a minute of its wall clock. */
  readonly date: string
  readonly instantOf: (minute: number) => number
  /** When it was booked. */
  readonly bookedMs: number
  /** Counts visits, so that values differ. */
  readonly n: number
}

export const minutesOf = (at: string) => Number(at.slice(0, 2)) * 60 + Number(at.slice(3))
const finished: ReadonlySet<Fate> = new Set([
  'to-check-out',
  'paid-cash',
  'paid-card',
  'paid-split',
  'paid-part',
  'invoiced',
])

export function liveVisit(scene: Scene, visit: PlannedVisit): void {
  const { ctx, staff, practice, patientId, date, instantOf } = scene
  const start = minutesOf(visit.at)
  const desk = (minute: number) => asOf(ctx, instantOf(minute), staff.haddad)
  const booked = book(asOf(ctx, scene.bookedMs, staff.haddad), {
    patientId,
    date,
    start,
    minutes: null,
    providerId: practice.providers[visit.by],
    roomId: null,
    visitTypeId: practice.types[visit.kind],
    reason: visit.reason ?? null,
    waitlistId: null,
    override: null,
  })
  const which = { patientId, appointmentId: booked.id, rev: booked.rev }
  if (visit.fate === 'booked') return
  if (visit.fate === 'cancelled') {
    cancel(desk(start - 60), { ...which, code: 'patient', text: null })
    return
  }
  if (visit.fate === 'noshow') {
    const missed = desk(start + 30)
    // Early in the morning the visit is still to come.
    if (missed.nowMs > Date.parse(booked.startAt)) noShow(missed, which)
    return
  }
  carryOn(scene, visit, booked, start)
}

/** Arrived now, next free place, a number to be called by. */
export function liveWalkIn(scene: Scene, visit: Omit<PlannedVisit, 'at' | 'by'>, minute: number): void {
  const { ctx, staff, practice, patientId, instantOf } = scene
  walkIn(asOf(ctx, instantOf(minute), staff.haddad), {
    patientId,
    providerId: null,
    visitTypeId: practice.types[visit.kind],
    reason: visit.reason ?? null,
    override: null,
  })
}

function carryOn(scene: Scene, visit: PlannedVisit, booked: Appointment, start: number): void {
  const { ctx, staff, practice, patientId, instantOf } = scene
  const { fate } = visit
  const step = (
    minute: number,
    name: 'arrive' | 'room' | 'start',
    seen: Appointment['status'],
    room = false,
  ) =>
    setFlow(asOf(ctx, instantOf(minute), name === 'arrive' ? staff.haddad : staff.brandt), {
      patientId,
      appointmentId: booked.id,
      step: name,
      seen,
      roomId: room ? (booked.roomId ?? practice.rooms[scene.n % 3] ?? null) : null,
    })
  const { encounterId } = step(start - 6, 'arrive', 'booked')
  if (fate === 'waiting') return
  step(start + 1, 'room', 'arrived', true)
  if (fate === 'roomed') return
  takeVitals(asOf(ctx, instantOf(start + 3), staff.brandt), {
    patientId,
    encounterId,
    signs: [...vitalsOf(scene.n)],
    reason: visit.reason ?? null,
    allergies: 'checked',
  })
  if (fate === 'vitals-taken') return
  step(start + 5, 'start', 'roomed')
  if (fate === 'with-doctor' || encounterId === null) return
  const end = start + visitKinds[visit.kind].minutes
  finishVisit(scene, visit, encounterId, booked, end)
  if (finished.has(fate) && fate !== 'to-check-out') pay(scene, fate, end + 4)
}

function finishVisit(
  scene: Scene,
  visit: PlannedVisit,
  encounterId: EncounterId,
  booked: Appointment,
  end: number,
): void {
  const { ctx, services, staff, patientId, instantOf } = scene
  const author = doctorOf(staff, visit.by)
  const at = asOf(ctx, instantOf(end), author.actor, author.key)
  prescribe(
    services,
    asOf(ctx, instantOf(end - 1), author.actor, author.key),
    patientId,
    encounterId,
    visit.who,
  )
  fileSignedNote(at, author.key, {
    patient_id: patientId,
    encounter_id: encounterId,
    draft_id: null,
    kind: 'note',
    relates_code: null,
    relates_to: null,
    reason: null,
    title: visitKinds[visit.kind].name,
    body: JSON.stringify(noteOf(visit.kind, visit.reason)),
    author_id: author.actor.userId,
    author_name: author.actor.userName,
    author_role: author.actor.role,
    signed_at: at.now,
    clock_quality: 'unknown',
  })
  setFlow(at, { patientId, appointmentId: booked.id, step: 'done', seen: 'with-doctor', roomId: null })
  ctx.write.update(chartTables.encounter, encounterId, 'any', { practitioner_display: author.actor.userName })
  chargeEncounter(at, patientId, encounterId)
}

/** Nurses write no note that needs a signature; the doctor on duty signs for the visit. */
function doctorOf(staff: DemoStaff, by: Provider) {
  return by === 'osei' ? staff.osei : staff.keller
}

function prescribe(
  services: Services,
  ctx: CommandContext,
  patientId: PatientId,
  encounterId: EncounterId,
  who: string,
): void {
  const items = scripts[who]
  if (!items) return
  let step = 0
  for (const { drug, sig } of items) {
    step = putItem(services)(ctx, {
      patientId,
      step,
      itemId: null,
      drugId: null,
      label: drug,
      sigText: sig,
      quantity: null,
      refills: 0,
      note: null,
      longTerm: false,
      replaces: null,
      reasons: {},
    }).step
  }
  signBasket(services)(ctx, { patientId, step, encounterId })
}

function pay(scene: Scene, fate: Fate, minute: number): void {
  const { ctx, staff, patientId, instantOf } = scene
  const desk = asOf(ctx, instantOf(minute), staff.haddad)
  const { charges, payableMinor, draft } = account(desk, { patientId })
  if (charges.length === 0) return
  const chargeIds = charges.map((charge) => charge.id)
  if (fate === 'invoiced') {
    issue(desk, {
      patientId,
      chargeIds,
      expectedTotalMinor: draft.totalMinor,
      payer: null,
      dueOn: null,
      note: null,
    })
    return
  }
  const line = (method: 'cash' | 'card', amountMinor: number) => ({ method, amountMinor, reference: null })
  const part = Math.floor(payableMinor / 200) * 100
  const tenders = {
    'paid-cash': [line('cash', payableMinor)],
    'paid-card': [line('card', payableMinor)],
    'paid-split': [line('cash', part), line('card', payableMinor - part)],
    'paid-part': [line('cash', part)],
  }[fate as 'paid-cash']
  checkout(desk, {
    patientId,
    chargeIds,
    expectedPayableMinor: payableMinor,
    tenders,
    excess: 'change',
    payer: null,
    note: null,
  })
}
