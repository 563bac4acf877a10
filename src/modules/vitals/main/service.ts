// Taking vital signs: judged again by the same rules as on the screen, saved whole or not at all, taken back by correction.
import type { CommandContext, QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import { viewerOf, visibilityOf } from '#modules/access/main/api.ts'
import {
  allergyLinesOf,
  chartTables,
  latestVitalsOf,
  recordNoKnownAllergies,
  setVisitReason,
  withdrawNoKnownAllergies,
} from '#modules/chart/main/api.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { bannerOf } from '#modules/patients/main/api.ts'
import type { InputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { localDateIn } from '#shared/time.ts'
import { dayRange } from '#shared/zoned-time.ts'
import type { Intake, IntakeDone, IntakeUndo, Sheet, vitals } from '../shared/contract.ts'
import { ageAt } from '../shared/ranges.ts'
import { bodyMass, impossibleBody, impossibleOf, type Impossible, type Taken } from '../shared/rules.ts'
import { heightOf } from '../shared/last-values.ts'
import { signs } from '../shared/signs.ts'
import { lastAllergyCheck, observationRow, visitReason, visitUnderWay } from './queries.ts'
import { allergyCheckToRow, type Around, bodyMassToRow, signToRow } from './rows.ts'

type In<K extends keyof (typeof vitals)['procedures']> = InputOf<(typeof vitals)['procedures'][K]>

export function sheet(ctx: QueryContext, input: In<'sheet'>): Sheet {
  const { read, nowMs } = ctx
  const { patientId } = input
  const visible = visibilityOf(read, viewerOf(ctx), patientId)
  const person = personOf(read, patientId)
  const { timeZone, country } = clinicOf(read)
  const today = localDateIn(timeZone, nowMs)
  const under = visitFor(read, patientId, input.encounterId, today, timeZone)
  const visit = under && visible.ids.has(under.id) ? undefined : under
  const allergies = allergyLinesOf(read, patientId)
  return {
    name: person.name,
    recordNumber: person.recordNumber,
    birthDate: person.birthDate,
    gender: person.gender,
    today,
    country,
    vitals: latestVitalsOf(read, patientId, visible),
    allergies: {
      state: allergies.state,
      substances: allergies.items
        .filter(
          (a) => a.clinicalStatus !== 'inactive' && a.clinicalStatus !== 'resolved' && !visible.ids.has(a.id),
        )
        .map((a) => a.substance),
      checkedAt: read.get(lastAllergyCheck, { patientId })?.effective_at ?? null,
    },
    encounterId: (visit?.id ?? null) as Sheet['encounterId'],
    reason: visit?.reason_display ?? null,
  }
}

/** Also part of larger acts of other modules, in their transaction. */
export function takeVitals(ctx: CommandContext, input: Intake & { patientId: string }): IntakeDone {
  const { read, write, now, nowMs, actor } = ctx
  const { patientId } = input
  const person = personOf(read, patientId)
  const { timeZone } = clinicOf(read)
  const today = localDateIn(timeZone, nowMs)
  const taken: readonly Taken[] = input.signs
  refuseImpossible(taken)
  const visit = visitFor(read, patientId, input.encounterId, today, timeZone)
  const around: Around = {
    patientId,
    encounterId: visit?.id ?? null,
    takenAt: now,
    takenBy: actor.userName,
  }
  const age = ageAt(person.birthDate, today)
  const rows = taken.map((one) => signToRow(one, age, person.gender, around))
  const weight = taken.find((t) => t.sign === 'weight') ?? null
  const height =
    taken.find((t) => t.sign === 'height') ??
    (weight && age && age.years >= fullyGrownYears
      ? heightOf(latestVitalsOf(read, patientId, visibilityOf(read, viewerOf(ctx), patientId)))
      : null)
  const mass = bodyMass(weight, height, age, person.gender)
  if (mass) rows.push(bodyMassToRow(mass, around))
  const marked = rows.filter((r) => r.interpretation && r.interpretation !== 'N').length
  if (input.allergies === 'checked') rows.push(allergyCheckToRow(around))
  const observations = rows.map((row) => write.insert(chartTables.observation, row))
  return {
    marked,
    undo: {
      observations,
      encounterId: around.encounterId as IntakeUndo['encounterId'],
      noneKnownRecorded: input.allergies === 'none-known' && recordNoneKnown(ctx, patientId),
      ...noteReason(ctx, patientId, visit, input.reason),
    },
  }
}

/** From here on a body grows no taller: BMI may use a height of another day. */
const fullyGrownYears = 21

/**
 * Values are append-only: the wrong row is hidden with a reason that names its correction, and the correction, a row of
 * its own with FHIR status entered-in-error, says in the record that there was one.
 */
export function withdrawVitals(ctx: CommandContext, input: In<'withdraw'>): { withdrawn: number } {
  const { read, write } = ctx
  const { patientId, undo } = input
  personOf(read, patientId)
  const rows = undo.observations.map((id) => {
    const row = read.get(observationRow, { patientId, id })
    if (!row || row.status === 'entered-in-error') throw new AppError('NOT_FOUND')
    return row
  })
  for (const row of rows) {
    const { id, rev: _rev, ins_writer: _w, ins_seq: _s, voided_at: _v, void_reason: _r, ...said } = row
    const correction = write.insert(chartTables.observation, { ...said, status: 'entered-in-error' })
    write.void(chartTables.observation, id, 'any', `entered in error, corrected by ${correction}`)
  }
  if (undo.noneKnownRecorded) withdrawNoKnownAllergies(ctx, { patientId })
  if (undo.reasonChanged && undo.encounterId !== null) {
    setVisitReason(ctx, patientId, undo.encounterId, undo.reasonBefore)
  }
  return { withdrawn: rows.length }
}

function personOf(read: Reader, patientId: string) {
  const person = bannerOf(read, patientId)
  if (!person) throw new AppError('NOT_FOUND')
  return person
}

/** A visit that is named must be the patient's; without one, today's that is under way is meant. */
function visitFor(
  read: Reader,
  patientId: string,
  encounterId: string | null,
  today: string,
  timeZone: string,
) {
  const id = encounterId ?? read.get(visitUnderWay, { patientId, ...dayRange(today, timeZone) })?.id
  if (id === undefined) return undefined
  const visit = read.get(visitReason, { patientId, id })
  if (!visit && encounterId !== null) throw new AppError('NOT_FOUND')
  return visit
}

function refuseImpossible(taken: readonly Taken[]): void {
  const seen = new Set<string>()
  for (const one of taken) {
    const isWhole = (one.sign === 'blood-pressure') === (one.second !== null)
    if (!isWhole || !signs[one.sign].units.includes(one.unit) || seen.has(one.sign)) {
      throw new AppError('INVALID_INPUT', { fields: [`signs: ${one.sign}`] })
    }
    seen.add(one.sign)
    refuse(impossibleOf(one))
  }
  const of = (sign: Taken['sign']) => taken.find((t) => t.sign === sign) ?? null
  refuse(impossibleBody(of('weight'), of('height')))
}

function refuse(impossible: Impossible | null): void {
  if (!impossible) return
  const { part, low, high, unit } = impossible
  throw new AppError('IMPOSSIBLE_VALUE', { part, low, high, unit })
}

/** True when it was not on record before: only then may an undo take it back. */
function recordNoneKnown(ctx: CommandContext, patientId: string): boolean {
  const before = allergyLinesOf(ctx.read, patientId).state
  recordNoKnownAllergies(ctx, { patientId })
  return before === 'not-recorded'
}

function noteReason(
  ctx: CommandContext,
  patientId: string,
  visit: { id: string; reason_display: string | null } | undefined,
  reason: string | null,
): Pick<IntakeUndo, 'reasonBefore' | 'reasonChanged'> {
  const reasonBefore = visit?.reason_display ?? null
  if (!visit || reason === null || reason === reasonBefore) return { reasonBefore, reasonChanged: false }
  setVisitReason(ctx, patientId, visit.id, reason)
  return { reasonBefore, reasonChanged: true }
}
