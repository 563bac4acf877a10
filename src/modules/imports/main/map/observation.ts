// Observation: one measurement or finding with its components, range and the panel it belongs to.
import { type FhirElement, joined } from '../fhir-element.ts'
import { type Columns, firstCoded, type References } from './row.ts'
import { quantityWords, rangeWords, valueOf } from './values.ts'

const statuses = [
  'registered',
  'preliminary',
  'final',
  'amended',
  'corrected',
  'cancelled',
  'entered-in-error',
  'unknown',
] as const

export function mapObservation(r: FhirElement, refs: References): Columns<'observation'> {
  const code = r.coded('code')
  if (!code) throw r.fault('code')
  refs.link('encounter_id', refs.one(r, 'encounter', 'Encounter'))
  refs.members.push(...refs.many(r, 'hasMember').flatMap((m) => (m.key ? [m.key] : [])))
  return {
    status: r.requiredCode('status', statuses),
    category: categoryOf(r),
    code_system: code.system,
    code: code.code,
    code_display: code.display,
    effective_at: effectiveOf(r),
    ...valueOf(r),
    components: componentsOf(r),
    interpretation: interpretationOf(r),
    ...rangeOf(r),
    absent_reason: absentReasonOf(r),
    body_site: r.coded('bodySite')?.display ?? null,
    method: r.coded('method')?.display ?? null,
    note: r.notes(),
    performer_display: performersOf(r, refs),
  }
}

function categoryOf(r: FhirElement): string | null {
  const category = firstCoded(r, 'category')
  return category?.code ?? category?.display ?? null
}

export function effectiveOf(r: FhirElement): string | null {
  const period = r.one('effectivePeriod')
  return (
    r.timeText('effectiveDateTime') ??
    r.timeText('effectiveInstant') ??
    period?.timeText('start') ??
    period?.timeText('end') ??
    null
  )
}

/** "H", "L": the code, which screens know; words where there is no code. */
function interpretationOf(r: FhirElement): string | null {
  return joined(r.codedList('interpretation').map((c) => c.code ?? c.display))
}

function absentReasonOf(r: FhirElement): string | null {
  const reason = r.coded('dataAbsentReason')
  return reason?.code ?? reason?.display ?? null
}

function componentsOf(r: FhirElement): string | null {
  const components = r.many('component').map((c) => {
    const code = c.coded('code')
    if (!code) throw c.fault('code')
    const said = { interpretation: interpretationOf(c), absent_reason: absentReasonOf(c) }
    return {
      code_system: code.system,
      code: code.code,
      code_display: code.display,
      ...valueOf(c),
      ...Object.fromEntries(Object.entries(said).filter(([, v]) => v !== null)),
    }
  })
  return components.length === 0 ? null : JSON.stringify(components)
}

/**
 * Limits stand as numbers only when there is one range in the unit of the value: anything else would flag wrong values.
 * The rest is said in words.
 */
function rangeOf(r: FhirElement) {
  const ranges = r.many('referenceRange')
  const [first] = ranges
  if (!first) return { range_low: null, range_high: null, range_text: null }
  const words = ranges.map((range) => range.line('text') ?? rangeWords(range)).filter((w) => w !== null)
  const low = first.one('low')
  const high = first.one('high')
  const unit = unitWord(r.one('valueQuantity'))
  const sameUnit = [low, high].every(
    (limit) => !limit || unitWord(limit) === null || unitWord(limit) === unit,
  )
  if (ranges.length > 1 || !sameUnit)
    return { range_low: null, range_high: null, range_text: joined(words, '; ') }
  return {
    range_low: low?.decimal('value')?.number ?? null,
    range_high: high?.decimal('value')?.number ?? null,
    range_text:
      first.line('text') ?? (unit === null ? (rangeWords(first) ?? quantityWords(low ?? high)) : null),
  }
}

function unitWord(q: FhirElement | null): string | null {
  return q?.text('code') ?? q?.text('unit') ?? null
}

/** Who measured: all names, since a row names no practitioner. */
export function performersOf(r: FhirElement, refs: References): string | null {
  const performers = refs.many(r, 'performer')
  const names = performers.flatMap((p) => p.display ?? [])
  if (names.length > 0) return joined(names)
  return refs.words('performer_display', performers[0])
}
