// That there is such a patient. Roles whose scope is the whole clinic are not asked about relation by dispatch.
import { AppError } from '#shared/errors.ts'
import { preparedQuery, type Reader } from '#core/store/reader.ts'

export const patientExists = preparedQuery<{ patientId: string }>()((db, p) =>
  db.selectFrom('patient').select('id').where('id', '=', p.patientId).where('voided_at', 'is', null),
)

export function requirePatient(read: Reader, patientId: string): void {
  if (!read.get(patientExists, { patientId })) throw new AppError('NOT_FOUND')
}
