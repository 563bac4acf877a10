// The patient as papers of this module show them.
import type { Reader } from '#core/store/reader.ts'
import { patientOf } from '#modules/patients/main/api.ts'
import { AppError } from '#shared/errors.ts'
import type { PaperPatient } from '../shared/paper-data.ts'

export function paperPatientOf(read: Reader, patientId: string): PaperPatient {
  const patient = patientOf(read, patientId)
  if (!patient) throw new AppError('NOT_FOUND')
  const address =
    patient.addresses.find((a) => a.use === 'home') ?? patient.addresses.find((a) => a.use !== 'old')
  const town = [address?.postalCode, address?.city].filter(Boolean).join(' ')
  const lines = [...(address?.lines?.split('\n') ?? []), town, address?.state, address?.country]
  return {
    name: patient.name,
    birthDate: patient.birthDate,
    gender: patient.gender,
    recordNumber: patient.recordNumber,
    address: lines.map((line) => line?.trim() ?? '').filter((line) => line !== ''),
  }
}
