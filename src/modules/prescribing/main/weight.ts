// The newest body weight on record, for the script: doses of children are judged by it.
import { addMonths } from '#shared/zoned-time.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'

/** LOINC of a measured weight, newest first. Values that were entered by mistake are no values. */
export const weights = preparedQuery<{ patientId: string; since: string }>()((db, p) =>
  db
    .selectFrom('observation')
    .select(['value_number', 'value_ucum', 'value_unit', 'status'])
    .where('patient_id', '=', p.patientId)
    .where('category', '=', 'vital-signs')
    .where('code', '=', '29463-7')
    .where('effective_at', '>=', p.since)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc')
    .limit(5),
)

const inKilograms: Readonly<Record<string, number>> = { kg: 1, g: 0.001, '[lb_av]': 0.453_592_37 }

/** None older than a year before the script: an old weight is worse than none. */
export function newestWeight(read: Reader, patientId: string, on: string): number | null {
  for (const row of read.all(weights, { patientId, since: addMonths(on, -12) })) {
    const factor = inKilograms[row.value_ucum ?? row.value_unit ?? '']
    const isValue = row.status !== 'entered-in-error' && row.status !== 'cancelled'
    if (!isValue || row.value_number === null || factor === undefined) continue
    return Math.round(row.value_number * factor * 10) / 10
  }
  return null
}
