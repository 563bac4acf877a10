// Signed prescriptions as they are read and printed: exactly what was signed, the signature checked each time.
import { visibilityOf } from '#modules/access/main/api.ts'
import { allergyStateOf, requirePatient } from '#modules/chart/main/api.ts'
import { clinicOf } from '#modules/clinic/main/api.ts'
import { patientOf } from '#modules/patients/main/api.ts'
import { signingKeyOf } from '#modules/people/main/api.ts'
import type { PrescriptionPaper } from '#modules/papers/shared/paper-data.ts'
import type { QueryContext } from '#core/rpc/context.ts'
import type { Reader } from '#core/store/reader.ts'
import type { RowOf } from '#core/store/table-def.ts'
import type { InputOf, OutputOf } from '#shared/contract.ts'
import { AppError } from '#shared/errors.ts'
import { wallTimeOf } from '#shared/zoned-time.ts'
import type { prescribing } from '../shared/contract.ts'
import type { Prescription } from '../shared/shapes.ts'
import { type Quantity, quantityAr, quantityEn, type Sig, wordsAr } from '../shared/sig/index.ts'
import { allergiesOf } from './alerts.ts'
import { afterAll } from './medicines.ts'
import * as q from './queries.ts'
import { isScriptIntact } from './signature.ts'
import type { prescription } from './tables.ts'
import { newestWeight } from './weight.ts'

type Procedures = (typeof prescribing)['procedures']
type In<K extends keyof Procedures> = InputOf<Procedures[K]>
type Out<K extends keyof Procedures> = OutputOf<Procedures[K]>
type ScriptRow = RowOf<typeof prescription>

/** As kept in the signed row. */
export interface ScriptItem {
  readonly medicineId: string
  readonly label: string
  /** In words, as confirmed when it was signed. */
  readonly directions: string
  readonly sigText: string
  readonly sig: Sig | null
  readonly quantity: Quantity | null
  readonly refills: number
  readonly note: string | null
}

const itemsOf = (row: Pick<ScriptRow, 'items'>) => JSON.parse(row.items) as ScriptItem[]

function requireScript(read: Reader, patientId: string, id: string): ScriptRow {
  const row = read.get(q.prescriptionById, { patientId, id })
  if (!row) throw new AppError('NOT_FOUND')
  return row
}

export function scriptFor(read: Reader, patientId: string, id: string): Prescription {
  const row = requireScript(read, patientId, id)
  const key = signingKeyOf(read, row.signing_key_id)
  const isOwn = key?.user_id === row.prescriber_id
  return {
    id: row.id,
    patientId: row.patient_id as Prescription['patientId'],
    number: row.number,
    signedAt: row.signed_at,
    prescriberId: row.prescriber_id as Prescription['prescriberId'],
    prescriberName: row.prescriber_name,
    clockQuality: row.clock_quality as Prescription['clockQuality'],
    signature: isScriptIntact(row, isOwn ? key.public_key : null) ? 'valid' : 'broken',
    items: itemsOf(row).map(({ medicineId, label, directions, quantity, refills, note }) => ({
      medicineId,
      label,
      directions,
      quantity,
      refills,
      note,
    })),
  }
}

export function getPrescription({ read }: QueryContext, input: In<'prescription'>): Out<'prescription'> {
  requirePatient(read, input.patientId)
  return scriptFor(read, input.patientId, input.id)
}

export function listPrescriptions({ read }: QueryContext, input: In<'prescriptions'>): Out<'prescriptions'> {
  const { patientId, limit } = input
  requirePatient(read, patientId)
  const rows = read.all(q.prescriptionsPage, {
    patientId,
    before: input.before ?? afterAll,
    limit: limit + 1,
  })
  const items = rows.slice(0, limit).map((row) => ({
    id: row.id,
    number: row.number,
    signedAt: row.signed_at,
    prescriberName: row.prescriber_name,
    labels: itemsOf(row).map((item) => item.label),
  }))
  return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
}

/** What the paper shows. It is printed from what was signed; a broken signature is not printed. */
export function prescriptionPaper(
  read: Reader,
  patientId: string,
  prescriptionId: string,
  language: 'ar' | 'en' = 'en',
): PrescriptionPaper {
  const row = requireScript(read, patientId, prescriptionId)
  const script = scriptFor(read, patientId, prescriptionId)
  if (script.signature === 'broken') throw new AppError('CONFLICT', { signature: 'broken' })
  const patient = patientOf(read, patientId)
  if (!patient) throw new AppError('NOT_FOUND')
  const quantityWords = language === 'ar' ? quantityAr : quantityEn
  const [address] = patient.addresses
  const allergies = allergyStateOf(read, patientId)
  // A paper is read by whoever holds it: nothing that is marked stands on it.
  const kept = visibilityOf(read, null, patientId).ids
  const issuedOn = wallTimeOf(script.signedAt, clinicOf(read).timeZone).date
  return {
    kind: 'prescription',
    number: script.number,
    issuedOn,
    patient: {
      name: patient.name,
      birthDate: patient.birthDate,
      gender: patient.gender,
      recordNumber: patient.recordNumber,
      address: address ? addressLines(address) : [],
    },
    weightKg: newestWeight(read, patientId, issuedOn),
    allergies:
      allergies === 'recorded'
        ? allergiesOf(read, patientId).flatMap((a) => (kept.has(a.id) ? [] : a.display))
        : allergies,
    prescriber: { name: script.prescriberName, qualification: null },
    items: itemsOf(row).map((item) => ({
      drug: item.label,
      directions:
        language === 'ar' && item.sig
          ? wordsAr({ ...item.sig, quantity: null, refills: null })
          : item.directions,
      quantity: item.quantity ? quantityWords(item.quantity) : null,
      refills: item.refills,
      note: item.note,
    })),
  }
}

function addressLines(address: {
  lines: string | null
  postalCode: string | null
  city: string | null
  country: string | null
}): string[] {
  const town = [address.postalCode, address.city].filter((part) => part).join(' ')
  return [...(address.lines?.split('\n') ?? []), town, address.country ?? ''].filter(
    (line) => line.trim() !== '',
  )
}
