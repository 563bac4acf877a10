// For tests: a copy of a record through the front door, unpacked.
import { unzipSync } from 'fflate'
import { expect } from 'vitest'
import type { Reader } from '#core/store/reader.ts'
import { asCcda, bundleText, ccdaPieces, loadRecord } from '#modules/privacy/main/api.ts'
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

/** The files of a copy that are text, without the printing and packing, for many cases. */
export async function textsOf(
  clinic: TestClinic,
  patientId: PatientId,
  more: { kind?: 'patient' | 'other'; language?: 'en' | 'ar' } = {},
): Promise<{ json: string; xml: string }> {
  const { kind = 'patient', language = 'en' } = more
  const desk = {
    read: <T>(look: (read: Reader) => T): T => clinic.read(look),
    signal: new AbortController().signal,
    now: () => clinic.now(),
  }
  const recipient = { kind, consent: true }
  const record = await loadRecord(clinic.clinic.services, desk, patientId, recipient, () => undefined)
  const xml = [...ccdaPieces(asCcda(record, { language, recipient: 'Somebody' }))].join('')
  return { json: bundleText(record.resources, record.now), xml }
}
