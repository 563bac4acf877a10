// The patient as printed on papers: frozen on an invoice, read fresh for a receipt.
import type { Reader } from '#core/store/reader.ts'
import { AppError } from '#shared/errors.ts'
import type { PaperPatient } from '#modules/papers/shared/paper-data.ts'
import { patientOf } from '#modules/patients/main/api.ts'

export function paperPatientOf(read: Reader, patientId: string): PaperPatient {
  const patient = patientOf(read, patientId)
  if (!patient) throw new AppError('NOT_FOUND')
  const address = patient.addresses.find((a) => a.use !== 'old') ?? patient.addresses[0]
  const place = [address?.postalCode, address?.city].filter(Boolean).join(' ')
  const lines = [...(address?.lines?.split('\n') ?? []), place, address?.state ?? '', address?.country ?? '']
  return {
    name: patient.name,
    birthDate: patient.birthDate,
    gender: patient.gender,
    recordNumber: patient.recordNumber,
    address: lines.map((line) => line.trim()).filter((line) => line !== ''),
  }
}

/** JSON, as an invoice keeps it. */
export function recipientOf(read: Reader, patientId: string): string {
  return JSON.stringify(paperPatientOf(read, patientId))
}
