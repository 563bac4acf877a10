// Rows of the patients module as the contract's values, mapped here and nowhere else.
import type * as z from 'zod'
import type { Database } from '#core/store/database.ts'
import type { Reader } from '#core/store/reader.ts'
import { allergyStateOf } from '#modules/chart/main/api.ts'
import type { PatientId } from '#shared/ids.ts'
import type { Flag, OtherName, Patient, PatientLine, Telecom, Address, genders } from '../shared/contract.ts'
import * as q from './queries.ts'

type Gender = (typeof genders)[number]
export type PatientFlag = z.infer<typeof Flag>

export interface LineRow {
  readonly id: string
  readonly name_text: string
  readonly birth_date: string | null
  readonly birth_date_estimated: number
  readonly gender: string
  readonly record_number: string
  readonly deceased: number
  readonly active: number
  readonly phone: string | null
}

export function rowToLine(row: LineRow): PatientLine {
  return {
    id: row.id as PatientId,
    name: row.name_text,
    birthDate: row.birth_date,
    birthDateEstimated: row.birth_date_estimated === 1,
    gender: row.gender as Gender,
    recordNumber: row.record_number,
    phone: row.phone,
    deceased: row.deceased === 1,
    active: row.active === 1,
  }
}

export interface FlagRow {
  readonly id: string
  readonly rev: number
  readonly kind: string
  readonly text: string
  readonly created_at: string
  readonly created_by_name: string | null
}

export function rowToFlag(row: FlagRow): PatientFlag {
  return {
    id: row.id,
    rev: row.rev,
    kind: row.kind as PatientFlag['kind'],
    text: row.text,
    createdAt: row.created_at,
    createdByName: row.created_by_name,
  }
}

/** The whole patient, or `undefined` where there is none (or a voided one). */
export function patientOf(read: Reader, id: string): Patient | undefined {
  const row = read.get(q.patientById, { id })
  return row ? assemble(read, row) : undefined
}

function assemble(read: Reader, row: Database['patient']): Patient {
  const { id } = row
  return {
    id: id as PatientId,
    rev: row.rev,
    recordNumber: row.record_number,
    name: row.name_text,
    family: row.family,
    given: row.given,
    prefix: row.prefix,
    suffix: row.suffix,
    birthDate: row.birth_date,
    birthDateEstimated: row.birth_date_estimated === 1,
    gender: row.gender as Gender,
    deceased: row.deceased === 1,
    deceasedAt: row.deceased_at,
    active: row.active === 1,
    language: row.language,
    maritalStatus: row.marital_status,
    identifiers: read.all(q.identifiersOf, { id }).map((r) => ({
      id: r.id,
      system: r.system,
      typeCode: r.type_code,
      typeDisplay: r.type_display,
      value: r.value,
      assigner: r.assigner,
    })),
    telecoms: read.all(q.telecomsOf, { id }).map((r) => ({
      id: r.id,
      system: r.system as z.infer<typeof Telecom>['system'],
      use: r.use as z.infer<typeof Telecom>['use'],
      value: r.value,
      rank: r.rank,
    })),
    addresses: read.all(q.addressesOf, { id }).map((r) => ({
      id: r.id,
      use: r.use as z.infer<typeof Address>['use'],
      lines: r.lines,
      city: r.city,
      district: r.district,
      state: r.state,
      postalCode: r.postal_code,
      country: r.country,
    })),
    contacts: read.all(q.contactsOf, { id }).map((r) => ({
      id: r.id,
      relationship: r.relationship,
      name: r.name_text,
      phone: r.phone,
      email: r.email,
      patientId: r.related_patient_id as PatientId | null,
    })),
    otherNames: read.all(q.namesOf, { id }).map((r) => ({
      id: r.id,
      use: r.use as z.infer<typeof OtherName>['use'],
      text: r.name_text,
      family: r.family,
      given: r.given,
    })),
    flags: flagsOfPatient(read, id),
    allergyState: allergyStateOf(read, id),
    registeredAt: instantOfId(id),
  }
}

export const flagsOfPatient = (read: Reader, id: string): PatientFlag[] =>
  read.all(q.flagsOf, { id }).map(rowToFlag)

/** A patient's id is minted when the record is made; UUIDv7 begins with that instant. */
function instantOfId(id: string): string {
  return new Date(Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)).toISOString()
}
