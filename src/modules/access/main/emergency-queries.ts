// Reads of emergency access and of reasons for access.
import { preparedQuery } from '#core/store/reader.ts'

export const openEmergency = preparedQuery<{ patient: string; user: string; now: string }>()((db, p) =>
  db
    .selectFrom('break_glass')
    .select(['id', 'rev', 'started_at', 'until_at'])
    .where('patient_id', '=', p.patient)
    .where('user_id', '=', p.user)
    .where('until_at', '>', p.now)
    .where('ended_at', 'is', null)
    .where('voided_at', 'is', null)
    .orderBy('until_at', 'desc')
    .limit(1),
)

export const emergenciesSince = preparedQuery<{ user: string; since: string }>()((db, p) =>
  db
    .selectFrom('break_glass')
    .select('id')
    .where('user_id', '=', p.user)
    .where('started_at', '>', p.since)
    .where('voided_at', 'is', null),
)

export const reasonSince = preparedQuery<{ patient: string; user: string; since: string }>()((db, p) =>
  db
    .selectFrom('access_reason')
    .select('id')
    .where('patient_id', '=', p.patient)
    .where('user_id', '=', p.user)
    .where('given_at', '>', p.since)
    .where('voided_at', 'is', null)
    .limit(1),
)

/** What the bulk meter forgets when the program ends: who touched whose record a moment ago. The newest entries only. */
export const chartsSince = preparedQuery<{ since: string }>()((db, p) =>
  db
    .selectFrom((eb) =>
      eb
        .selectFrom('audit_log')
        .select(['seq', 'user_id', 'at', 'category', 'outcome', 'patient_alias'])
        .orderBy('seq', 'desc')
        .limit(5000)
        .as('a'),
    )
    .innerJoin('patient', 'patient.audit_alias', 'a.patient_alias')
    .select(['a.user_id', 'a.at', 'patient.id'])
    .where('a.at', '>=', p.since)
    .where('a.category', '=', 'clinical')
    .where('a.outcome', '=', 'ok'),
)

export const patientExists = preparedQuery<{ id: string }>()((db, p) =>
  db.selectFrom('patient').select(['id', 'name_text']).where('id', '=', p.id).where('voided_at', 'is', null),
)
