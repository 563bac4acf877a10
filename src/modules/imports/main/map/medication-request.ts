// MedicationRequest: an order for a medicine with its directions as written.
import { FhirElement, joined } from '../fhir-element.ts'
import type { Resolved } from '../references.ts'
import { type Columns, firstCoded, type References } from './row.ts'
import { doseOf, quantityWords, rangeWords } from './values.ts'

const statuses = [
  'active',
  'on-hold',
  'cancelled',
  'completed',
  'entered-in-error',
  'stopped',
  'draft',
  'unknown',
] as const
const intents = [
  'proposal',
  'plan',
  'order',
  'original-order',
  'reflex-order',
  'filler-order',
  'instance-order',
  'option',
] as const

export function mapMedicationRequest(r: FhirElement, refs: References): Columns<'medicationRequest'> {
  // "Do not give" must never stand in a list of medicines.
  if (r.flag('doNotPerform') === true) throw r.fault('doNotPerform')
  const requester = refs.one(r, 'requester')
  refs.link('requester_id', requester?.key?.[1] === 'Practitioner' ? requester : null)
  refs.link('encounter_id', refs.one(r, 'encounter', 'Encounter'))
  return {
    status: r.requiredCode('status', statuses),
    status_reason: r.coded('statusReason')?.display ?? null,
    intent: r.requiredCode('intent', intents),
    ...medicationOf(r, refs),
    ...dosageOf(r),
    authored_on: r.timeText('authoredOn'),
    ended_on: endOf(r),
    requester_display: refs.words('requester_display', requester),
    reason_display:
      firstCoded(r, 'reasonCode')?.display ??
      refs.words('reason_display', refs.many(r, 'reasonReference')[0]),
    note: r.notes(),
  }
}

function medicationOf(r: FhirElement, refs: References) {
  const reference = refs.one(r, 'medicationReference', 'Medication')
  const target = reference?.target ? new FhirElement(reference.target, 'medicationReference') : null
  const coded = r.coded('medicationCodeableConcept') ?? target?.coded('code') ?? null
  const display = coded?.display ?? nameOf(reference, refs)
  if (display === null) throw r.fault('medication')
  return {
    medication_system: coded?.system ?? null,
    medication_code: coded?.code ?? null,
    medication_display: display,
  }
}

/** A medicine that came in another file is named from there at filing; its id stands for it until then. */
function nameOf(reference: Resolved | null, refs: References): string | null {
  if (!reference) return null
  return refs.words('medication_display', reference) ?? reference.key?.[2] ?? null
}

/** Dose, unit, route and timing are one statement: with several instructions only the words can say it. */
function dosageOf(r: FhirElement) {
  const instructions = r.many('dosageInstruction')
  const words = instructions.map((d) => d.text('text') ?? d.text('patientInstruction') ?? composed(d))
  const text = joined(
    words.filter((w) => w !== null),
    '; ',
  )
  const asNeeded = instructions.some(
    (d) => d.flag('asNeededBoolean') === true || d.has('asNeededCodeableConcept'),
  )
  const only = instructions.length === 1 ? instructions[0] : undefined
  return {
    dosage_text: text,
    ...doseOf(only ? quantityOf(only) : null),
    route_display: only?.coded('route')?.display ?? null,
    frequency_text: only ? frequencyOf(only) : null,
    as_needed: instructions.length === 0 ? null : asNeeded ? 1 : 0,
  }
}

const quantityOf = (d: FhirElement) => {
  const doses = d.many('doseAndRate')
  return doses.length === 1 ? (doses[0]?.one('doseQuantity') ?? null) : null
}

function composed(d: FhirElement): string | null {
  const rates = d.many('doseAndRate')
  const doses = rates.map((x) => quantityWords(x.one('doseQuantity')) ?? rangeWords(x.one('doseRange')))
  const parts = [
    ...doses,
    d.coded('route')?.display ?? null,
    frequencyOf(d),
    ...rates.map((x) => quantityWords(x.one('rateQuantity'))),
    ...d.codedList('additionalInstruction').map((c) => c.display),
  ]
  return joined(parts.filter((p) => p !== null))
}

/** "3 × / 1 d", "1 × / 4–6 h": the notation of the standard's own fields, in units of UCUM; words where the source has words. */
function frequencyOf(d: FhirElement): string | null {
  const timing = d.one('timing')
  if (!timing) return null
  const named = timing.coded('code')?.display
  if (named) return named
  const repeat = timing.one('repeat')
  if (!repeat) return null
  const [times, most] = [repeat.integer('frequency'), repeat.integer('frequencyMax')]
  const [period, longest] = [repeat.decimal('period')?.text, repeat.decimal('periodMax')?.text]
  const unit = repeat.line('periodUnit', 10) ?? ''
  const when = joined(repeat.lines('when'))
  const count = times === null ? '' : most === null ? `${times} ×` : `${times}–${most} ×`
  const every =
    period === undefined ? '' : `/ ${longest === undefined ? period : `${period}–${longest}`} ${unit}`.trim()
  return joined(
    [count, every, when ?? ''].filter((p) => p !== ''),
    ' ',
  )
}

/** When the treatment itself ends; the validity of the prescription is another thing. */
function endOf(r: FhirElement): string | null {
  const ends = r
    .many('dosageInstruction')
    .map((d) => d.one('timing')?.one('repeat')?.one('boundsPeriod')?.timeText('end') ?? null)
  return ends.length === 1 ? (ends[0] ?? null) : null
}
