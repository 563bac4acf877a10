// Reads of vitals beyond the chart's own: the visit under way, the last allergy check, values to take back.
import { preparedQuery } from '#core/store/reader.ts'
import { allergyCheck } from './rows.ts'

/** The newest visit that began in a span of time and has not ended. */
export const visitUnderWay = preparedQuery<{ patientId: string; from: string; to: string }>()((db, p) =>
  db
    .selectFrom('encounter')
    .select('id')
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null)
    .where('status', 'in', ['arrived', 'triaged', 'in-progress'])
    .where('period_start', '>=', p.from)
    .where('period_start', '<', p.to)
    .orderBy('id', 'desc')
    .limit(1),
)

export const visitReason = preparedQuery<{ patientId: string; id: string }>()((db, p) =>
  db
    .selectFrom('encounter')
    .select(['id', 'reason_display'])
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)

export const lastAllergyCheck = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('observation')
    .select('effective_at')
    .where('patient_id', '=', p.patientId)
    .where('category', '=', allergyCheck.category)
    .where('code', '=', allergyCheck.code)
    .where('voided_at', 'is', null)
    .where('status', '!=', 'entered-in-error')
    .orderBy('id', 'desc')
    .limit(1),
)

export const observationRow = preparedQuery<{ patientId: string; id: string }>()((db, p) =>
  db
    .selectFrom('observation')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id)
    .where('voided_at', 'is', null),
)
