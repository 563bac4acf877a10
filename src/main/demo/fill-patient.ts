// One invented patient into the clinic, in one transaction: identity, visits with signed notes, and all that belongs to them.
import type { CommandContext } from '#core/rpc/context.ts'
import { chartTables as t, recordNoKnownAllergies } from '#modules/chart/main/api.ts'
import { fileSignedNote } from '#modules/notes/main/api.ts'
import { addFlag, createPatient, type NewPatient } from '#modules/patients/main/api.ts'
import type { DemoDays } from './demo-days.ts'
import type { DemoPatient, DemoVisit } from './demo-data.ts'
import { fillMeasurements, fillReport } from './fill-results.ts'
import { corrected, plainNote, visitNote } from './note-text.ts'
import type { DemoStaff } from './staff.ts'

export interface DemoSetting {
  readonly staff: DemoStaff
  readonly days: DemoDays
  /** Ids of all demo patients by key, given out beforehand: families point at each other. */
  readonly ids: ReadonlyMap<string, string>
  readonly nameOf: (key: string) => string
}

/** A visit as other rows point at it. */
interface Placed {
  readonly id: string
  readonly at: number
}
const noon = 12 * 60

export function fillPatient(ctx: CommandContext, setting: DemoSetting, patient: DemoPatient): string {
  const { days, staff } = setting
  const patientId = createPatient(ctx, identityOf(setting, patient))
  if (patient.flag) addFlag(ctx, { patientId, ...patient.flag })
  const visits = new Map<number, Placed>()
  for (const visit of patient.visits) visits.set(visit.day, fillVisit(ctx, setting, patientId, visit))
  const place = (day: number) => visits.get(day) ?? { id: null, at: days.at(day, noon) }
  const own = { patient_id: patientId }

  fillAllergies(ctx, setting, patientId, patient)
  for (const p of patient.problems) {
    const { id, at } = place(p.day)
    const written = {
      ...own,
      code_system: 'http://hl7.org/fhir/sid/icd-10',
      code: p.code,
      code_display: p.display,
      clinical_status: p.status,
      verification_status: 'confirmed',
      category: 'problem-list-item',
      onset: days.date(p.day),
      abatement: p.until === undefined ? null : days.date(p.until),
      recorded_date: days.date(p.day),
      encounter_id: id,
      note: p.note ?? null,
    }
    ctx.write.insert(t.condition, written, at)
  }
  for (const m of patient.medicines) {
    const { id, at } = place(m.day)
    const written = {
      ...own,
      status: m.status,
      status_reason: m.statusReason ?? null,
      intent: 'order',
      medication_display: m.display,
      dosage_text: m.directions,
      dose_value: m.dose?.[0] ?? null,
      dose_unit: m.dose?.[1] ?? null,
      route_display: m.route ?? null,
      frequency_text: m.frequency ?? null,
      as_needed: m.prn ? 1 : 0,
      authored_on: new Date(at).toISOString(),
      ended_on: m.until === undefined ? null : days.date(m.until),
      requester_display: staff[m.by].actor.userName,
      encounter_id: id,
      reason_display: m.reason ?? null,
      // What runs without an end is taken for long; when needed it may be over any day.
      is_long_term: m.status === 'active' && m.until === undefined && !m.prn ? 1 : 0,
    }
    ctx.write.insert(t.medicationRequest, written, at)
  }
  for (const r of patient.reports) {
    const { id, at } = place(r.day)
    fillReport(ctx, patientId, r, { at, encounterId: id })
  }
  fillEvents(ctx, setting, patientId, patient, place)
  return patientId
}

function identityOf({ days, ids, nameOf }: DemoSetting, p: DemoPatient): NewPatient {
  const [lines, city, postalCode] = p.address
  const born = days.date(p.bornDaysAgo)
  return {
    id: ids.get(p.key) ?? '',
    name: p.name.text,
    family: p.name.family,
    given: p.name.given,
    prefix: null,
    suffix: null,
    birthDate: p.birthEstimated ? born.slice(0, 4) : born,
    birthDateEstimated: p.birthEstimated,
    gender: p.gender,
    deceased: p.deceasedDaysAgo !== null,
    deceasedAt: p.deceasedDaysAgo === null ? null : days.date(p.deceasedDaysAgo),
    active: p.deceasedDaysAgo === null,
    language: p.language,
    maritalStatus: p.marital,
    identifiers: [],
    telecoms: [
      { system: 'phone', use: 'mobile', value: p.phone, rank: 1 },
      ...(p.email ? [{ system: 'email' as const, use: 'home' as const, value: p.email, rank: null }] : []),
    ],
    addresses: [{ use: 'home', lines, city, district: null, state: null, postalCode, country: 'IE' }],
    contacts: p.contacts.map((c) => ({
      relationship: c.relationship,
      name: c.name ?? nameOf(c.key ?? ''),
      phone: c.phone ?? null,
      email: null,
      patientId: (c.key === undefined
        ? null
        : (ids.get(c.key) ?? null)) as NewPatient['contacts'][number]['patientId'],
    })),
    otherNames: p.name.others.map((o) => ({ use: o.use, text: o.text, family: null, given: null })),
  }
}

function fillVisit(ctx: CommandContext, setting: DemoSetting, patientId: string, visit: DemoVisit): Placed {
  const { staff, days } = setting
  const at = days.at(visit.day, visit.minute)
  const end = at + visit.minutes * 60_000
  const { actor } = staff[visit.by]
  const id = ctx.write.insert(
    t.encounter,
    {
      patient_id: patientId,
      status: 'finished',
      class_code: visit.type === 'Home visit' ? 'HH' : 'AMB',
      type_display: visit.type,
      reason_display: visit.reason,
      period_start: new Date(at).toISOString(),
      period_end: new Date(end).toISOString(),
      practitioner_display: actor.userName,
      user_id: actor.userId,
    },
    at,
  )
  if (visit.vitals) fillMeasurements(ctx, patientId, visit.vitals, { at: at - 5 * 60_000, encounterId: id })
  if (visit.note) fillNotes(ctx, setting, { patientId, encounterId: id, at: end }, visit, visit.note)
  return { id, at }
}

function fillNotes(
  ctx: CommandContext,
  { staff }: DemoSetting,
  where: { patientId: string; encounterId: string; at: number },
  visit: DemoVisit,
  note: NonNullable<DemoVisit['note']>,
): void {
  const { actor, key } = staff[visit.by]
  const sign = (at: number, body: object, more: { kind: string; relatesTo?: string; reason?: string }) =>
    fileSignedNote(ctx, key, {
      patient_id: where.patientId,
      encounter_id: where.encounterId,
      draft_id: null,
      kind: more.kind,
      relates_code: more.kind === 'note' ? null : more.kind === 'addendum' ? 'appends' : 'replaces',
      relates_to: more.relatesTo ?? null,
      reason: more.reason ?? null,
      title: note.title,
      body: JSON.stringify(body),
      author_id: actor.userId,
      author_name: actor.userName,
      author_role: actor.role,
      signed_at: new Date(at).toISOString(),
      clock_quality: 'unknown',
    })
  const later = (daysAfter: number) => Math.min(where.at + daysAfter * 86_400_000 + 3_600_000, ctx.nowMs)
  const relatesTo = sign(where.at, visitNote(note), { kind: 'note' })
  if (visit.addendum) {
    sign(later(visit.addendum.after), plainNote(visit.addendum.text), { kind: 'addendum', relatesTo })
  }
  if (visit.correction) {
    const { after, reason, from, to } = visit.correction
    sign(later(after), visitNote(corrected(note, from, to)), { kind: 'correction', relatesTo, reason })
  }
}

function fillAllergies(
  ctx: CommandContext,
  { days }: DemoSetting,
  patientId: string,
  { allergies }: DemoPatient,
): void {
  if (allergies.asked && allergies.items.length === 0) recordNoKnownAllergies(ctx, { patientId })
  for (const a of allergies.items) {
    const written = {
      patient_id: patientId,
      code_display: a.substance,
      clinical_status: a.clinical,
      verification_status: a.verification,
      type: 'allergy',
      criticality: a.criticality,
      manifestations: JSON.stringify(a.reactions),
      severity: a.severity,
      recorded_date: days.date(a.day),
    }
    ctx.write.insert(t.allergyIntolerance, written, days.at(a.day, noon))
  }
}

function fillEvents(
  ctx: CommandContext,
  { staff, days }: DemoSetting,
  patientId: string,
  patient: DemoPatient,
  place: (day: number) => { readonly id: string | null; readonly at: number },
): void {
  const own = { patient_id: patientId }
  for (const i of patient.immunizations) {
    const { id, at } = place(i.day)
    const written = {
      ...own,
      status: 'completed',
      vaccine_system: 'http://hl7.org/fhir/sid/cvx',
      vaccine_code: i.cvx,
      vaccine_display: i.display,
      occurrence: new Date(at).toISOString(),
      lot_number: i.lot ?? null,
      site_display: i.site ?? null,
      primary_source: 1,
      encounter_id: id,
    }
    ctx.write.insert(t.immunization, written, at)
  }
  for (const p of patient.procedures) {
    const { id, at } = place(p.day)
    const written = {
      ...own,
      status: 'completed',
      code_display: p.display,
      performed_start: new Date(at).toISOString(),
      body_site: p.bodySite ?? null,
      outcome: p.outcome ?? null,
      encounter_id: id,
      performer_display: staff[p.by].actor.userName,
    }
    ctx.write.insert(t.procedure, written, at)
  }
  for (const d of patient.documents) {
    const at = days.at(d.day, noon)
    const written = {
      ...own,
      status: 'current',
      type_display: d.type,
      date: new Date(at).toISOString(),
      description: d.description,
      title: d.title,
      author_display: d.author,
    }
    ctx.write.insert(t.documentReference, written, at)
  }
  for (const plan of patient.carePlans) {
    const at = days.at(plan.day, noon)
    const written = {
      ...own,
      status: 'active',
      intent: 'plan',
      title: plan.title,
      description: plan.description,
      activities: JSON.stringify(plan.activities),
      addresses: JSON.stringify(plan.addresses),
      period_start: days.date(plan.day),
    }
    ctx.write.insert(t.carePlan, written, at)
  }
}
