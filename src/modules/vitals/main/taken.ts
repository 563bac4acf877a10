// What was taken since an instant, for many patients at once: the marks and the "vitals taken" of a day's cards.
import { sql } from 'kysely'
import { preparedQuery, type Reader } from '#core/store/reader.ts'
import { bloodPressureParts, vitalKeyOf } from '#modules/chart/shared/vital-signs.ts'
import type { Interpretation } from '../shared/ranges.ts'
import { allergyCheck } from './rows.ts'

/** One walk over the newest end of each patient's range. `patients` is a JSON array; ids sort by clinical instant. */
export const takenSince = preparedQuery<{ patients: string; fromId: string }>()((db, p) =>
  db
    .selectFrom(sql<{ value: string }>`json_each(${p.patients})`.as('asked'))
    .innerJoin('observation as o', (join) =>
      join
        .on('o.patient_id', '=', sql<string>`asked.value`)
        .on('o.id', '>=', p.fromId)
        .on('o.voided_at', 'is', null)
        .on('o.status', '!=', 'entered-in-error')
        .on('o.category', 'in', ['vital-signs', allergyCheck.category]),
    )
    .select([
      'o.patient_id',
      'o.encounter_id',
      'o.category',
      'o.code',
      'o.code_display',
      'o.interpretation',
      'o.value_text',
      'o.components',
      'o.effective_at',
    ])
    .orderBy('o.id'),
)

export interface Mark {
  /** One of the chart's vital keys. */
  readonly sign: string
  readonly value: string
  readonly interpretation: Exclude<Interpretation, 'N'>
}

export interface TakenInVisit {
  readonly encounterId: string | null
  /** When the last of it was taken. */
  readonly takenAt: string | null
  /** Marked values, the latest of each sign. */
  readonly marks: readonly Mark[]
}

interface Visit {
  takenAt: string | null
  readonly signs: Map<string, Mark | null>
}

/** By patient, the visits of which something was taken. BMI is worth knowing, not worth a warning in a corridor. */
export function takenByPatient(
  read: Reader,
  patientIds: readonly string[],
  fromId: string,
): ReadonlyMap<string, readonly TakenInVisit[]> {
  const byPatient = new Map<string, Map<string | null, Visit>>()
  for (const row of read.all(takenSince, { patients: JSON.stringify(patientIds), fromId })) {
    if (row.category === allergyCheck.category && row.code !== allergyCheck.code) continue
    const visits = byPatient.get(row.patient_id) ?? new Map<string | null, Visit>()
    byPatient.set(row.patient_id, visits)
    const visit = visits.get(row.encounter_id) ?? { takenAt: null, signs: new Map<string, Mark | null>() }
    visits.set(row.encounter_id, visit)
    visit.takenAt = row.effective_at
    const sign = vitalKeyOf(row.code, row.code_display)
    visit.signs.set(sign, sign === 'bmi' ? null : markOf(sign, row))
  }
  return new Map(
    [...byPatient].map(([patientId, visits]) => [
      patientId,
      [...visits].map(([encounterId, { takenAt, signs }]) => ({
        encounterId,
        takenAt,
        marks: [...signs.values()].filter((mark) => mark !== null),
      })),
    ]),
  )
}

const marked = ['LL', 'L', 'H', 'HH'] as const

function markOf(
  sign: string,
  row: { interpretation: string | null; value_text: string | null; components: string | null },
): Mark | null {
  const interpretation = marked.find((code) => code === row.interpretation)
  return interpretation ? { sign, value: valueOf(row), interpretation } : null
}

function valueOf(row: { value_text: string | null; components: string | null }): string {
  if (row.value_text !== null || row.components === null) return row.value_text ?? ''
  const parts = JSON.parse(row.components) as { code: string | null; value_text?: string | null }[]
  return bloodPressureParts(parts)
    .map((part) => part?.value_text ?? '')
    .join('/')
}
