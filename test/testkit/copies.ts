// For tests: a copy of a record through the front door, unpacked.
import { unzipSync } from 'fflate'
import { expect } from 'vitest'
import type { PatientId } from '#shared/ids.ts'
import type { TestClinic } from './clinic.ts'

export type Files = Record<string, Uint8Array>

export async function copyOf(
  clinic: TestClinic,
  patientId: PatientId,
  more: { recipientKind?: 'patient' | 'other'; consent?: boolean; language?: 'en' | 'ar' } = {},
): Promise<Files> {
  const officer = clinic.as('privacy')
  const { id } = await officer.privacy.exportRecord({
    patientId,
    recipientKind: 'patient',
    recipient: 'The patient',
    purpose: 'Asked for a copy',
    consent: false,
    language: 'en',
    ...more,
  })
  await clinic.clinic.services.jobs.idle()
  expect(await officer.privacy.exportState({ patientId, id })).toMatchObject({ state: 'ready' })
  const { token } = await officer.privacy.fetchExport({ patientId, id })
  const download = clinic.clinic.download(token, clinic.caller(clinic.tokenOf('privacy')))
  expect(download?.type).toBe('application/zip')
  await expect(officer.privacy.fetchExport({ patientId, id })).rejects.toMatchObject({ code: 'NOT_FOUND' })
  return unzipSync((await download?.open()) ?? new Uint8Array())
}
