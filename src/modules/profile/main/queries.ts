// Reads of one patient's problems and allergies, compiled once. A patient's rows lie together.
import { preparedQuery } from '#core/store/reader.ts'

type One = { patientId: string; id: string }

export const problemById = preparedQuery<One>()((db, p) =>
  db.selectFrom('condition').selectAll().where('patient_id', '=', p.patientId).where('id', '=', p.id),
)
export const problemsOf = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('condition')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
)
export const allergyById = preparedQuery<One>()((db, p) =>
  db
    .selectFrom('allergy_intolerance')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('id', '=', p.id),
)
export const allergiesOf = preparedQuery<{ patientId: string }>()((db, p) =>
  db
    .selectFrom('allergy_intolerance')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('voided_at', 'is', null)
    .orderBy('id', 'desc'),
)
export const voidedAllergiesOf = preparedQuery<{ patientId: string; reason: string }>()((db, p) =>
  db
    .selectFrom('allergy_intolerance')
    .selectAll()
    .where('patient_id', '=', p.patientId)
    .where('void_reason', '=', p.reason)
    .where('voided_at', 'is not', null),
)
